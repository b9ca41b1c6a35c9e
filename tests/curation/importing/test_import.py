"""The engine of the import: what is planned, what is written, and that it is written once or not at all."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cstokb.curation.importing.carry import Report, carry_out
from cstokb.curation.importing.compare import same_words
from cstokb.curation.importing.origins import Origin
from cstokb.curation.importing.places import Places
from cstokb.curation.importing.plan import Plan, Terms, plan
from cstokb.curation.outline import parse
from cstokb.curation.reading import read_text
from cstokb.dates import HistoricDate
from cstokb.records.models import ChangeEvent, Entry, Evidence, Revision, Source
from cstokb.records.publish import Change, Conflict, WriteRefused, withdraw, write
from tests.factories.curators import curator
from tests.factories.records import WRITTEN, rewritten
from tests.factories.treaties import article, instrument, wording
from treaty.citations import articles_cited
from treaty.models import Instrument, Provision, ProvisionText

pytestmark = pytest.mark.django_db

TEXT = """Treaty on Mutual Help

The States Parties have agreed as follows:

Chapter I

Aims

Article 1

The Parties help each other.

Article 2

The Parties consult.

Chapter II

End

Article 3

The Treaty enters into force on ratification."""
ORIGIN = Origin(
    url="https://example.org/treaty", title="The treaty's page", checksum="a" * 64, file_name="treaty.html"
)


def terms(of: Instrument, began: str | None = "1994-04-20", **more: Any) -> Terms:
    values = {"language": "en", "standing": "official-translation", **more}
    return Terms(of, began_on=HistoricDate.parse(began) if began else None, **values)


def planned(of: Instrument, text: str = TEXT, began: str | None = "1994-04-20", **more: Any) -> Plan:
    return plan(parse(read_text(text)), terms(of, began, **more))


def states(made: Plan) -> dict[str, str]:
    return {item.part.anchor: item.state.value for item in made.items}


def imported(made: Plan, origin: Origin = ORIGIN, by: Any = None) -> Report:
    chosen = {item.index for item in made.items if item.is_suggested}
    return carry_out(made, chosen, origin, at=WRITTEN, by=by)


class TestPlan:
    def test_of_a_new_instrument_everything_is_new(self) -> None:
        made = planned(instrument("help"))
        assert states(made) == dict.fromkeys(("preamble", "ch-1", "art-1", "art-2", "ch-2", "art-3"), "new")
        assert [item.order for item in made.items] == [0, 10, 20, 30, 40, 50]
        assert not made.nothing_new

    def test_what_stands_is_held_against_the_file(self) -> None:
        of = instrument("help")
        for number, text in (
            ("1", "The Parties help each other."),
            ("2", "the Parties  consult"),
            ("3", "Other."),
        ):
            wording(article(of, number), "1994-04-20", text=text, standing="official-translation")
        assert states(planned(of)) == {
            "preamble": "new",
            "ch-1": "new",
            "art-1": "unchanged",
            "art-2": "spelling",
            "ch-2": "new",
            "art-3": "differs",
        }

    def test_another_language_standing_or_first_day_is_another_wording(self) -> None:
        of = instrument("help")
        first = article(of, "1")
        wording(first, "1994-04-20", "2012-12-18", "The Parties help each other.")
        made = planned(of)
        assert states(made)["art-1"] == "new"
        ids = {item.part.anchor: item.wording_id for item in made.items}
        assert ids["art-1"] == "help/art-1/en/1994-04-20/official-translation"
        assert ids["art-2"] == "help/art-2/en/1994-04-20"
        assert ids["ch-1"] == ""

    def test_a_wording_that_shares_days_with_another_is_blocked_and_says_with_which(self) -> None:
        of = instrument("help")
        wording(article(of, "1"), "1994-04-20", text="Old.", standing="official-translation")
        made = planned(of, began="2012-12-19")
        (first,) = [item for item in made.items if item.part.anchor == "art-1"]
        assert (first.state, first.can_be_taken) == ("blocked", False)
        assert "help/art-1/en/1994-04-20" in first.remarks[0]
        assert states(made)["art-2"] == "new"

    def test_the_day_after_the_last_day_is_free(self) -> None:
        of = instrument("help")
        wording(article(of, "1"), "1994-04-20", "2012-12-18", "Old.", standing="official-translation")
        assert states(planned(of, began="2012-12-19"))["art-1"] == "new"
        assert states(planned(of, began="2012-12-18"))["art-1"] == "blocked"

    def test_what_was_withdrawn_is_not_brought_back(self) -> None:
        of = instrument("help")
        first, second = article(of, "1"), article(of, "2")
        text = wording(second, "1994-04-20", text="Old.", standing="official-translation")
        withdraw(first, at=WRITTEN, by=None, why="Entered twice.")
        withdraw(text, at=WRITTEN, by=None, why="Entered twice.")
        found = states(planned(of))
        assert (found["art-1"], found["art-2"]) == ("blocked", "blocked")

    def test_of_two_articles_with_one_number_only_the_first_can_be_taken(self) -> None:
        text = TEXT.replace("Article 3", "Article 2")
        made = planned(instrument("help"), text)
        assert [item.state.value for item in made.items if item.part.anchor == "art-2"] == ["new", "blocked"]

    def test_references_are_held_against_a_second_copy(self) -> None:
        of = instrument("help")
        first = article(of, "1")
        wording(first, "1994-04-20", text="As Article 4 provides.", standing="unofficial-translation")
        wording(first, "1994-04-20", text="As Article 9 provides.", standing="restatement", language="ru")
        text = TEXT.replace("The Parties help each other.", "The Parties help as Article 3 provides.")
        (item,) = [one for one in planned(of, text).items if one.part.anchor == "art-1"]
        assert item.remarks == [
            "It refers to articles 3, and help/art-1/en/1994-04-20 to 4. Compare the two."
        ]

    def test_it_costs_the_same_for_few_and_many_parts(self, django_assert_num_queries: Any) -> None:
        few, many = instrument("few"), instrument("many")
        long = TEXT + "".join(f"\n\nArticle {number}\n\nText." for number in range(4, 60))
        with django_assert_num_queries(2):
            planned(few)
        for number in range(1, 40):
            wording(article(many, str(number)), "1994-04-20")
        with django_assert_num_queries(3):
            planned(many, long)


class TestPlaces:
    @pytest.mark.parametrize(
        ("taken", "wanted", "given", "pushed"),
        [
            ((), [None, None], [0, 10], set()),
            ((1, 2, 3), [None, 1, 2, 3], [0, 1, 2, 3], set()),
            ((1, 2, 3), [1, 2, 3, None, None], [1, 2, 3, 4, 5], set()),
            ((10, 20), [10, None, None, 20], [10, 11, 12, 20], set()),
            ((1, 2, 3), [1, None, 2, None], [1, 4, 2, 5], {4}),
            ((0, 1), [None, 0, 1], [2, 0, 1], {2}),
            ((1, 5, 7), [1, None, 7], [1, 2, 7], set()),
        ],
    )
    def test_new_ones_stand_between_their_neighbours(
        self, taken: tuple[int, ...], wanted: list[int | None], given: list[int], pushed: set[int]
    ) -> None:
        places = Places(taken)
        assert list(places.given(wanted)) == given
        assert places.pushed == pushed


class TestWriting:
    def test_everything_is_a_draft_with_its_source(self) -> None:
        of, by = instrument("help"), curator("editor")
        report = imported(planned(of), by=by)
        assert report.provisions == [
            f"help/{a}" for a in ("preamble", "ch-1", "art-1", "art-2", "ch-2", "art-3")
        ]
        assert report.wordings == [f"help/{a}/en/1994-04-20" for a in ("preamble", "art-1", "art-2", "art-3")]
        assert (report.changed, report.proposed, report.source_is_new) == ([], [], True)
        kinds = Entry.objects.filter(
            kind__in=("provision", "provision-text", "source"), slug__startswith="help"
        )
        assert set(kinds.values_list("publication", "visibility")) == {("draft", "hidden")}
        first = Provision.objects.get(entry__slug="help/art-1")
        chapter = Provision.objects.get(entry__slug="help/ch-1")
        assert (first.parent_id, chapter.heading_en, chapter.heading_is_ours) == (chapter.pk, "Aims", False)
        text = ProvisionText.objects.get(provision=first)
        assert (text.text, text.standing, str(text.began_on)) == (
            "The Parties help each other.",
            "official-translation",
            "1994-04-20",
        )
        source = Source.objects.get(entry__slug=report.source)
        assert (source.checksum, source.file_name, source.url) == ("a" * 64, "treaty.html", ORIGIN.url)
        backed = Evidence.objects.filter(source=source)
        assert backed.count() == 10
        assert backed.get(entry=text.entry).locator == "Article 1"
        assert {event.by for event in ChangeEvent.objects.filter(entry=text.entry)} == {by}

    def test_the_same_file_twice_changes_nothing(self) -> None:
        of, by = instrument("help"), curator("editor")
        imported(planned(of), by=by)
        before = list(Entry.objects.order_by("pk").values_list("pk", "version", "changed_at"))
        again = planned(of)
        assert again.nothing_new
        report = carry_out(again, range(len(again.items)), ORIGIN, at=WRITTEN, by=by)
        assert report.did_nothing
        assert list(Entry.objects.order_by("pk").values_list("pk", "version", "changed_at")) == before

    def test_only_what_is_chosen_is_written(self) -> None:
        made = planned(instrument("help"))
        report = carry_out(made, {3}, ORIGIN, at=WRITTEN, by=None)
        assert (report.provisions, report.wordings) == (["help/art-2"], ["help/art-2/en/1994-04-20"])
        assert Provision.objects.count() == ProvisionText.objects.count() == 1
        assert carry_out(made, {99}, ORIGIN, at=WRITTEN, by=None).did_nothing

    def test_a_draft_that_differs_is_changed_and_keeps_its_evidence(self) -> None:
        of = instrument("help")
        wording(
            article(of, "2"),
            "1994-04-20",
            text="Other.",
            standing="official-translation",
            publication="draft",
        )
        report = imported(planned(of))
        assert (report.changed, report.proposed) == (["help/art-2/en/1994-04-20"], [])
        row = ProvisionText.objects.get(entry__slug="help/art-2/en/1994-04-20")
        assert row.text == "The Parties consult."
        sources = set(Evidence.objects.filter(entry=row.entry).values_list("source__entry__slug", flat=True))
        assert sources == {"00testsrc0", report.source}

    @pytest.mark.parametrize("group", ["editor", "publisher"])
    def test_a_published_wording_is_never_changed_but_proposed_once(self, group: str) -> None:
        of, by = instrument("help"), curator(group)
        held = wording(article(of, "2"), "1994-04-20", text="Other.", standing="official-translation")
        report = imported(planned(of), by=by)
        assert report.proposed == ["help/art-2/en/1994-04-20"]
        assert ProvisionText.objects.get(pk=held.pk).text == "Other."
        revision = Revision.objects.get(entry=held.entry)
        assert (revision.author, revision.payload["text"]) == (by, "The Parties consult.")
        assert [row["source"] for row in revision.payload["evidence"]] == ["00testsrc0", report.source]
        assert imported(planned(of), by=by).did_nothing
        assert Revision.objects.count() == 1

    def test_a_draft_without_a_last_day_ends_before_the_wording_that_follows(self) -> None:
        of = instrument("help")
        imported(planned(of))
        later = planned(of, TEXT.replace("consult", "meet"), began="2012-12-19")
        assert [anchor for anchor, state in states(later).items() if state != "unchanged"] == ["art-2"]
        (first,) = [item for item in later.items if item.part.anchor == "art-1"]
        assert first.remarks == ["The wording help/art-1/en/1994-04-20 goes on without a change."]
        report = imported(later)
        assert report.wordings == ["help/art-2/en/2012-12-19"]
        assert report.changed == ["help/art-2/en/1994-04-20"]
        assert planned(of, TEXT.replace("consult", "meet"), began="2012-12-19").nothing_new
        rows = ProvisionText.objects.filter(provision__entry__slug="help/art-2").order_by("began_on_min")
        assert [(str(row.began_on), str(row.ended_on), row.text) for row in rows] == [
            ("1994-04-20", "2012-12-18", "The Parties consult."),
            ("2012-12-19", "None", "The Parties meet."),
        ]
        assert states(planned(of, TEXT.replace("consult", "dance"), began="2000-01-01"))["art-2"] == "blocked"

    def test_a_failure_half_way_leaves_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        of = instrument("help")
        wording(article(of, "3"), "1994-04-20", text="Other.", standing="official-translation")
        before = Entry.objects.count()

        def fail(*args: Any, **kwargs: Any) -> None:
            raise WriteRefused("no")

        monkeypatch.setattr("cstokb.curation.importing.carry.propose", fail)
        with pytest.raises(WriteRefused):
            imported(planned(of))
        assert (Entry.objects.count(), Source.objects.filter(url=ORIGIN.url).exists()) == (before, False)

    def test_what_has_moved_on_since_the_plan_is_refused_whole(self) -> None:
        """B096: an import does not overwrite a newer edit."""
        of = instrument("help")
        made = planned(of)
        article(of, "2")
        before = Entry.objects.count()
        with pytest.raises(WriteRefused):
            imported(made)
        assert Entry.objects.count() == before

    def test_a_published_wording_that_was_changed_since_the_plan_keeps_the_whole_back(self) -> None:
        """B096: the words of the import were held against others than those that stand."""
        of = instrument("help")
        held = wording(article(of, "2"), "1994-04-20", text="Other.", standing="official-translation")
        made, again = planned(of), planned(of)
        held.text = "Another."
        rewritten(held, at=WRITTEN)
        before = Entry.objects.count()
        with pytest.raises(Conflict, match="at version 2, not 1"):
            imported(made)
        assert (Entry.objects.count(), Revision.objects.count()) == (before, 0)
        chosen = {item.index for item in again.items if item.part.anchor == "art-1"}
        assert carry_out(again, chosen, ORIGIN, at=WRITTEN, by=None).provisions == ["help/art-1"]

    def test_a_source_that_stands_is_used(self) -> None:
        held = Source(title="A page", url="https://example.org/held")
        write([Change(record=held, slug="0held", publication="published")], at=WRITTEN)
        report = imported(planned(instrument("help")), Origin(source_id="0held", checksum="b" * 64))
        assert (report.source, report.source_is_new, Source.objects.count()) == ("0held", False, 2)
        by_address = Origin(url="https://example.org/held", checksum="b" * 64)
        assert imported(planned(instrument("aid")), by_address).source == "0held"

    def test_the_title_in_the_file_is_kept_beside_the_given_one(self) -> None:
        origin = Origin(title="Given", text_title="Articles of organization of the Union", checksum="c" * 64)
        report = imported(planned(instrument("help")), origin)
        source = Source.objects.get(entry__slug=report.source)
        assert (source.title, source.other_titles) == ("Given", "Articles of organization of the Union")

    def test_an_undated_wording_has_an_id_too(self) -> None:
        report = imported(planned(instrument("help"), began=None))
        assert report.wordings[1] == "help/art-1/en/undated"
        assert imported(planned(Instrument.objects.get(entry__slug="help"), began=None)).did_nothing

    def test_the_plan_s_fingerprint_follows_the_records(self) -> None:
        of = instrument("help")
        held = wording(article(of, "2"), "1994-04-20", text="Other.", standing="official-translation")
        first = planned(of).fingerprint
        assert planned(of).fingerprint == first
        held.text = "Another."
        rewritten(held, at=WRITTEN)
        assert planned(of).fingerprint != first

    def test_and_follows_the_draft_that_would_get_its_last_day(self) -> None:
        """B096: whoever took the last day away again has it overwritten by nobody who has not seen that."""
        of = instrument("help")
        options = {"standing": "official-translation", "publication": "draft"}
        held = wording(article(of, "1"), "1994-04-20", "2012-12-18", "Old.", **options)
        shown = planned(of, began="2012-12-19")
        assert [item.ends for item in shown.items] == [None] * len(shown.items)
        held.ended_on = None
        rewritten(held, at=WRITTEN)
        now = planned(of, began="2012-12-19")
        assert states(now) == states(shown)
        assert [item.ends.public_id for item in now.items if item.ends] == [held.public_id]
        assert now.fingerprint != shown.fingerprint


class TestCopies:
    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("mechanism ofjoint consultations", "Mechanism of joint consultations.", True),
            ("объём помощи", "объем  помощи;", True),
            ("in Article 3", "in Article 4", False),
            ("help", "helps", False),
        ],
    )
    def test_they_say_the_same_whatever_their_spaces(self, one: str, other: str, same: bool) -> None:
        assert same_words(one, other) is same

    @pytest.mark.parametrize(
        ("text", "numbers"),
        [
            ("as Article 4 and Articles 7, 8 and 9 provide", {"4", "7", "8", "9"}),
            ("в соответствии со статьей 3 и статьями 5, 6 и 7", {"3", "5", "6", "7"}),
            ("four articles of 1992", set()),
        ],
    )
    def test_what_they_refer_to(self, text: str, numbers: set[str]) -> None:
        assert articles_cited(text) == numbers


class TestCommand:
    def run(self, file: Path, *options: str) -> str:
        out = io.StringIO()
        first = ("--instrument", "help", "--language", "en", "--title", "A page", "--began-on", "1994-04-20")
        call_command("import_treaty", str(file), *first, *options, stdout=out)
        return out.getvalue()

    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        instrument("help")
        path = tmp_path / "treaty.txt"
        path.write_text(TEXT, encoding="utf-16")
        return path

    def test_a_dry_run_shows_the_plan_and_writes_nothing(self, file: Path) -> None:
        said = self.run(file, "--dry-run")
        assert "Treaty on Mutual Help (text, utf-16)" in said
        assert "  help/ch-1 Aims: new" in said
        assert said.endswith("Nothing was written.\n")
        assert not Provision.objects.exists()

    def test_it_writes_what_the_page_would(self, file: Path) -> None:
        curator("editor")
        said = self.run(file, "--by", "editor@example.org")
        assert said.endswith("Drafts: 6 provisions and 4 wordings new, 0 changed; 0 proposals.\n")
        assert ChangeEvent.objects.filter(by__email="editor@example.org").exists()
        assert "Nothing was changed" in self.run(file)

    def test_json_holds_outline_plan_and_report(self, file: Path) -> None:
        said = json.loads(self.run(file, "--format", "json"))
        assert (said["format"], said["encoding"], said["outline"]["title"]) == (
            "text",
            "utf-16",
            "Treaty on Mutual Help",
        )
        assert [item["id"] for item in said["items"]][:2] == ["help/preamble", "help/ch-1"]
        assert len(said["report"]["wordings"]) == 4

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (("--made-by", "nothing"), "no instrument nothing"),
            (("--by", "nobody@example.org"), "no account nobody"),
            (("--source", "nothing"), "no source"),
            (("--ended-on", "tomorrow"), "YYYY-MM-DD"),
            (("--encoding", "hex"), "not in the encoding"),
        ],
    )
    def test_what_is_wrong_is_said_in_a_sentence(
        self, file: Path, options: tuple[str, str], said: str
    ) -> None:
        with pytest.raises(CommandError, match=said):
            self.run(file, *options)
        assert not Provision.objects.exists()

    def test_a_file_that_is_not_there(self, file: Path) -> None:
        with pytest.raises(CommandError, match="No such file"):
            self.run(file.with_name("other.txt"))
