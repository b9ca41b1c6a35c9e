"""The one writer: rows, history, events, names and addresses change together or not at all."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.utils import translation

from cstokb.accounts.models import User
from cstokb.dates import HistoricDate
from cstokb.records.models import (
    Address,
    ChangeEvent,
    Entry,
    EntryTopic,
    Evidence,
    Head,
    NameForm,
    Record,
    Revision,
    Topic,
)
from cstokb.records.publish import (
    Change,
    Conflict,
    WriteRefused,
    erase,
    erase_all,
    withdraw,
    write,
    write_all,
)
from cstokb.records.writer.events import first_broken_link
from members.models import MembershipPeriod, Person, State
from tests.factories.records import (
    WRITTEN,
    draft,
    member,
    office,
    person,
    source,
    state,
    term,
    topic,
    withdrawn,
)

pytestmark = pytest.mark.django_db

LATER = WRITTEN + timedelta(days=30)


def fresh(record: Record) -> Entry:
    """The record's entry as the database has it."""
    return Entry.objects.get(pk=record.pk)


def events_of(record: Record) -> list[ChangeEvent]:
    return list(ChangeEvent.objects.filter(entry=record.entry).order_by("pk"))


def spans_of(record: Record) -> list[tuple[datetime, datetime | None, bool]]:
    rows = type(record).history.filter(entry_id=record.pk).order_by("history_id")
    return [(row.valid_from, row.valid_to, row.public) for row in rows]


class TestCreating:
    def test_a_new_record_has_an_entry_a_span_an_event_and_an_address(self) -> None:
        kaz = state("kaz", "Kazakhstan", "Казахстан")
        entry = fresh(kaz)
        assert (entry.kind, entry.slug, entry.version, entry.publication) == ("state", "kaz", 1, "published")
        assert (entry.label_en, entry.label_ru, entry.path) == ("Kazakhstan", "Казахстан", "/states/kaz/")
        assert (entry.created_at, entry.published_at) == (WRITTEN, WRITTEN)
        assert spans_of(kaz) == [(WRITTEN, None, True)]
        assert [(e.kind, e.public, e.changes) for e in events_of(kaz)] == [("created", True, [])]
        assert [(a.path, a.current) for a in Address.objects.filter(entry=entry)] == [("/states/kaz/", True)]

    def test_its_evidence_and_names_have_one_span_each(self) -> None:
        kaz = state("kaz", "Kazakhstan", names=[NameForm(text="Qazaqstan", kind="romanisation")])
        rows = [*Evidence.history.filter(entry_id=kaz.pk), *NameForm.history.filter(entry_id=kaz.pk)]
        assert [(row.valid_from, row.valid_to, row.public) for row in rows] == [(WRITTEN, None, True)] * 3

    def test_a_draft_is_not_public_has_no_address_and_lengthens_no_chain(self) -> None:
        before = Head.objects.first()
        hidden = draft(Person(name_en="Somebody"), "somebody")
        assert (fresh(hidden).visibility, fresh(hidden).published_at) == ("hidden", None)
        assert spans_of(hidden) == [(WRITTEN, None, False)]
        assert [(e.public, e.chain) for e in events_of(hidden)] == [(False, "")]
        assert not Address.objects.filter(entry=hidden.entry).exists()
        assert before is None or Head.objects.get().chain == before.chain

    def test_publishing_without_a_source_is_refused_and_nothing_is_written(self) -> None:
        with pytest.raises(WriteRefused, match="person nobody cannot be published without a source"):
            write([Change(Person(name_en="Nobody"), "nobody", "published")], at=WRITTEN)
        assert not Person.objects.exists()
        assert not Entry.objects.filter(slug="nobody").exists()

    def test_a_part_is_backed_by_the_evidence_of_the_whole(self) -> None:
        from summits.models import AgendaItem
        from tests.factories.meetings import session

        whole = session("2022-05-16-moscow", "2022-05-16")
        point = AgendaItem(session=whole, order=1, text_en="Borders")
        write([Change(point, "2022-05-16-moscow/agenda-1", "published")], at=WRITTEN)
        assert fresh(point).is_public

    def test_version_0_means_that_nothing_may_stand_under_the_id(self) -> None:
        state("kaz", "Kazakhstan")
        with pytest.raises(Conflict):
            write([Change(State(alpha2="QQ", name_en="Other"), "kaz", base_version=0)], at=LATER)
        assert State.objects.get().name_en == "Kazakhstan"

    def test_the_same_record_twice_in_one_change_is_refused(self) -> None:
        twins = [Change(Person(name_en=name), "one") for name in ("A", "B")]
        with pytest.raises(WriteRefused, match="person one is named twice"):
            write(twins, at=WRITTEN)

    def test_a_later_batch_refers_to_an_earlier_one(self) -> None:
        book = source()

        def batches() -> object:
            kaz = State(alpha2="KZ", name_en="Kazakhstan")
            yield [Change(kaz, "kaz", "published", evidence=[Evidence(source=book)])]
            row = MembershipPeriod(state=kaz, standing="member", began_on="2003-09-18")
            yield [Change(row, "kaz/member/2003-09-18", "published", evidence=[Evidence(source=book)])]

        outcome = write_all(batches(), at=WRITTEN)  # type: ignore[arg-type]
        assert len(outcome.created) == 2
        assert MembershipPeriod.objects.filter(state__entry__slug="kaz").count() == 1


