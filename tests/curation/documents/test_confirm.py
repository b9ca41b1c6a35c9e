"""Confirming a document writes all that was accepted, as drafts, in one step, and refusing leaves nothing."""

import re
from dataclasses import replace
from typing import Any

import pytest

from cstokb.accounts.models import User
from cstokb.curation.documents.choices import Choices, Decision, Do, Keep, SaidBy, suggested
from cstokb.curation.documents.confirm import confirm, refuse
from cstokb.curation.documents.kept import kept, opened
from cstokb.curation.documents.model import Quotation, Recognised
from cstokb.curation.documents.spellings import spellings
from cstokb.curation.documents.twice import digest_of
from cstokb.curation.models import State, StoredFile, Upload
from cstokb.records.models import ChangeEvent, Entry, EntryTopic, Evidence, NameForm, Revision, Source
from cstokb.records.publish import WriteRefused
from members.models import Organ, Person
from statements.models import Passage, PassageReference, Statement, StatementText
from tests.curation.documents.press import NOON, TEXT, at, brought, press
from tests.curation.documents.press import K as Kind
from tests.factories import records as make
from tests.factories.curators import curator
from tests.factories.treaties import article, instrument


def known() -> None:
    """What the text names, published."""
    make.state("kaz", "Kazakhstan")
    make.person("tokayev", "Kassym-Jomart Tokayev")
    article(instrument("cst"), "4")
    make.topic("defence", "Defence")


def speech() -> Recognised:
    """A quotation that its narrator breaks into and that reaches over two paragraphs, and a paragraph after it."""
    words = ("We begin.", "We go on.", "We end it all here.")
    text = "“We begin.” He paused. “We go on.\n\n“We end it all here.”\n\nThen everybody left."
    places = tuple((text.index(one), text.index(one) + len(one)) for one in words)
    return press(
        text=text,
        paragraphs=tuple(match.span() for match in re.finditer("[^\n]+", text)),
        headings=(),
        findings=(),
        not_recognised=(),
        quotations=(Quotation(" ".join(words), places, "tokayev"),),
    )


def index_of(words: str) -> int:
    return next(one.index for one in spellings(press()) if one.text == words)


def chosen(**changed: Any) -> Choices:
    return replace(suggested(press()), **changed)


def deciding(**words: Decision) -> dict[int, Decision]:
    """What is suggested, and more by the words, with _ for a blank."""
    more = {index_of(name.replace("_", " ")): one for name, one in words.items()}
    return suggested(press()).spellings | more


class TestBeforeAnybodyHasLooked:
    """Pure: no database."""

    def test_everything_recognised_comes_back_from_json(self) -> None:
        assert opened(kept(press())) == press()

    def test_choices_come_back_from_json(self) -> None:
        one = chosen(spellings=deciding(Ivan_Neverov=Decision(Do.PERSON, not_here=(3, 5))), again=True)
        assert Choices.from_json(one.as_json()) == one

    def test_the_same_words_of_one_meaning_are_one_spelling(self) -> None:
        twice = press(findings=(at(Kind.STATE, "Kazakhstan", "kaz"), *press().findings))
        words = [(one.text, len(one.places)) for one in spellings(twice)]
        assert ("Kazakhstan", 2) in words
        assert ("Toqayev", 1) in words

    def test_what_is_sure_enough_is_accepted_and_nothing_else(self) -> None:
        accepted = {spellings(press())[index].text for index in suggested(press(), 0.8).spellings}
        assert accepted == {"16 May 2022", "Kazakhstan", "Qasym Toqayev", "strengthen", "Article 4"}
        assert "Toqayev" in {spellings(press())[index].text for index in suggested(press(), 0.7).spellings}

    def test_the_digest_knows_letters_only(self) -> None:
        assert digest_of("Ёж, the  “Treaty”") == digest_of("еж\nthe treaty!")
        assert digest_of("the treaty") != digest_of("the treaties")


