"""The day of a statement is one of the calendar: no time zone moves it, and one in the future waits for a reviewer."""

import os
import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.messages import get_messages
from pytest_django.fixtures import Settings

from cstokb.curation.checks import broken_laws
from cstokb.records.models import Entry, Revision
from statements.models import Statement
from tests.factories import meetings
from tests.factories import records as make
from tests.factories.curators import curator, row, sent_back, signed_in
from tests.listing.asking import ask, body, data, ids_in

pytestmark = pytest.mark.django_db

HALF_PAST_MIDNIGHT_IN_MOSCOW = datetime(2022, 5, 15, 21, 30, tzinfo=UTC)
LISTS = (
    *("/api/v1/statements/", "/api/v1/statements.csv", "/statements.csv", "/statements.json"),
    *("/statements.ndjson", "/statements.atom"),
)


def words(path: str) -> str:
    """The text of a page, its white space made single."""
    text = re.sub(r"<[^>]+>", " ", body(ask(path)).decode().replace("&nbsp;", " "))
    return " ".join(text.split())


@pytest.mark.parametrize("zone", ["UTC", "Asia/Almaty", "America/Los_Angeles"])
class TestNoZoneMovesADay:
    """B003: adopted on 16 May 2022, half an hour after midnight in Moscow, when it was still the 15th elsewhere."""

    @pytest.fixture(autouse=True)
    def in_the_zone(self, zone: str, settings: Settings) -> Iterator[None]:
        """Django and the process in another zone, and afterwards in their own."""
        before = os.environ.get("TZ")
        settings.TIME_ZONE = zone
        os.environ["TZ"] = zone
        time.tzset()
        yield
        if before is None:
            os.environ.pop("TZ")
        else:
            os.environ["TZ"] = before
        time.tzset()

    @pytest.fixture(autouse=True)
    def statement(self, in_the_zone: None) -> Statement:
        """Written at the same moment, beside neighbours of the day before and the day after."""
        meetings.statement("2022-05-15-eve", "2022-05-15")
        meetings.statement("2022-05-17-morrow", "2022-05-17")
        return meetings.statement(
            "2022-05-16-anniversary",
            "2022-05-16",
            title_en="Anniversary",
            at=HALF_PAST_MIDNIGHT_IN_MOSCOW,
        )

    def test_page_record_and_tables_say_the_sixteenth(self) -> None:
        for path, day, beside in (
            ("/statements/2022-05-16-anniversary/", "16 May 2022", ("15 May 2022", "17 May 2022")),
            ("/ru/statements/2022-05-16-anniversary/", "16 мая 2022", ("15 мая 2022", "17 мая 2022")),
        ):
            said = words(path).replace("\xa0", " ")
            assert day in said
            assert not [other for other in beside if other in said]
        record = data("/api/v1/statements/2022-05-16-anniversary/")
        assert (record["issued_on"], record["issued_on_precision"]) == ("2022-05-16", "day")
        found = stored()
        assert (found.issued_on_min, found.issued_on_max) == (date(2022, 5, 16), date(2022, 5, 16))

    @pytest.mark.parametrize("path", LISTS)
    def test_its_day_lists_it_and_the_days_beside_it_do_not(self, path: str) -> None:
        days = {
            day: ids_in(f"{path}?after={day}&before={day}")
            for day in ("2022-05-14", "2022-05-15", "2022-05-16", "2022-05-17")
        }
        assert days == {
            "2022-05-14": [],
            "2022-05-15": ["2022-05-15-eve"],
            "2022-05-16": ["2022-05-16-anniversary"],
            "2022-05-17": ["2022-05-17-morrow"],
        }
        assert ids_in(f"{path}?on=2022-05-16") == ["2022-05-16-anniversary"]

    def test_moments_are_told_in_utc(self) -> None:
        said = data("/api/v1/statements/2022-05-16-anniversary/")["changed_at"]
        assert said == "2022-05-15T21:30:00Z"
        feed = body(ask("/statements.atom?on=2022-05-16")).decode()
        assert "<updated>2022-05-15T21:30:00Z</updated>" in feed
        assert "2022-05-16T" not in feed.partition("<entry>")[2]


def stored() -> Any:
    return Statement.objects.get(entry__slug="2022-05-16-anniversary")


