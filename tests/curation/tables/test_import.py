"""What a table does: new, changed and unchanged records, errors with their places, all or nothing, twice."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override

from cstokb.accounts.models import User
from cstokb.curation.tables import carry
from cstokb.curation.tables.carry import Stopped
from cstokb.records.choices import Publication
from cstokb.records.models import ChangeEvent, Entry, Evidence, NameForm, Revision, Source, Topic
from cstokb.records.publish import WriteRefused
from cstokb.records.revisions import apply
from members.choices import OrganKind
from members.models import MembershipPeriod, State
from tests.curation.tables.files import day, workbook
from tests.curation.tables.importing import faults, imported, planned, states
from tests.factories.curators import curator
from tests.factories.records import WRITTEN, member, published, rewritten, source, state, topic

pytestmark = pytest.mark.django_db
LATER = WRITTEN + timedelta(days=1)
HEAD = "id,alpha2,name_en,name_ru\n"


@pytest.fixture
def publisher() -> User:
    return curator("publisher")


@pytest.fixture
def editor() -> User:
    return curator("editor")


def hundred(wrong: int = 0) -> str:
    """A hundred states; the code of one of them may have three letters."""
    rows = []
    for number in range(1, 101):
        code = f"{chr(65 + number // 26)}{chr(65 + number % 26)}"
        rows.append(f"s{number},{code + 'Z' * (number == wrong)},State {number},\n")
    return HEAD + "".join(rows)


class TestRows:
    def test_new_changed_and_unchanged(self, publisher: User) -> None:
        state("arm", "Armenia", "Армения")
        state("blr", "Belarus", "Беларусь")
        made = planned(
            "state",
            HEAD + "arm,AR,Armenia,Армения\nblr,BL,Belarus,Белоруссия\nkaz,KZ,Kazakhstan,\n",
            publisher,
        )
        assert states(made) == [(2, "arm", "unchanged"), (3, "blr", "changed"), (4, "kaz", "new")]
        changed = made.lines[1]
        assert [(one.name, one.old, one.new) for one in changed.differences] == [
            ("name_ru", "Беларусь", "Белоруссия")
        ]

    def test_a_new_record_is_a_draft_and_a_change_of_a_published_one_is_written_by_who_may_publish(
        self, publisher: User
    ) -> None:
        state("blr", "Belarus", "Беларусь")
        report = imported(
            "state", HEAD + "blr,BL,Belarus,Белоруссия\nkaz,KZ,Kazakhstan,\n", publisher, reason="Census"
        )
        assert (report.created, [row[:2] for row in report.changed]) == ([("kaz", 1)], [("blr", 2)])
        assert Entry.objects.get(slug="kaz").publication == Publication.DRAFT
        assert State.objects.get(entry__slug="blr").name_ru == "Белоруссия"
        event = ChangeEvent.objects.filter(entry__slug="blr").latest("pk")
        assert (event.by, event.reason) == (publisher, "Census")
        assert event.changes[0] == {"field": "name_ru", "old": "Беларусь", "new": "Белоруссия"}

    def test_an_editor_proposes_and_does_not_propose_the_same_again(self, editor: User) -> None:
        state("blr", "Belarus", "Беларусь")
        table = "id,name_ru\nblr,Белоруссия\n"
        report = imported("state", table, editor)
        assert (report.changed, [slug for slug, _key in report.proposed]) == ([], ["blr"])
        assert Revision.objects.get().payload == {"name_ru": "Белоруссия"}
        assert State.objects.get(entry__slug="blr").name_ru == "Беларусь"
        assert states(planned("state", table, editor)) == [(2, "blr", "proposed")]
        assert imported("state", table, editor).proposed == []
        assert states(planned("state", "id,name_ru\nblr,Белорусь\n", editor)) == [(2, "blr", "changed")]
        apply(Revision.objects.get(), by=curator("publisher"), at=LATER)
        assert states(planned("state", table, editor)) == [(2, "blr", "unchanged")]

    def test_a_column_that_is_not_there_leaves_its_field_and_an_empty_cell_empties_it(
        self, publisher: User
    ) -> None:
        published(State(alpha2="AR", name_en="Armenia", name_ru="Армения", capital_en="Yerevan"), "arm")
        imported("state", "id,name_en,capital_en\narm,Armenia,\n", publisher)
        row = State.objects.get()
        assert (row.name_ru, row.capital_en) == ("Армения", "")

    def test_a_field_that_cannot_be_empty_stays_as_it_is(self, publisher: User) -> None:
        published(Source(title="A page", type="media"), "00testsrc9")
        made = planned("source", "id,title,type\n00testsrc9,A page,\n00testsrc8,Another,\n", publisher)
        assert states(made) == [(2, "00testsrc9", "unchanged"), (3, "00testsrc8", "new")]
        imported("source", "id,title,type\n00testsrc8,Another,\n", publisher)
        assert Source.objects.get(entry__slug="00testsrc8").type == "other"

    def test_words_are_understood_in_both_languages_and_by_their_stored_form(self, publisher: User) -> None:
        table = "id,name_en,type\na,A,statutory\nb,B,{en}\nc,C,{ru}\nd,D,nonsense\n"
        said = {}
        for language in ("en", "ru"):
            with override(language):
                said[language] = str(OrganKind.WORKING.label).upper()
        made = planned("organ", table.format(**said), publisher)
        assert [line.values.get("type") for line in made.lines] == ["statutory", "working", "working", None]
        assert [(line, letter, column) for line, letter, column, _reason in faults(made)] == [
            (5, "C", "type")
        ]

    def test_the_label_of_a_field_is_its_column_too(self, publisher: User) -> None:
        made = planned("state", "Id,Alpha-2 code,Name,name (Russian)\narm,AM,Armenia,Армения\n", publisher)
        assert made.lines[0].values == {"alpha2": "AM", "name_en": "Armenia", "name_ru": "Армения"}


class TestReferences:
    """B039: a record is meant by its id or any of its names."""

    @pytest.mark.parametrize("said", ["kgz", "KGZ", "Kyrgyzstan", "Кыргызстан", "Kirgizia", "киргизия"])
    def test_each_spelling(self, publisher: User, said: str) -> None:
        names = [NameForm(text=text, kind="former") for text in ("Kirgizia", "Киргизия")]
        state("kgz", "Kyrgyzstan", "Кыргызстан", names=names)
        made = planned("pause", f"id,state,began_on\nkgz/pause/2024,{said},2024\n", publisher)
        assert made.lines[0].values["state"] == "kgz"

    def test_what_is_not_known_is_said_with_what_is_near(self, publisher: User) -> None:
        state("kgz", "Kyrgyzstan", "Кыргызстан")
        made = planned("pause", "id,state,began_on\nkgz/pause/2024,Kyrgyzstn,2024\n", publisher)
        assert faults(made) == [(2, "B", "state", "There is no state “Kyrgyzstn”. Is kgz meant?")]

    def test_two_bearers_of_a_name(self, publisher: User) -> None:
        state("one", "One", names=[NameForm(text="Twin")])
        state("two", "Two", names=[NameForm(text="Twin")])
        made = planned("pause", "id,state,began_on\none/pause/2024,Twin,2024\n", publisher)
        assert faults(made)[0][3] == "Several records bear this name: one, two. Write the id."

    def test_rows_of_one_table_may_refer_to_each_other(self, publisher: User) -> None:
        table = "id,label_en,parent\nair-defence,Air defence,defence\ndefence,Defence,\n"
        imported("topic", table, publisher)
        assert Topic.objects.get(entry__slug="air-defence").parent == Topic.objects.get(entry__slug="defence")

    def test_not_in_a_circle(self, publisher: User) -> None:
        with pytest.raises(Stopped):
            imported("topic", "id,label_en,parent\na,A,b\nb,B,a\n", publisher)
        assert not Topic.objects.exists()

    def test_and_not_to_one_that_is_left_out(self, publisher: User) -> None:
        with pytest.raises(Stopped):
            imported("topic", "id,label_en,parent\na,A,b\nb,B,\n", publisher, left_out={3})
        assert not Topic.objects.exists()

    @pytest.mark.parametrize("few", [500, 0])
    def test_a_heading_may_stand_under_one_of_the_same_table(
        self, publisher: User, monkeypatch: pytest.MonkeyPatch, few: int
    ) -> None:
        monkeypatch.setattr(carry, "FEW", few)
        imported(
            "topic", "id,label_en,topics\nair-defence,Air defence,defence\ndefence,Defence,\n", publisher
        )
        links = Topic.objects.get(entry__slug="air-defence").entry.topic_links
        under = links.values_list("topic__entry__slug", flat=True)
        assert list(under) == ["defence"]

    def test_but_not_under_one_that_is_left_out(self, publisher: User) -> None:
        with pytest.raises(Stopped):
            imported("topic", "id,label_en,topics\na,A,b\nb,B,\n", publisher, left_out={3})
        assert not Topic.objects.exists()


class TestDates:
    """B081."""

    @pytest.mark.parametrize(
        ("cell", "said"),
        [
            (day("1992-05-15"), "1992-05-15"),
            (33739, "1992-05-15"),
            ("15.05.1992", "1992-05-15"),
            ("1992-05-15", "1992-05-15"),
            ("1992-05", "1992-05"),
            (1992, "1992"),
            ("1992~", "1992~"),
            ("XXXX", "XXXX"),
        ],
    )
    def test_cells_of_a_workbook(self, publisher: User, cell: Any, said: str) -> None:
        made = planned("organ", workbook([["id", "name_en", "established_on"], ["a", "A", cell]]), publisher)
        assert made.lines[0].values["established_on"] == said

    def test_the_epoch_of_1904(self, publisher: User) -> None:
        rows: list[list[Any]] = [["id", "name_en", "established_on"], ["a", "A", 32277]]
        made = planned("organ", workbook(rows, epoch_1904=True), publisher)
        assert made.lines[0].values["established_on"] == "1992-05-15"

    @pytest.mark.parametrize("cell", [1992.05, "1992.05", "15/05/1992", "1992-13", "1992-02-30"])
    def test_what_is_no_date_is_an_error_of_its_cell(self, publisher: User, cell: Any) -> None:
        made = planned("organ", workbook([["id", "name_en", "established_on"], ["a", "A", cell]]), publisher)
        assert [fault[:3] for fault in faults(made)] == [(2, "C", "established_on"), (2, "", "type")]
        assert made.lines[0].faults[0].value == str(cell)

    def test_a_number_in_a_column_of_texts_is_its_digits_and_a_date_is_an_error(
        self, publisher: User
    ) -> None:
        rows: list[list[Any]] = [
            ["id", "alpha2", "name_en"],
            ["a", "AA", 2022],
            ["b", "BB", 2022.0],
            ["c", "CC", day("2022-01-04")],
        ]
        made = planned("state", workbook(rows), publisher)
        assert [line.values.get("name_en") for line in made.lines] == ["2022", "2022", None]
        assert [fault[:3] for fault in faults(made)] == [(4, "C", "name_en")]


class TestErrors:
    """B085: line, column, value and reason; all or nothing."""

    def test_one_wrong_row_of_a_hundred_stops_all(self, publisher: User) -> None:
        made = planned("state", hundred(wrong=57), publisher)
        (fault,) = (one for line in made.lines for one in line.faults)
        assert (fault.line, fault.letter, fault.column, fault.value) == (58, "B", "alpha2", "CFZ")
        with pytest.raises(Stopped, match="58"):
            imported("state", hundred(wrong=57), publisher)
        assert (State.objects.count(), Entry.objects.count()) == (0, 0)

    def test_ticked_off_it_stops_nothing(self, publisher: User) -> None:
        report = imported("state", hundred(wrong=57), publisher, left_out={58})
        assert (len(report.created), report.left_out, State.objects.count()) == (99, 1, 99)

    def test_a_law_of_the_model_is_told_at_its_row(self, publisher: User) -> None:
        arm = state("arm", "Armenia")
        member(arm, "2003-09-18")
        table = "id,state,standing,began_on\narm/member/2010,arm,member,2010-01-01\n"
        assert faults(planned("membership", table, publisher)) == [
            (2, "", "", "The period overlaps arm/member/2003-09-18.")
        ]
        apart = table.replace("member,2010", "observer,2010")
        assert faults(planned("membership", apart, publisher)) == []

    def test_two_rows_that_break_a_law_together_are_refused_by_the_writer_at_their_row(
        self, publisher: User
    ) -> None:
        state("arm", "Armenia")
        rows = ("arm/member/2003,arm,member,2003-09-18", "arm/member/2010,arm,member,2010-01-01")
        table = "\n".join(("id,state,standing,began_on", *rows))
        made = planned("membership", table, publisher)
        assert faults(made) == []
        with pytest.raises(Stopped, match="2"):
            imported("membership", table, publisher)
        assert not MembershipPeriod.objects.exists()

    def test_a_period_that_ends_before_it_begins(self, publisher: User) -> None:
        state("arm", "Armenia")
        table = "id,state,began_on,ended_on\narm/pause/2024,arm,2024-02-01,2023\n"
        assert faults(planned("pause", table, publisher))[0][:3] == (2, "D", "ended_on")

    def test_ids(self, publisher: User) -> None:
        state("arm", "Armenia")
        rows = (
            "Arm Pause,arm,2024",
            ",arm,2024",
            "blr/pause/2024,arm,2024",
            "arm/pause/1,arm,2024",
            "arm/pause/1,arm,2023",
        )
        told = faults(planned("pause", "\n".join(("id,state,began_on", *rows)), publisher))
        assert [(line, column) for line, _letter, column, _reason in told] == [
            *((2, "id"), (3, "id"), (4, "id"), (6, "id"))
        ]
        assert told[3][3] == "The same record stands in line 5 already."

    def test_a_row_tells_all_that_is_wrong_with_it(self, publisher: User) -> None:
        told = faults(planned("state", "id,alpha2,name_en,topics\narm,ARM,,nothing\n", publisher))
        assert [(letter, column) for _line, letter, column, _reason in told] == [
            *(("C", "name_en"), ("D", "topics"), ("B", "alpha2"))
        ]

    def test_the_first_of_two_rows_of_one_record_is_compared(self, publisher: User) -> None:
        made = planned("state", HEAD + "arm,AM,Armenia,\narm,AM,Armenia,\n", publisher)
        assert states(made) == [(2, "arm", "new"), (3, "arm", "wrong")]

    def test_what_a_new_record_needs_and_the_file_has_not(self, publisher: User) -> None:
        told = faults(planned("state", "id,name_en\narm,Armenia\n", publisher))
        assert told == [(2, "", "alpha2", "A new record needs the column alpha2, which the file has not.")]

    def test_a_row_that_has_shifted(self, publisher: User) -> None:
        told = faults(planned("state", HEAD + "arm,AM,Armenia, Republic of,Армения\n", publisher))
        assert told == [(2, "E", "", "The row has more cells than the header has names.")]

    def test_signs_that_are_no_text(self, publisher: User) -> None:
        told = faults(planned("state", HEAD + "arm,AM,Arm\x0benia,\n", publisher))
        assert told == [(2, "C", "name_en", "The cell holds a sign that is no text: U+000B.")]

    def test_columns_that_nobody_knows_are_named(self, publisher: User) -> None:
        made = planned("state", "id,alpha2,nmae_en,standing\narm,AM,Armenia,member\n", publisher)
        assert [(one.name, one.letter, one.why, one.strange) for one in made.binding.unread] == [
            ("nmae_en", "C", "nobody knows it; name_en is meant?", True),
            ("standing", "D", "the list computes it", False),
        ]

    def test_the_same_under_another_id(self, publisher: User) -> None:
        published(Source(title="A page", url="https://example.org/a"), "00testsrc9")
        table = "id,title,url\n00testsrc8,Another,https://example.org/a\n"
        assert faults(planned("source", table, publisher)) == [
            (2, "C", "url", "The same stands already: 00testsrc9.")
        ]

    def test_a_source_without_an_id_is_found_by_its_address_or_gets_one(self, publisher: User) -> None:
        published(Source(title="A page", url="https://example.org/a"), "00testsrc9")
        table = "title,url\nA page,https://example.org/a\nB page,https://example.org/b\n"
        assert states(planned("source", table, publisher)) == [
            (2, "00testsrc9", "unchanged"),
            (3, hashlib.sha256(b"https://example.org/b").hexdigest()[:10], "new"),
        ]


class TestTwice:
    """B084."""

    def test_the_second_time_nothing_happens_and_one_cell_is_one_change(self, publisher: User) -> None:
        imported("state", hundred(), publisher)
        events, stamps = ChangeEvent.objects.count(), list(Entry.objects.values_list("changed_at", "version"))
        history = State.history.count()
        report = imported("state", hundred(), publisher, at=LATER)
        assert (report.created, report.changed, report.unchanged) == ([], [], 100)
        assert ChangeEvent.objects.count() == events
        assert list(Entry.objects.values_list("changed_at", "version")) == stamps
        assert State.history.count() == history
        third = imported("state", hundred().replace("State 7,", "State seven,"), publisher, at=LATER)
        assert [slug for slug, _version, _before in third.changed] == ["s7"]

    def test_a_record_that_moved_between_dry_run_and_confirmation_is_a_conflict(
        self, publisher: User
    ) -> None:
        arm, table = state("arm", "Armenia"), "id,name_ru\narm,Армения\n"
        seen = planned("state", table, publisher).seen()
        arm.capital_en = "Yerevan"
        rewritten(arm, at=LATER)
        with pytest.raises(Stopped):
            imported("state", table, publisher, seen=seen)
        assert State.objects.get().name_ru == ""
        assert imported("state", table, publisher, seen={"arm": 2}).changed

    def test_a_file_that_was_made_from_an_older_version_overwrites_nothing(self, publisher: User) -> None:
        arm = state("arm", "Armenia")
        table = "id,version,name_en,capital_en\narm,1,Armenia,\n"
        arm.capital_en = "Yerevan"
        rewritten(arm, at=LATER)
        made = planned("state", table, publisher)
        assert states(made) == [(2, "arm", "conflict")]
        same = "id,version,name_en,capital_en\narm,1,Armenia,Yerevan\n"
        assert states(planned("state", same, publisher)) == [(2, "arm", "unchanged")]
        assert states(planned("state", table.replace(",1,", ",2,"), publisher)) == [(2, "arm", "changed")]


class TestLists:
    def test_evidence_stands_beside_what_stood(self, publisher: User) -> None:
        state("arm", "Armenia")
        before = source().public_id
        table = (
            "id,evidence_source,evidence_locator,evidence2_source,evidence2_field,evidence2_title\n"
            f"arm,{before},page 7,https://example.org/new,name_en,A new page\n"
        )
        report = imported("state", table, publisher)
        rows = Evidence.objects.filter(entry__slug="arm").order_by("pk")
        assert [(row.source.title, row.locator, row.field) for row in rows] == [
            ("A book about it", "", ""),
            ("A book about it", "page 7", ""),
            ("A new page", "", "name_en"),
        ]
        fresh = Source.objects.get(url="https://example.org/new")
        assert (fresh.entry.publication, [slug for slug, _v in report.sources]) == (
            "draft",
            [fresh.public_id],
        )
        assert states(planned("state", table, publisher)) == [(2, "arm", "unchanged")]

    def test_a_source_that_nobody_knows_and_a_piece_without_one(self, publisher: User) -> None:
        state("arm", "Armenia")
        head = "id,evidence_source,evidence_locator\n"
        assert faults(planned("state", head + "arm,nothing,page 7\n", publisher))[0][:3] == (
            2,
            "B",
            "evidence_source",
        )
        assert faults(planned("state", head + "arm,,page 7\n", publisher)) == [
            (2, "C", "evidence_locator", "The evidence names no source.")
        ]

    def test_names_and_topics_are_whole_lists(self, publisher: User) -> None:
        state("kgz", "Kyrgyzstan", names=[NameForm(text="Kirgizia", kind="former", language="en")])
        one, two = topic("one", "One"), topic("two", "Two")
        table = 'id,names,topics\nkgz,"Kirgizia [former, en, 1936..1991]\nKyrgyz Republic","one; Two"\n'
        imported("state", table, publisher)
        rows = NameForm.objects.filter(own=False).order_by("text")
        assert [(row.text, row.kind, row.language, str(row.began_on or "")) for row in rows] == [
            ("Kirgizia", "former", "en", "1936"),
            ("Kyrgyz Republic", "alias", "", ""),
        ]
        entry = Entry.objects.get(slug="kgz")
        assert set(entry.topic_links.values_list("topic_id", flat=True)) == {one.pk, two.pk}
        assert states(planned("state", table, publisher)) == [(2, "kgz", "unchanged")]
        assert faults(planned("state", 'id,names\nkgz,"Kirgizia [nonsense]"\n', publisher))[0][2] == "names"

    def test_a_person_without_the_right_to_add_sources_names_none_that_are_new(self, editor: User) -> None:
        state("arm", "Armenia")
        editor.groups.clear()
        table = "id,evidence_source\narm,https://example.org/new\n"
        with pytest.raises(WriteRefused, match="sources"):
            imported("state", table, User.objects.get(pk=editor.pk))
