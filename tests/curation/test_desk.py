"""The curators' desk: items of each type say what is wrong, open at the field, and go when the cause has gone."""

import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from cstokb.accounts.models import User
from cstokb.curation.desk.desk import BY_WORD, desk_of
from cstokb.curation.desk.items import Asker, Item
from cstokb.curation.models import Kind, StoredFile, Upload
from cstokb.curation.models import State as UploadState
from cstokb.records.admin.comparison import field_in_words
from cstokb.records.choices import RevisionState
from cstokb.records.decisions import request_changes
from cstokb.records.models import Apart, Entry, Evidence, LinkCheck, Revision, Source
from cstokb.records.publish import Change, write
from cstokb.records.revisions import propose
from members.consistency import overlaps
from members.models import MembershipPeriod, Person, State
from statements.models import Statement
from tests.factories import meetings, treaties
from tests.factories import records as make
from tests.factories.curators import curator, signed_in
from tests.factories.records import WRITTEN
from treaty.models import Instrument

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
OLD = datetime(2026, 1, 1, tzinfo=UTC)


def lying(word: str, user: User | None = None) -> list[Item]:
    standing = User.objects.filter(email="reviewer@example.org").first()
    asker = Asker(user or standing or curator("reviewer"), NOW)
    shelf = BY_WORD[word]
    items = list(shelf.items(asker, 0, 500))
    assert shelf.count(asker) == len(items)
    return items


def told(word: str, user: User | None = None) -> list[tuple[str, str]]:
    """What each item says, and where it leads: with the field, without the row's key."""
    return [(item.says, item.url.partition("#")[2] or item.url) for item in lying(word, user)]


class TestProposals:
    def test_drafts_are_those_of_the_person(self) -> None:
        mine, other = curator("editor"), curator("editor", "other")
        for slug, by in (("mine", mine), ("others", other), ("nobodys", None)):
            write([Change(Person(name_en=slug), slug, "draft", why=f"Why {slug}.")], at=WRITTEN, by=by)
        assert [item.label for item in lying("my-drafts", mine)] == ["mine"]
        assert {item.label for item in lying("drafts", mine)} == {"mine", "others", "nobodys"}
        one = Person.objects.get(entry__slug="mine")
        write([Change(one, "mine", "published", "", evidence=[Evidence(source=make.source())])], at=NOW)
        assert lying("my-drafts", mine) == []

    def test_nobody_is_asked_to_decide_on_their_own(self) -> None:
        kaz = make.state("kaz", "Kazakhstan")
        editor, reviewer = curator("editor"), curator("reviewer")
        propose(kaz.entry, {"capital_en": "Astana"}, at=WRITTEN, by=editor, reason="")
        propose(kaz.entry, {"capital_ru": "Астана"}, at=WRITTEN, by=reviewer, reason="")
        revision = Revision.objects.get(author=editor)
        assert told("review", reviewer) == [
            (
                f"{editor} proposes to change: capital.",
                f"/admin/records/revision/{revision.pk}/change/",
            )
        ]
        assert lying("review", editor) == []
        assert len(lying("review", curator("administrator"))) == 2

    def test_what_was_returned_says_in_which_words_and_opens_with_the_values(self) -> None:
        kaz, editor = make.state("kaz", "Kazakhstan"), curator("editor")
        revision = propose(kaz.entry, {"capital_en": "Astana"}, at=WRITTEN, by=editor, reason="")
        assert revision is not None
        request_changes(revision, by=curator("reviewer"), at=NOW, words="Which source?")
        url = f"/admin/members/state/{kaz.pk}/change/?revision={revision.pk}"
        assert told("returned", editor) == [("Changes were requested: Which source?", url)]
        assert lying("returned", curator("editor", "other")) == lying("review", editor) == []
        Revision.objects.filter(pk=revision.pk).update(state=RevisionState.PENDING)
        assert lying("returned", editor) == []

    def test_what_is_approved_for_a_moment_to_come(self) -> None:
        kaz = make.state("kaz", "Kazakhstan")
        revision = propose(kaz.entry, {"capital_en": "Astana"}, at=WRITTEN, by=None, reason="")
        assert revision is not None
        values = {"state": RevisionState.SCHEDULED, "publish_at": NOW + timedelta(days=1)}
        Revision.objects.filter(pk=revision.pk).update(**values)
        says = "It is approved and will be applied at 2026-11-30 12:00 UTC."
        assert told("scheduled") == [(says, f"/admin/records/revision/{revision.pk}/change/")]

    def test_what_was_brought_waits_for_its_owner(self) -> None:
        mine = curator("editor")
        file = StoredFile.objects.keep(b"x", name="list.csv", media_type="text/csv", at=NOW)
        upload = Upload.objects.bring(mine, file, kind=Kind.TABLE, at=NOW)
        says = "It waits for you to confirm or refuse it, until 13\u00a0December\u00a02026."
        assert told("imports", mine) == [(says, f"/admin/import/table/{upload.pk}/")]
        assert lying("imports", curator("reviewer")) == []

    def test_an_import_that_is_not_whole_is_told_however_old_it_is(self) -> None:
        mine = curator("editor")
        file = StoredFile.objects.keep(b"x", name="list.csv", media_type="text/csv", at=NOW)
        upload, other = (Upload.objects.bring(mine, file, kind=Kind.TABLE, at=OLD) for _ in range(2))
        upload.decide(UploadState.WRITING, at=OLD)
        other.decide(UploadState.CONFIRMED, at=OLD)
        says = "It is being written or undone. When that was cut off, go on or take it back."
        assert told("imports", mine) == [(says, f"/admin/import/table/{upload.pk}/")]