class TestChanging:
    def test_the_same_again_writes_nothing(self) -> None:
        kaz = state("kaz", "Kazakhstan")
        same = State(alpha2="KA", name_en="Kazakhstan")
        outcome = write([Change(same, "kaz", evidence=[Evidence(source=source())])], at=LATER)
        assert (outcome.unchanged, outcome.changed) == ([kaz.pk], [])
        assert (fresh(kaz).version, len(events_of(kaz)), len(spans_of(kaz))) == (1, 1, 1)

    def test_a_change_writes_one_event_with_old_and_new_and_one_span(self) -> None:
        kaz = state("kaz", "Kazakhstan")
        kaz.capital_en = "Astana"
        write([Change(kaz, "kaz")], at=LATER, reason="It has one.")
        assert [(e.kind, e.reason, e.changes) for e in events_of(kaz)][1:] == [
            ("changed", "It has one.", [{"field": "capital_en", "old": "", "new": "Astana"}])
        ]
        assert spans_of(kaz) == [(WRITTEN, LATER, True), (LATER, None, True)]
        assert (fresh(kaz).version, fresh(kaz).changed_at) == (2, LATER)

    def test_a_difference_names_dates_by_their_text_and_references_by_their_id(self) -> None:
        period = member(state("kaz", "Kazakhstan"), "2003-09-18")
        period.state, period.began_on = state("kgz", "Kyrgyzstan"), HistoricDate.parse("2003-09")
        write([Change(period, period.public_id)], at=LATER)
        assert events_of(period)[-1].changes == [
            {"field": "state", "old": "kaz", "new": "kgz"},
            {"field": "began_on", "old": "2003-09-18", "new": "2003-09"},
        ]

    def test_evidence_alone_leaves_the_row_its_span(self) -> None:
        kaz = state("kaz", "Kazakhstan")
        more = [Evidence(source=source()), Evidence(source=source("00another0"), stance="contradicts")]
        write([Change(kaz, "kaz", evidence=more)], at=LATER)
        assert len(spans_of(kaz)) == 1
        (difference,) = events_of(kaz)[-1].changes
        assert (difference["field"], len(difference["old"]), len(difference["new"])) == ("evidence", 1, 2)
        assert Evidence.history.filter(entry_id=kaz.pk, valid_to__isnull=True).count() == 2

    def test_topics_are_named_by_their_id_in_the_event(self) -> None:
        kaz, heading = state("kaz", "Kazakhstan"), topic("borders", "Borders")
        write([Change(kaz, "kaz", topics=[heading.pk])], at=LATER)
        assert events_of(kaz)[-1].changes == [{"field": "topics", "old": [], "new": ["borders"]}]
        write([Change(kaz, "kaz", topics=[])], at=LATER + timedelta(1))
        assert not EntryTopic.objects.exists()

    def test_none_leaves_a_list_as_it_is(self) -> None:
        kaz = state("kaz", "Kazakhstan", names=[NameForm(text="Qazaqstan", kind="romanisation")])
        kaz.capital_en = "Astana"
        write([Change(kaz, "kaz")], at=LATER)
        assert set(NameForm.objects.values_list("text", flat=True)) == {"Kazakhstan", "Qazaqstan"}
        assert Evidence.objects.filter(entry=kaz.entry).count() == 1

    def test_taking_the_last_source_of_a_published_record_is_refused(self) -> None:
        kaz = state("kaz", "Kazakhstan")
        with pytest.raises(WriteRefused, match="without a source"):
            write([Change(kaz, "kaz", evidence=[])], at=LATER)
        assert Evidence.objects.filter(entry=kaz.entry).count() == 1

    def test_a_correction_is_called_one(self) -> None:
        kaz = state("kaz", "Kazakhstan")
        kaz.capital_en = "Astana"
        write([Change(kaz, "kaz")], at=LATER, correction=True)
        assert events_of(kaz)[-1].kind == "corrected"

    def test_a_moved_base_is_a_conflict_and_nothing_is_lost(self) -> None:
        """B096."""
        first, second = state("kaz", "Kazakhstan"), State.objects.select_related("entry").get()
        first.capital_en, second.capital_ru = "Astana", "Алма-Ата"
        write([Change(first, "kaz", base_version=1)], at=LATER)
        with pytest.raises(Conflict) as caught:
            write([Change(second, "kaz", base_version=1)], at=LATER)
        assert (caught.value.entry.version, caught.value.base_version) == (2, 1)
        assert State.objects.values_list("capital_en", "capital_ru").get() == ("Astana", "")

    def test_a_record_that_was_deleted_meanwhile_does_not_come_back(self) -> None:
        hidden = draft(Person(name_en="Somebody"), "somebody")
        erase(hidden, at=LATER, by=None)
        with pytest.raises(WriteRefused, match="deleted since"):
            write([Change(Person(name_en="Somebody else"), "somebody", base_version=1)], at=LATER)
        assert not Person.objects.exists()

    def test_a_law_of_the_model_refuses_the_whole_call(self) -> None:
        kaz = state("kaz", "Kazakhstan")
        member(kaz, "2003-09-18")
        overlap = MembershipPeriod(state=kaz, standing="member", began_on="2010-01-01")
        good = Change(Person(name_en="Somebody"), "somebody")
        with pytest.raises(WriteRefused, match="membership kaz/member/2010-01-01: The period overlaps"):
            write([good, Change(overlap, "kaz/member/2010-01-01")], at=LATER)
        assert not Person.objects.exists()

    def test_what_the_database_refuses_is_said(self) -> None:
        state("kaz", "Kazakhstan")
        with pytest.raises(WriteRefused, match="The database refused the change"):
            write([Change(State(alpha2="KA", name_en="Other"), "oth")], at=LATER)
        assert State.objects.count() == 1


