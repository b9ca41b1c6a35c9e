"""The API's entrance, changes, suggestions and references."""

from datetime import UTC, datetime

import pytest

from cstokb.listing import registry
from cstokb.records.models import ChangeEvent, Evidence
from cstokb.records.publish import Change, write
from members.models import Person
from tests.factories import records as make
from tests.listing.asking import ask, data

pytestmark = pytest.mark.django_db

FEBRUARY, MARCH = datetime(2026, 2, 1, 9, tzinfo=UTC), datetime(2026, 3, 1, 9, tzinfo=UTC)


class TestIndex:
    def test_names_every_list_and_service_with_addresses_that_answer(self) -> None:
        index = data("/api/v1/")
        assert set(index["resources"]) == {one.api for one in registry.listings()}
        for url in (*index["resources"].values(), index["documentation"], index["schema"]):
            ask(url.removeprefix("http://testserver"))
        for name, url in index["services"].items():
            asks = (
                "status",
                "resolve",
                "concordance",
                "trends",
                "collocations",
                "keyness",
                "statement-comparison",
            )
            ask(url.removeprefix("http://testserver"), 400 if name in asks else 200)

    def test_without_accept_or_with_any_it_is_json(self) -> None:
        for accept in ("", "*/*", "text/html,application/xhtml+xml,*/*;q=0.8"):
            assert ask("/api/v1/", 200, Accept=accept)["Content-Type"] == "application/json"

    def test_it_knows_no_parameter(self) -> None:
        assert data("/api/v1/?state=kaz", 400)["errors"][0]["code"] == "unknown_parameter"


class TestChanges:
    def walk(self, query: str = "") -> list[tuple[str, str, str]]:
        found, url = [], f"/api/v1/changes/?page_size=2{query}"
        while url:
            answer = data(url)
            found += [(one["kind"], one["type"], one["id"]) for one in answer["results"]]
            url = answer["next"] and answer["next"].removeprefix("http://testserver")
        return found

    def history(self) -> None:
        """A state is created, changed, corrected and withdrawn, while a draft comes and goes unseen."""
        one = make.state("kaz", "Kazakstan")
        make.draft(Person(name_en="Nobody"), "nobody")
        one.capital_en = "Astana"
        write([Change(one)], at=FEBRUARY)
        one.name_en = "Kazakhstan"
        write([Change(one)], at=FEBRUARY, correction=True, reason="A letter was missing.")
        make.withdrawn(one, "It was put in twice.", at=MARCH)

    def test_tells_every_public_event_once_oldest_first(self) -> None:
        self.history()
        assert self.walk() == [
            ("created", "source", "00testsrc0"),
            ("created", "state", "kaz"),
            ("changed", "state", "kaz"),
            ("corrected", "state", "kaz"),
            ("withdrawn", "state", "kaz"),
        ]

    def test_a_correction_says_old_new_and_why(self) -> None:
        one = make.state("kaz", "Kazakstan")
        one.name_en = "Kazakhstan"
        write([Change(one)], at=FEBRUARY, correction=True, reason="A letter was missing.")
        event = data("/api/v1/changes/?kind=corrected")["results"][0]
        assert {"field": "name_en", "old": "Kazakstan", "new": "Kazakhstan"} in event["changes"]
        assert event["reason"] == "A letter was missing."
        assert event["at"] == "2026-02-01T09:00:00Z"
        assert event["html_url"] == "http://testserver/states/kaz/"

    def test_of_a_withdrawn_record_nothing_is_told_but_that(self) -> None:
        self.history()
        events = data("/api/v1/changes/?type=state")["results"]
        assert {str(one["changes"]) for one in events} == {"[]"}
        assert [one["reason"] for one in events] == ["", "", "", "It was put in twice."]
        assert {one["html_url"] for one in events} == {None}

    def test_a_reference_to_a_draft_is_not_named(self) -> None:
        from members.models import Office, State

        kaz = make.state("kaz", "Kazakhstan")
        hidden = make.draft(State(alpha2="XX", name_en="Nowhere"), "zqx")
        place = make.office("kaz/president", "President", state=kaz)
        assert isinstance(place, Office)
        place.state = hidden
        write([Change(place)], at=FEBRUARY)
        event = data("/api/v1/changes/?kind=changed")["results"][0]
        assert event["changes"] == [{"field": "state", "old": "kaz", "new": None}]

    def test_internal_notes_of_editors_are_left_out(self) -> None:
        one = make.draft(Person(name_en="Somebody"), "somebody")
        write([Change(one, publication="published", evidence=[Evidence(source=make.source())])], at=FEBRUARY)
        one.name_ru = "Кто-то"
        write([Change(one, why="not for readers")], at=MARCH)
        events = data("/api/v1/changes/?type=person")["results"]
        assert [one["kind"] for one in events] == ["created", "changed"]
        assert [change["field"] for change in events[1]["changes"]] == ["name_ru", "names"]

    def test_what_comes_after_a_cursor_is_the_same_whoever_worked_on_drafts(self) -> None:
        make.state("kaz", "Kazakhstan")
        cursor = data("/api/v1/changes/")["results"][-1]["cursor"]
        make.draft(Person(name_en="Nobody"), "nobody")
        make.state("blr", "Belarus", at=FEBRUARY)
        answer = data(f"/api/v1/changes/?after={cursor}")
        assert [(one["type"], one["id"]) for one in answer["results"]] == [("state", "blr")]
        assert (answer["count"], answer["next"]) == (1, None)

    @pytest.mark.parametrize("cursor", ["nothing", "%00", "0" * 24, "%FF", "a" * 5000, "1%27--"])
    def test_a_cursor_that_names_no_event_is_refused(self, cursor: str) -> None:
        make.state("kaz", "Kazakhstan")
        assert data(f"/api/v1/changes/?after={cursor}", 400)["errors"][0]["parameter"] == "after"

    def test_a_cursor_of_draft_work_names_nothing(self) -> None:
        make.draft(Person(name_en="Nobody"), "nobody")
        assert ChangeEvent.objects.filter(public=False).exists()
        assert [one["type"] for one in data("/api/v1/changes/")["results"]] == ["source"]

    @pytest.mark.parametrize(
        "query", ["kind=deleted", "type=nothing", "page_size=201", "on=2020-01-01", "x=1"]
    )
    def test_a_bad_question_is_refused(self, query: str) -> None:
        (fault,) = data(f"/api/v1/changes/?{query}", 400)["errors"]
        assert fault["parameter"] == query.partition("=")[0]