@pytest.mark.usefixtures("moment")
class TestAYearTypedWrongly:
    """B009: a statement dated 3013 for 2013, on a day in March 2026."""

    PAGE = "/admin/statements/statement/"
    WARNING = "Date: 15\xa0May\xa03013 lies in the future."

    @pytest.fixture(autouse=True)
    def newest(self) -> Statement:
        return meetings.statement("2026-03-05-newest", "2026-03-05")

    def add(self, slug: str, day: str) -> Any:
        """An editor enters a statement and asks for its publication."""
        evidence = row("evidence", 0, source=make.source().pk, stance="supports", rank="normal")
        client = signed_in(curator("editor"))
        form = client.get(f"{self.PAGE}add/")
        values = {"public_id": slug, "title_en": "Typed", "type": "statement", "issued_on": day}
        sent = sent_back(form, **values, issuer="organ", publication="published", **evidence)
        sent["organ"] = str(meetings.council().pk)
        response = client.post(f"{self.PAGE}add/", sent)
        assert response.status_code == 302, response.context["adminform"].form.errors
        return response

    def test_it_is_held_with_a_warning_and_stands_nowhere(self) -> None:
        said = [str(one) for one in get_messages(self.add("3013-05-15-typed", "3013-05-15").wsgi_request)]
        assert said[0] == self.WARNING
        entry = Entry.objects.get(slug="3013-05-15-typed")
        assert (entry.publication, entry.visibility) == ("draft", "hidden")
        for path in (*(f"{one}?sort=-date" for one in LISTS), "/api/v1/statements/?after=2026-03-06"):
            assert "3013-05-15-typed" not in ids_in(path)
        for path in ("/", "/ru/", "/statements/", "/sitemap-statement-1.xml"):
            assert "3013-05-15" not in body(ask(path)).decode(), path
        assert ids_in("/api/v1/statements/?sort=-date") == ["2026-03-05-newest"]

    def test_whoever_reviews_it_reads_the_warning(self) -> None:
        self.add("3013-05-15-typed", "3013-05-15")
        reviewer = signed_in(curator("publisher"))
        revision, row_of = Revision.objects.get(), Statement.objects.get(entry__slug="3013-05-15-typed")
        for path in (
            f"/admin/records/revision/{revision.pk}/change/",
            f"{self.PAGE}{row_of.pk}/change/",
        ):
            assert self.WARNING in reviewer.get(path).text, path

    def test_once_it_is_accepted_the_lists_have_it_and_home_and_the_check_tell_it_apart(self) -> None:
        self.add("3013-05-15-typed", "3013-05-15")
        path = f"/admin/records/revision/{Revision.objects.get().pk}/change/"
        signed_in(curator("publisher")).post(path, {"apply": "1", "seen": "1"})
        assert ids_in("/api/v1/statements/?sort=-date") == ["3013-05-15-typed", "2026-03-05-newest"]
        assert "3013-05-15" not in body(ask("/")).decode()
        laws = [str(one) for one in broken_laws(date(2026, 3, 5)) if one.law == "future"]
        assert laws == ["future: statement 3013-05-15-typed: “date” lies after 5\xa0March\xa02026"]

    def test_a_proposed_change_of_a_published_one_is_told_too(self, newest: Statement) -> None:
        editor = signed_in(curator("editor"))
        path = f"{self.PAGE}{newest.pk}/change/"
        response = editor.post(path, sent_back(editor.get(path), issued_on="3013-05-15"))
        assert str(next(iter(get_messages(response.wsgi_request)))) == self.WARNING
        assert data("/api/v1/statements/2026-03-05-newest/")["issued_on"] == "2026-03-05"
        review = f"/admin/records/revision/{Revision.objects.get().pk}/change/"
        assert self.WARNING in signed_in(curator("reviewer")).get(review).text

    @pytest.mark.parametrize("day", ["2026-03-05", "2026-03", "2013-05-15"])
    def test_what_may_have_been_by_today_brings_no_warning(self, day: str) -> None:
        said = [str(one) for one in get_messages(self.add("typed", day).wsgi_request)]
        assert not [one for one in said if "future" in one]
        review = signed_in(curator("publisher")).get(
            f"/admin/records/revision/{Revision.objects.get().pk}/change/"
        )
        assert "in the future" not in review.text

    def test_nor_does_a_session_that_is_only_planned(self) -> None:
        planned = meetings.session("3013-05-15-moscow", "3013-05-15", status="planned", publication="draft")
        held = meetings.session("3013-05-16-moscow", "3013-05-16", publication="draft")
        client = signed_in(curator("publisher"))
        shown = [client.get(f"/admin/summits/session/{one.pk}/change/").text for one in (planned, held)]
        assert ["lies in the future" in text for text in shown] == [False, True]


def test_a_day_is_shown_without_a_time_that_a_zone_could_turn() -> None:
    """B003: in the page itself there is no moment either."""
    meetings.statement("2022-05-16-anniversary", "2022-05-16")
    shown = body(ask("/statements/2022-05-16-anniversary/")).decode()
    assert 'datetime="2022-05-16"' in shown
    assert 'datetime="2022-05-16T' not in shown