class TestNames:
    def test_the_fields_spell_names_of_their_own_folded_for_look_ups(self) -> None:
        state("kgz", "Kyrgyzstan", "Кыргызстан", names=[NameForm(text="Kirgizia", kind="former")])
        rows = NameForm.objects.values_list("text", "folded", "own").order_by("folded")
        assert list(rows) == [
            ("Kirgizia", "kirgizia", False),
            ("Kyrgyzstan", "kyrgyzstan", True),
            ("Кыргызстан", "кыргызстан", True),
        ]

    def test_a_renamed_record_spells_its_new_name_only(self) -> None:
        one = person("somebody", "Alyaksandr Lukashenka")
        one.name_en = "Alexander Lukashenko"
        write([Change(one, "somebody")], at=LATER)
        assert list(NameForm.objects.values_list("text", flat=True)) == ["Alexander Lukashenko"]

    def test_labels_do_not_follow_the_language_of_whoever_writes(self) -> None:
        kaz = state("kaz", "Kazakhstan", "Казахстан")
        with translation.override("ru"):
            period = member(kaz, "2003-09-18")
        assert fresh(period).label_en == "Kazakhstan: member"
        assert fresh(period).label_ru.startswith("Казахстан: ")

    def test_a_new_name_reaches_the_labels_that_say_it(self) -> None:
        kaz = state("kaz", "Kazakhstan")
        period, other = member(kaz, "2003-09-18"), member(state("kgz", "Kyrgyzstan"), "2003-09-18")
        kaz.name_en = "Qazaqstan"
        write([Change(kaz, "kaz")], at=LATER)
        assert fresh(period).label_en == "Qazaqstan: member"
        assert (fresh(period).version, len(events_of(period))) == (1, 1)  # it has not changed itself
        assert (fresh(other).label_en, fresh(other).version) == ("Kyrgyzstan: member", 1)