class TestFacts:
    def readings(self, **fields: Any) -> State:
        kaz = make.state("kaz", "Kazakhstan", "Казахстан")
        rows = [
            Evidence(source=make.source()),
            Evidence(
                source=make.source(), field="capital_en", value="Almaty", stance="contradicts", **fields
            ),
        ]
        write([Change(kaz, "kaz", evidence=rows)], at=WRITTEN)
        return kaz

    def test_a_source_that_contradicts_opens_at_the_field(self) -> None:
        self.readings()
        assert told("contradictions") == [
            ("“A book about it” has another reading of “capital”: Almaty.", "id_capital_en")
        ]

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("capital_en", "", "“A book about it” speaks against “capital”."),
            (
                "name_ru",
                "Казакстан.",
                "“A book about it” has another reading of “name (Russian)”: Казакстан.",
            ),
            ("", "Another.", "“A book about it” reads otherwise: Another."),
            ("", "", "“A book about it” speaks against the record."),
        ],
    )
    def test_a_field_is_named_as_a_sentence_has_it(self, field: str, value: str, says: str) -> None:
        kaz = make.state("kaz", "Kazakhstan", "Казахстан")
        against = Evidence(source=make.source(), field=field, value=value, stance="contradicts")
        write([Change(kaz, "kaz", evidence=[Evidence(source=make.source()), against])], at=WRITTEN)
        assert [one.says for one in lying("contradictions")] == [says]

    @pytest.mark.parametrize(
        ("value", "english", "russian"),
        [
            ("2012-05~", "about May 2012", "около мая 2012"),
            ("XXXX", "date not known", "дата не известна"),
            ("not found", "not found", "not found"),
        ],
    )
    def test_another_reading_of_a_day_is_said_in_words(self, value: str, english: str, russian: str) -> None:
        treaty = treaties.instrument("cst")
        against = Evidence(source=make.source(), field="in_force_on", value=value, stance="contradicts")
        write([Change(treaty, "cst", evidence=[Evidence(source=make.source()), against])], at=WRITTEN)
        for language, words in (("en", english), ("ru", russian)):
            with override(language):
                (said,) = (one.says.replace("\u00a0", " ") for one in lying("contradictions"))
                assert said.endswith(f": {words}.")

    def test_records_that_share_days_are_named_by_title_and_days(self) -> None:
        one = make.member(make.state("uzb", "Uzbekistan", "Узбекистан"), "2006-08-16", "2012-12-18")
        other = make.member(make.state("kaz", "Kazakhstan", "Казахстан"), "2003-09-18")
        (found,) = overlaps("periods", "membership", {None: [one, other]})
        kept = pickle.loads(pickle.dumps(found.reason))  # noqa: S301  # as the desk keeps it
        assert str(kept).replace("\u00a0", " ") == "overlaps “Kazakhstan: member” (from 18 September 2003 on)"
        (found,) = overlaps("periods", "membership", {None: [other, one]})
        with override("ru"):
            assert "Узбекистан: государство-член" in str(found.reason)
            assert "16 августа 2006 – 18 декабря 2012" in str(found.reason).replace("\u00a0", " ")

    def test_an_abbreviation_keeps_its_capitals_and_a_list_is_named_like_a_field(self) -> None:
        names = [field_in_words(Instrument, name) for name in ("unts_number", "title_ru", "evidence", "why")]
        assert names == [
            "UNTS registration number",
            "title (Russian)",
            "evidence",
            "why a draft or withdrawn",
        ]

    @pytest.mark.parametrize(
        ("rank", "beside", "open_ones"),
        [("deprecated", None, 0), ("normal", "capital_en", 0), ("normal", "capital_ru", 1)],
    )
    def test_it_is_weighed_by_its_rank_or_by_a_preferred_reading(
        self, rank: str, beside: str | None, open_ones: int
    ) -> None:
        kaz = self.readings(rank=rank)
        if beside:
            preferred = Evidence(source=make.source(), field=beside, value="Astana", rank="preferred")
            rows = [*Evidence.objects.filter(entry=kaz.entry).select_related("source__entry"), preferred]
            write([Change(kaz, "kaz", evidence=rows)], at=NOW)
        assert len(lying("contradictions")) == open_ones

    def test_dates_with_which_a_final_clause_disagrees(self) -> None:
        one = treaties.instrument("one", in_force_on="2001-01-02")
        other = treaties.instrument("other", in_force_on="2001-01-01")
        clause = treaties.clause(one, "entry-with-instrument", other=other)
        [(says, field)] = told("computed")
        assert says.startswith("A stored date is not the one that follows from a final clause: ")
        assert field == "id_rule"
        one.in_force_on = "2001-01-01"
        write([Change(one, "one")], at=NOW)
        assert lying("computed") == []
        assert clause.pk

    def test_a_broken_law_opens_at_its_field_and_goes_when_it_is_mended(self) -> None:
        uzb = make.state("uzb", "Uzbekistan")
        row = make.member(uzb, "2006-08-16", "2012-12-18")
        assert told("laws") == [
            ("A membership ended, and nothing says by what: ended, and nothing says by what.", "id_ended_by")
        ]
        row = MembershipPeriod.objects.get(pk=row.pk)
        row.ended_by = "suspension"
        write([Change(row, row.public_id)], at=NOW)
        assert lying("laws") == []


