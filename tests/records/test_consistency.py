"""The laws that no database holds: a row that breaks each, and one that comes near."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from cstokb.fulltext import engine
from cstokb.records import consistency as laws
from cstokb.records.models import Address, ChangeEvent, Entry, Evidence
from cstokb.records.publish import Change, write
from cstokb.records.writer.history import history_of
from members.models import Person, State
from tests.factories.meetings import session
from tests.factories.records import WRITTEN, draft, organ, person, published, source, state, term, withdrawn
from tests.factories.records import office as make_office

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 5)


def broken(law: Callable[..., object], today: date = TODAY) -> list[tuple[str, str, str]]:
    return [(one.kind, one.id, one.reason) for one in law(today)]  # type: ignore[attr-defined]


def test_a_sound_record_breaks_no_law() -> None:
    state("kaz", "Kazakhstan")
    draft(Person(name_en="Somebody"), "somebody")
    assert [broken(law) for law in laws.RULES] == [[]] * len(laws.RULES)


def test_published_without_a_source() -> None:
    kaz, _kgz = state("kaz", "Kazakhstan"), state("kgz", "Kyrgyzstan")
    hidden = draft(Person(name_en="Somebody"), "somebody")
    Evidence.objects.filter(entry__in=[kaz.entry, hidden.entry]).delete()
    assert broken(laws.published_has_evidence) == [("state", "kaz", "published without a source")]


def test_a_visibility_that_does_not_follow() -> None:
    kaz = state("kaz", "Kazakhstan")
    who = draft(Person(name_en="Somebody"), "somebody")
    row = term(who, make_office("kaz/president", "President", state=kaz), "2019")
    assert broken(laws.visibility_follows_the_rule) == []
    Entry.objects.filter(pk=row.pk).update(visibility="public")
    assert broken(laws.visibility_follows_the_rule) == [("term", row.public_id, "should be hidden")]


class TestHistory:
    def test_a_row_that_was_changed_past_the_writer(self) -> None:
        state("kaz", "Kazakhstan")
        State.objects.update(capital_en="Astana")
        assert broken(laws.history_matches_the_rows) == [
            ("state", "kaz", "the open span of state differs in capital_en")
        ]

    def test_evidence_that_was_changed_past_the_writer(self) -> None:
        state("kaz", "Kazakhstan")
        Evidence.objects.update(quotation="Said so.")
        assert broken(laws.history_matches_the_rows) == [
            ("state", "kaz", "the open span of evidence differs in quotation")
        ]

    def test_a_row_without_a_span_and_a_span_without_a_row(self) -> None:
        kaz, gone = state("kaz", "Kazakhstan"), draft(Person(name_en="Somebody"), "somebody")
        history_of(State).objects.filter(entry_id=kaz.pk).delete()
        Person.objects.all().delete()
        assert broken(laws.history_matches_the_rows) == [
            ("state", "kaz", "no open span of state"),
            ("person", str(gone.pk), "an open span without a row"),
        ]

    def test_a_span_that_says_the_wrong_thing_about_its_readers(self) -> None:
        kaz = state("kaz", "Kazakhstan")
        history_of(State).objects.filter(entry_id=kaz.pk).update(public=False)
        assert broken(laws.history_matches_the_rows) == [
            ("state", "kaz", "the open span of state differs in public")
        ]


def test_a_chain_that_breaks() -> None:
    kaz = state("kaz", "Kazakhstan")
    ChangeEvent.objects.filter(entry=kaz.entry).update(reason="another")
    event = ChangeEvent.objects.get(entry=kaz.entry)
    assert broken(laws.chain_holds) == [
        ("event", str(event.pk), "the hash does not follow from the event before")
    ]


def test_an_index_that_lacks_a_record_or_holds_one_too_many() -> None:
    kaz, kgz = state("kaz", "Kazakhstan"), state("kgz", "Kyrgyzstan")
    engine.remove([kaz.pk])
    Entry.objects.filter(pk=kgz.pk).update(visibility="hidden")
    assert broken(laws.index_matches_the_records) == [
        ("state", "kaz", "not in the index"),
        ("state", "kgz", "in the index, not public"),
    ]


def test_a_public_page_without_its_address() -> None:
    state("kaz", "Kazakhstan")
    state("kgz", "Kyrgyzstan")
    withdrawn(state("tjk", "Tajikistan"))
    Address.objects.exclude(path="/states/kgz/").exclude(entry__kind="source").update(current=False)
    assert broken(laws.public_pages_have_addresses) == [
        ("state", "kaz", "/states/kaz/ is not its current address")
    ]


def test_what_was_held_lies_in_the_past() -> None:
    session("2026-03-06-moscow", "2026-03-06")
    session("2026-03-05-moscow", "2026-03-05")
    session("2026-11-11-moscow", "2026-11-11", status="planned")
    organ("later", "Later", established_on="2027")
    assert broken(laws.nothing_public_comes_from_the_future) == [
        ("organ", "later", "“established on” lies after 5\u00a0March\u00a02026"),
        ("session", "2026-03-06-moscow", "“first day” lies after 5\u00a0March\u00a02026"),
    ]


def test_two_preferred_readings_of_a_field() -> None:
    def reading(value: str, rank: str) -> Evidence:
        return Evidence(source=source(), field="capital_en", value=value, rank=rank)

    kaz = published(State(alpha2="KZ", name_en="Kazakhstan"), "kaz")
    write([Change(kaz, "kaz", evidence=[reading("A", "preferred"), reading("B", "normal")])], at=WRITTEN)
    assert broken(laws.evidence_is_ranked_soundly) == []
    both = [reading("A", "preferred"), reading("B", "preferred")]
    write([Change(kaz, "kaz", evidence=both)], at=WRITTEN + timedelta(1))
    assert broken(laws.evidence_is_ranked_soundly) == [
        ("state", "kaz", "two preferred readings of “capital”")
    ]


def test_a_merged_record_points_at_a_living_one() -> None:
    one, other, third = person("one", "One"), person("other", "Other"), person("third", "Third")
    withdrawn(one)
    Entry.objects.filter(pk=one.pk).update(merged_into=other.pk)
    assert broken(laws.merged_records_point_on) == []
    Entry.objects.filter(pk=third.pk).update(merged_into=one.pk)
    said = "merged records are withdrawn and point at a living one"
    assert broken(laws.merged_records_point_on) == [("person", "third", said)]