class TestVisibility:
    def test_a_part_shows_when_the_whole_does(self) -> None:
        who = draft(Person(name_en="Somebody"), "somebody")
        row = term(who, office("kaz/president", "President", state=state("kaz", "Kazakhstan")), "2019")
        assert (fresh(row).publication, fresh(row).visibility) == ("published", "hidden")
        write([Change(who, "somebody", "published")], at=LATER)
        assert fresh(row).visibility == "public"
        assert [(e.kind, e.public) for e in events_of(row)] == [("created", False), ("created", True)]
        assert spans_of(row) == [(WRITTEN, LATER, False), (LATER, None, True)]

    def test_withdrawing_the_whole_withholds_its_parts(self) -> None:
        who = person("somebody", "Somebody")
        row = term(who, office("kaz/president", "President", state=state("kaz", "Kazakhstan")), "2019")
        withdrawn(who, "Mistaken for another person.", at=LATER)
        assert [fresh(one).visibility for one in (who, row)] == ["withheld", "withheld"]
        assert (events_of(row)[-1].kind, events_of(row)[-1].reason) == (
            "withdrawn",
            "Mistaken for another person.",
        )
        assert Evidence.history.get(entry_id=row.pk, valid_to__isnull=True).public is False

    def test_what_hangs_on_another_whole_stays(self) -> None:
        chair = office("kaz/president", "President", state=state("kaz", "Kazakhstan"))
        one, other = person("one", "One"), person("other", "Other")
        row = term(other, chair, "2019")
        withdrawn(one, at=LATER)
        assert fresh(row).is_public


class TestWithdrawing:
    def test_the_tombstone_keeps_reason_and_address(self) -> None:
        kaz = state("kaz", "Kazakhstan")
        withdrawn(kaz, "Entered twice.", at=LATER)
        entry = fresh(kaz)
        assert (entry.publication, entry.reason) == ("withdrawn", "Entered twice.")
        assert Address.objects.get(path="/states/kaz/").entry_id == kaz.pk
        assert (events_of(kaz)[-1].kind, events_of(kaz)[-1].public) == ("withdrawn", True)

    def test_it_needs_a_reason_and_a_published_record(self) -> None:
        with pytest.raises(WriteRefused, match="needs a reason"):
            withdraw(state("kaz", "Kazakhstan"), at=LATER, by=None, why="  ")
        with pytest.raises(WriteRefused, match="is not published"):
            withdraw(draft(Person(name_en="A"), "a"), at=LATER, by=None, why="No.")

    def test_it_undoes_no_edit_that_came_between(self) -> None:
        kaz = state("kaz", "Kazakhstan")
        stale = State.objects.select_related("entry").get()
        kaz.capital_en = "Astana"
        write([Change(kaz, "kaz")], at=LATER)
        with pytest.raises(Conflict):
            withdraw(stale, at=LATER, by=None, why="Entered twice.")
        assert State.objects.get().capital_en == "Astana"

    def test_a_published_record_is_no_draft_again(self) -> None:
        with pytest.raises(WriteRefused, match="is no draft again"):
            write([Change(state("kaz", "Kazakhstan"), "kaz", "draft")], at=LATER)


class TestErasing:
    def test_a_draft_goes_with_its_lists_and_its_history_ends(self) -> None:
        hidden = draft(Person(name_en="Somebody"), "somebody")
        Revision.objects.create(entry=hidden.entry, base_version=1, payload={}, created_at=WRITTEN)
        key = hidden.pk
        erase(hidden, at=LATER, by=None)
        assert not Entry.objects.filter(pk=key).exists()
        assert not Evidence.objects.filter(entry_id=key).exists()
        assert [row.valid_to for row in Person.history.filter(entry_id=key)] == [LATER]

    def test_what_was_published_once_stays_also_for_a_stale_reader(self) -> None:
        """B099."""
        hidden = draft(Person(name_en="Somebody"), "somebody")
        stale = Person.objects.select_related("entry").get()
        write([Change(hidden, "somebody", "published")], at=LATER)
        for record in (hidden, stale):
            with pytest.raises(WriteRefused, match="was published once"):
                erase(record, at=LATER, by=None)
        assert Person.objects.count() == 1

    def test_several_go_together_also_where_one_refers_to_the_other(self) -> None:
        above = draft(Topic(label_en="Above"), "above")
        below = draft(Topic(label_en="Below", parent=above), "below")
        other = draft(Topic(label_en="Other"), "other")
        erase_all([above.pk, below.pk], at=LATER, by=None)
        assert [row.public_id for row in Topic.objects.all()] == [other.public_id]

    def test_all_or_none_of_several_go(self) -> None:
        hidden = draft(Person(name_en="Somebody"), "somebody")
        shown = state("kaz", "Kazakhstan")
        with pytest.raises(WriteRefused, match="was published once"):
            erase_all([hidden.pk, shown.pk], at=LATER, by=None)
        with pytest.raises(Conflict):
            erase_all([hidden.pk], at=LATER, by=None, versions={hidden.pk: 2})
        with pytest.raises(WriteRefused, match="deleted since"):
            erase_all([hidden.pk], at=LATER, by=None, versions={hidden.pk: 1, hidden.pk + 1000: 1})
        assert Person.objects.count() == 1

    def test_a_draft_that_others_refer_to_stays_whole(self) -> None:
        hidden = draft(State(alpha2="QQ", name_en="Somewhere"), "qqq")
        draft(MembershipPeriod(state=hidden, standing="member", began_on="2003"), "qqq/member/2003")
        with pytest.raises(ProtectedError):
            erase(hidden, at=LATER, by=None)
        assert Evidence.objects.filter(entry=hidden.entry).count() == 1