class TestWhatIsMissing:
    def test_drafts_without_a_source(self) -> None:
        lone = Person(name_en="Lone")
        write([Change(lone, "lone", "draft")], at=WRITTEN)
        make.draft(Person(name_en="Backed"), "backed")
        assert told("evidence") == [
            ("It has no source, and cannot be published without one.", "evidence-group")
        ]
        write([Change(lone, "lone", evidence=[Evidence(source=make.source())])], at=NOW)
        assert lying("evidence") == []

    def test_names_in_one_language_alone(self) -> None:
        make.person("one", "One"), make.person("both", "Both", "Оба")
        russian = make.person("three", "Три", "Три")
        assert [item.label for item in lying("russian")] == ["One", "Три"]
        assert told("english") == [("Its English name or title is in Russian.", "id_name_en")]
        russian.name_en, russian.name_ru = "Three", "Три"
        write([Change(russian, "three")], at=NOW)
        assert lying("english") == []
        assert told("russian") == [("It has no Russian name or title.", "id_name_ru")]

    def test_addresses_that_led_nowhere(self) -> None:
        for slug, state in (("gone", "gone"), ("silent", "error"), ("moved", "moved"), ("fine", "ok")):
            one = Source(title=slug, url=f"https://{slug}.example/")
            write([Change(one, slug, "published")], at=WRITTEN)
            moved = "https://new.example/" if state == "moved" else ""
            since = NOW if state in ("gone", "error") else None
            LinkCheck.objects.create(
                entry=one.entry, url=one.url, state=state, checked_at=NOW, moved_to=moved, failing_since=since
            )
        LinkCheck.objects.filter(entry__slug="gone").update(status=404, copy_url="https://copy.example/")
        assert sorted(told("links")) == [
            ("The address has moved for good: https://new.example/", "id_url"),
            (
                (
                    "https://gone.example/ does not answer since 29\u00a0November\u00a02026 (status 404). "
                    "A copy was found: https://copy.example/"
                ),
                "id_archived_url",
            ),
            (
                "https://silent.example/ does not answer since 29\u00a0November\u00a02026 ().",
                "id_archived_url",
            ),
        ]
        gone, moved_one = (Source.objects.get(entry__slug=slug) for slug in ("gone", "moved"))
        gone.archived_url, moved_one.url = "https://copy.example/", "https://new.example/"
        write([Change(gone, "gone"), Change(moved_one, "moved")], at=NOW)
        assert [item.label for item in lying("links")] == ["silent"]