@pytest.mark.django_db
class TestConfirming:
    @pytest.fixture
    def anna(self) -> User:
        known()
        return curator("editor")

    def test_a_source_with_its_file(self, anna: User) -> None:
        upload = brought(anna)
        report = confirm(upload, chosen(), at=NOON, by=anna)
        source = Source.objects.get(entry__slug=report.source)
        assert (source.title, source.publisher, source.language) == (
            "Allies meet in Yerevan",
            "Example Agency",
            "en",
        )
        assert (source.file_name, source.checksum) == ("press.txt", upload.file.sha256)
        assert source.published_on
        assert source.published_on.edtf == "2022-05-17"
        assert StoredFile.objects.get(sha256=source.checksum).data == TEXT.encode()
        assert source.entry.publication == "draft"

    def test_a_report_that_holds_the_quoted_words(self, anna: User) -> None:
        report = confirm(brought(anna), chosen(), at=NOON, by=anna)
        statement = Statement.objects.get(entry__slug=report.statement)
        assert (statement.type, statement.issuer, statement.entry.publication) == ("report", "press", "draft")
        assert report.statement == "2022-05-17-allies-meet-in-yerevan"
        text = StatementText.objects.get(statement=statement)
        assert (text.language, text.complete) == ("en", False)
        first, second = Passage.objects.filter(statement=statement).order_by("order")
        assert first.text == (
            "The Treaty has proved its worth in difficult days,” Toqayev said. “We shall strengthen it together."
        )
        assert first.speaker
        assert first.speaker.public_id == "tokayev"
        assert (first.role, first.speaker_office_en) == ("quotation", "President of Kazakhstan")
        assert (second.speaker, second.quotes, second.quotes_en) == (None, None, "Article 4, CST")
        reference = PassageReference.objects.get(passage=second)
        assert reference.provision
        assert reference.provision.public_id == "cst/art-4"
        locators = Evidence.objects.filter(entry__kind="passage").order_by("entry__slug")
        assert [row.locator for row in locators] == ["paragraph 3", "paragraph 4"]

    def test_a_quotation_of_two_paragraphs_is_two_passages_in_one_voice(self, anna: User) -> None:
        report = confirm(brought(anna, speech()), suggested(speech()), at=NOON, by=anna)
        rows = Passage.objects.filter(statement__entry__slug=report.statement).order_by("order")
        assert [(row.text, row.speaker and row.speaker.public_id, row.role) for row in rows] == [
            ("We begin.” He paused. “We go on.", "tokayev", "quotation"),
            ("We end it all here.", "tokayev", "quotation"),
        ]
        locators = Evidence.objects.filter(entry__kind="passage").order_by("entry__slug")
        assert [row.locator for row in locators] == ["paragraph 1", "paragraph 2"]

    def test_so_it_is_where_the_whole_text_is_kept(self, anna: User) -> None:
        choices = replace(suggested(speech()), keep=Keep.WHOLE)
        confirm(brought(anna, speech()), choices, at=NOON, by=anna)
        rows = Passage.objects.order_by("order")
        assert [(row.role, row.speaker and row.speaker.public_id) for row in rows] == [
            ("paragraph", None),
            ("quotation", "tokayev"),
            ("paragraph", None),
        ]

    def test_accepted_topics_and_no_others(self, anna: User) -> None:
        report = confirm(brought(anna), chosen(), at=NOON, by=anna)
        of_statement = EntryTopic.objects.filter(entry__slug=report.statement)
        assert [link.topic.public_id for link in of_statement] == ["defence"]

    def test_a_refused_topic_is_none(self, anna: User) -> None:
        refused = deciding(strengthen=Decision(Do.REFUSE, "defence", "topic"))
        confirm(brought(anna), chosen(spellings=refused), at=NOON, by=anna)
        assert not EntryTopic.objects.exists()

    def test_every_paragraph_where_the_whole_text_is_kept(self, anna: User) -> None:
        report = confirm(brought(anna), chosen(keep=Keep.WHOLE), at=NOON, by=anna)
        rows = Passage.objects.filter(statement__entry__slug=report.statement).order_by("order")
        assert [row.role for row in rows] == ["heading", "paragraph", "quotation", "paragraph"]
        assert "\n\n".join(row.text for row in rows) == TEXT
        assert StatementText.objects.get().complete

    def test_the_source_alone(self, anna: User) -> None:
        report = confirm(brought(anna), chosen(keep=Keep.NOTHING), at=NOON, by=anna)
        assert (
            report.statement,
            Statement.objects.exists(),
            Source.objects.filter(title__startswith="Allies").count(),
        ) == ("", False, 1)

    def test_new_people_and_organs_are_drafts_with_evidence(self, anna: User) -> None:
        new = deciding(
            Ivan_Neverov=Decision(Do.PERSON), Bureau_of_Alliances=Decision(Do.ORGAN, "Alliance Bureau")
        )
        said = {0: SaidBy(Do.ACCEPT, f"new:{index_of('Ivan Neverov')}")}
        report = confirm(brought(anna), chosen(spellings=new, quotations=said), at=NOON, by=anna)
        assert (report.people, report.organs) == (["ivan-neverov"], ["alliance-bureau"])
        person, organ = (
            Person.objects.get(name_en="Ivan Neverov"),
            Organ.objects.get(name_en="Alliance Bureau"),
        )
        assert (person.entry.publication, organ.entry.publication, organ.type) == (
            "draft",
            "draft",
            "external",
        )
        assert Evidence.objects.get(entry=person.entry).locator == "paragraph 2"
        assert Passage.objects.get().speaker == person

    def test_a_name_that_is_undecided_or_refused_makes_nothing(self, anna: User) -> None:
        confirm(brought(anna), chosen(spellings=deciding(Ivan_Neverov=Decision(Do.REFUSE))), at=NOON, by=anna)
        assert not Person.objects.filter(name_en="Ivan Neverov").exists()

    def test_a_remembered_spelling_of_a_published_record_waits_for_another_person(self, anna: User) -> None:
        ticked = deciding(Qasym_Toqayev=Decision(Do.ACCEPT, "tokayev", "person", remember=True, backs=True))
        report = confirm(brought(anna), chosen(spellings=ticked), at=NOON, by=anna)
        assert (report.changed, report.proposed) == ([], ["person tokayev"])
        payload = Revision.objects.get().payload
        assert payload["names"] == [
            {"text": "Qasym Toqayev", "kind": "alias", "language": "en", "script": "Latn"}
        ]
        assert payload["evidence"][-1]["quotation"].startswith("On 16 May 2022 the President of Kazakhstan")
        assert not NameForm.objects.filter(text="Qasym Toqayev").exists()

    def test_a_publisher_gives_the_name_at_once(self) -> None:
        known()
        boris = curator("publisher")
        ticked = deciding(Qasym_Toqayev=Decision(Do.ACCEPT, "tokayev", "person", remember=True))
        report = confirm(brought(boris), chosen(spellings=ticked), at=NOON, by=boris)
        assert (report.changed, report.proposed) == (["person tokayev"], [])
        name = NameForm.objects.get(text="Qasym Toqayev")
        assert (name.entry.slug, name.kind, name.own) == ("tokayev", "alias", False)
        assert not Evidence.objects.filter(entry__slug="tokayev", source__title__startswith="Allies").exists()

    def test_a_name_not_recognised_is_remembered_for_a_record_that_stands(self) -> None:
        known()
        boris = curator("publisher")
        ticked = deciding(Ivan_Neverov=Decision(Do.ACCEPT, "tokayev", "person", remember=True))
        confirm(brought(boris), chosen(spellings=ticked), at=NOON, by=boris)
        assert NameForm.objects.get(text="Ivan Neverov").entry.slug == "tokayev"

    @pytest.mark.parametrize(("group", "at_once"), [("editor", False), ("publisher", True)])
    def test_a_source_that_stands_at_the_address_gets_the_file(self, group: str, at_once: bool) -> None:
        known()
        standing, user = make.source("page"), curator(group)
        upload = brought(user)
        report = confirm(upload, chosen(url=standing.url), at=NOON, by=user)
        assert (report.source, report.source_is_new) == ("page", False)
        assert (
            (report.changed, report.proposed) == (["source page"], []) if at_once else ([], ["source page"])
        )
        row = Source.objects.get(entry__slug="page")
        assert (row.checksum, row.file_name) == ((upload.file.sha256, "press.txt") if at_once else ("", ""))
        assert not Source.objects.filter(title__startswith="Allies").exists()

    def test_the_upload_says_what_came_of_it(self, anna: User) -> None:
        upload = brought(anna)
        report = confirm(upload, chosen(), at=NOON, by=anna)
        upload.refresh_from_db()
        assert (upload.state, upload.decided_at) == (State.CONFIRMED, NOON)
        assert upload.result == report.as_json() | {"digest": digest_of(TEXT)}