class TestChain:
    def test_it_holds_whatever_the_zone_of_the_moment(self) -> None:
        yerevan = timezone(timedelta(hours=4))
        state("arm", "Armenia", at=datetime(2026, 1, 1, 16, 0, tzinfo=yerevan))
        state("kaz", "Kazakhstan", at=datetime(2026, 1, 2, 16, 0, tzinfo=UTC))
        assert first_broken_link() is None
        assert Head.objects.get().chain == ChangeEvent.objects.filter(public=True).last().chain  # type: ignore[union-attr]

    @pytest.mark.parametrize("field", ["reason", "kind", "at", "by", "changes"])
    def test_a_tampered_event_is_found(self, field: str) -> None:
        kaz = state("kaz", "Kazakhstan")
        state("kgz", "Kyrgyzstan")
        event = ChangeEvent.objects.get(entry=kaz.entry)
        others = {"reason": "x", "kind": "changed", "at": LATER, "changes": [1]}
        others |= {"by": User.objects.create_user("x@example.org")} if field == "by" else {}
        ChangeEvent.objects.filter(pk=event.pk).update(**{field: others[field]})
        assert first_broken_link() == event.pk

    def test_a_missing_event_is_found_in_the_middle_and_at_the_end(self) -> None:
        rows = [state(slug, slug) for slug in ("aaa", "bbb", "ccc")]
        after = ChangeEvent.objects.get(entry=rows[2].entry).pk
        with transaction.atomic():
            ChangeEvent.objects.filter(entry=rows[1].entry).delete()
            assert first_broken_link() == after
            transaction.set_rollback(True)
        assert first_broken_link() is None
        ChangeEvent.objects.filter(pk=after).delete()
        assert first_broken_link() == 0


class TestAddresses:
    def test_a_record_that_leaves_and_returns_keeps_its_address(self) -> None:
        kaz = state("kaz", "Kazakhstan")
        withdrawn(kaz, at=LATER)
        write([Change(kaz, "kaz", "published", why="")], at=LATER + timedelta(1))
        assert [(a.path, a.current) for a in Address.objects.filter(entry=kaz.entry)] == [
            ("/states/kaz/", True)
        ]
        assert [e.kind for e in events_of(kaz)] == ["created", "withdrawn", "changed"]

    def test_an_address_never_changes_hands(self) -> None:
        kaz = state("kaz", "Kazakhstan")
        Address.objects.filter(entry=kaz.entry).update(path="/states/kgz/")
        with pytest.raises(WriteRefused, match="/states/kgz/ belongs to another record"):
            state("kgz", "Kyrgyzstan")


def test_a_record_costs_no_more_queries_beside_many_others() -> None:
    backing = source()

    def cost(first: int, count: int) -> int:
        from django.test.utils import CaptureQueriesContext

        changes = [
            Change(Person(name_en=f"P {n}"), f"p-{n}", "published", evidence=[Evidence(source=backing)])
            for n in range(first, first + count)
        ]
        with CaptureQueriesContext(connection) as queries:
            write(changes, at=WRITTEN)
        return len(queries)

    cost(0, 1)  # meets whatever is kept after the first time
    assert cost(1, 20) == cost(30, 40)