class TestDuplicates:
    def test_two_that_may_be_one_open_where_they_are_merged(self) -> None:
        one, other = make.person("one", "Kassym Tokayev"), make.person("other", "Касым Токаев")
        make.person("third", "Nikol Pashinyan")
        url = f"/admin/members/person/{other.pk}/merge/?into=one&stays=other"
        says = "It may be the same as Kassym Tokayev (alike to 100 of 100)."
        assert told("duplicates") == [(says, url)]
        Apart.objects.create(one=one.entry, other=other.entry, by=curator("editor"), at=NOW)
        assert lying("duplicates") == []

    def test_statements_of_two_days_are_two(self) -> None:
        for number, day in enumerate(["2020-01-01", "2021-01-01", "2021-01-01"]):
            meetings.statement(f"text-{number}", day, title_en="Statement on the situation in Afghanistan")
        pk = Statement.objects.get(entry__slug="text-2").pk
        [(_says, url)] = told("duplicates")
        assert url == f"/admin/statements/statement/{pk}/merge/?into=text-1&stays=other"


@pytest.mark.parametrize("rows", [1, 20, 200])
def test_the_first_page_costs_the_same_however_much_lies_on_it(rows: int) -> None:
    kaz, user = make.state("kaz", "Kazakhstan"), curator("administrator")
    make.bare({f"p-{number}": Person(name_en=f"Person {number}") for number in range(rows)})
    entries = list(Entry.objects.filter(kind="person"))
    Revision.objects.bulk_create(
        Revision(entry=entry, base_version=0, payload={"name_en": "X"}, created_at=NOW, state=state)
        for entry in entries
        for state in ("pending", "returned")
    )
    source = make.source()
    Evidence.objects.bulk_create(
        Evidence(
            entry=kaz.entry, source=source, uid=f"{number:012d}", value=str(number), stance="contradicts"
        )
        for number in range(rows)
    )
    user.get_all_permissions()
    desk_of(Asker(user, NOW))
    with CaptureQueriesContext(connection) as asked:
        seen = desk_of(Asker(user, NOW))
    assert {one.word: one.count for one in seen if one.word in {"review", "contradictions"}} == {
        "review": rows,
        "contradictions": rows,
    }
    assert len(asked) == 14


class TestPages:
    def test_the_first_page_asks_so_many_questions_and_makes_the_list_of_kinds_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made: list[str] = []
        build = admin.site._build_app_dict

        def counted(*args: Any) -> Any:
            made.append("once")
            return build(*args)

        monkeypatch.setattr(admin.site, "_build_app_dict", counted)
        make.state("kaz", "Kazakhstan")
        client = signed_in(curator("publisher"))
        client.get("/admin/")
        made.clear()
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/admin/")
        assert (len(asked), made) == (17, ["once"])
        assert "Pending changes" in page.text
        client.get("/admin/desk/russian/")
        assert made == ["once"]

    def test_the_first_page_shows_counts_first_items_and_the_way_to_the_rest(self) -> None:
        for number in range(5):
            make.person(f"p-{number}", f"Somebody {number}")
        client = signed_in(curator("editor"))
        page = client.get("/admin/").text
        assert '<a href="/admin/desk/russian/"><strong>6</strong> Without a Russian name</a>' not in page
        assert '<a href="/admin/desk/russian/"><strong>5</strong> Without a Russian name</a>' in page
        assert page.count("It has no Russian name or title.") == 3
        assert client.get("/admin/desk/russian/").text.count("It has no Russian name or title.") == 5

    def test_a_shelf_is_paged(self) -> None:
        make.bare({f"p-{number:03d}": Person(name_en="X") for number in range(120)})
        client = signed_in(curator("editor"))
        found = [client.get(f"/admin/desk/russian/?p={page}").context for page in ("1", "3", "9", "x", "0")]
        assert [(one["page"], len(one["items"])) for one in found] == [
            (1, 50),
            (3, 20),
            (3, 20),
            (1, 50),
            (1, 50),
        ]
        assert {one["count"] for one in found} == {120}

    def test_there_is_no_other_shelf(self) -> None:
        assert signed_in(curator("editor")).get("/admin/desk/nothing/").status_code == 404

    def test_somebody_without_rights_is_told_nothing(self) -> None:
        make.person("one", "One")
        user = curator("editor")
        user.groups.clear()
        client = signed_in(user)
        assert client.get("/admin/desk/russian/").status_code == 403
        assert "/admin/desk/" not in client.get("/admin/").text

    @pytest.mark.parametrize("word", sorted(BY_WORD))
    def test_every_shelf_opens_in_both_languages(self, word: str) -> None:
        client = signed_in(curator("publisher"))
        assert client.get(f"/admin/desk/{word}/").status_code == 200
        assert client.get(f"/ru/admin/desk/{word}/").status_code == 200