@pytest.mark.django_db
class TestAllOrNothing:
    @pytest.fixture
    def anna(self) -> User:
        known()
        return curator("editor")

    def nothing_was_written(self, upload: Upload) -> None:
        assert not Source.objects.filter(title__startswith="Allies").exists()
        assert not Statement.objects.exists()
        assert Upload.objects.get(pk=upload.pk).state == State.WAITING

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"session": "no-such"}, "There is no session no-such."),
            ({"published_on": "yesterday"}, "Write a date as"),
            ({"issued_on": "2022-13-45"}, "2022-13-45"),
            ({"quotations": {0: SaidBy(Do.ACCEPT, "nobody")}}, "There is no person nobody."),
            ({"quotations": {0: SaidBy(Do.ACCEPT, "new:7")}}, "not among the new ones"),
            ({"quotations": {0: SaidBy(Do.ACCEPT, document="no/such")}}, "There is no no/such."),
            ({"spellings": {1: Decision(Do.ACCEPT, "zzz", "state", backs=True)}}, "There is no state zzz."),
        ],
    )
    def test_one_wrong_choice_and_nothing_is_written(
        self, anna: User, changed: dict[str, Any], said: str
    ) -> None:
        upload = brought(anna)
        events = ChangeEvent.objects.count()
        with pytest.raises(WriteRefused, match=said):
            confirm(upload, chosen(**changed), at=NOON, by=anna)
        self.nothing_was_written(upload)
        assert ChangeEvent.objects.count() == events

    def test_twice_is_once(self, anna: User) -> None:
        upload = brought(anna)
        confirm(upload, chosen(), at=NOON, by=anna)
        with pytest.raises(WriteRefused, match="confirmed or refused already"):
            confirm(upload, chosen(), at=NOON, by=anna)
        assert Statement.objects.count() == 1

    def test_the_same_file_again_says_so(self, anna: User) -> None:
        confirm(brought(anna), chosen(keep=Keep.NOTHING), at=NOON, by=anna)
        with pytest.raises(WriteRefused, match="imported before"):
            confirm(brought(anna), chosen(), at=NOON, by=anna)
        again = confirm(brought(anna), chosen(again=True), at=NOON, by=anna)
        assert (again.source_is_new, Source.objects.filter(title__startswith="Allies").count()) == (False, 1)

    def test_the_same_text_in_another_file_says_so(self, anna: User) -> None:
        confirm(brought(anna), chosen(keep=Keep.NOTHING), at=NOON, by=anna)
        other = press(text=TEXT.replace("“", '"').replace("”", '"'))
        with pytest.raises(WriteRefused, match="imported before"):
            confirm(brought(anna, other, b"other bytes"), chosen(), at=NOON, by=anna)

    def test_another_text_does_not(self, anna: User) -> None:
        confirm(brought(anna), chosen(keep=Keep.NOTHING), at=NOON, by=anna)
        other = press(text=TEXT.replace("Ivan", "Oleg"))
        assert confirm(brought(anna, other, b"other bytes"), chosen(), at=NOON, by=anna).source_is_new

    def test_refusing_leaves_nothing(self, anna: User) -> None:
        refuse(brought(anna))
        assert (Upload.objects.count(), StoredFile.objects.count()) == (0, 0)
        assert not Entry.objects.filter(publication="draft").exists()

    def test_what_was_confirmed_is_not_refused(self, anna: User) -> None:
        upload = brought(anna)
        confirm(upload, chosen(), at=NOON, by=anna)
        with pytest.raises(WriteRefused, match="confirmed already"):
            refuse(upload)
        assert StoredFile.objects.count() == 1
