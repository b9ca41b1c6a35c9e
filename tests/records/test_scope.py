"""Two clocks: what the knowledge base says now, and what it said at a moment."""

from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from cstokb.records.choices import Visibility
from cstokb.records.consistency import faces_match_the_entries
from cstokb.records.models import Entry, EntryFace, Evidence, NameForm
from cstokb.records.naming import Wanted, find
from cstokb.records.publish import Change, write
from cstokb.records.scope import NOW, Scope
from members.models import MembershipPeriod, Person, State
from tests.factories.records import WRITTEN, draft, member, person, source, state, withdrawn

pytestmark = pytest.mark.django_db

CORRECTED = WRITTEN + timedelta(days=10)
BEFORE = Scope(WRITTEN - timedelta(seconds=1))
THEN = Scope(WRITTEN + timedelta(days=5))
AFTER = Scope(CORRECTED)


def capitals(scope: Scope) -> list[str]:
    return [row.capital_en for row in scope.rows(State)]


def test_an_earlier_scope_answers_what_was_said_before_a_correction() -> None:
    kaz = state("kaz", "Kazakhstan")
    kaz.capital_en = "Astana"
    write([Change(kaz, "kaz")], at=CORRECTED, correction=True)
    assert [capitals(scope) for scope in (BEFORE, THEN, AFTER, NOW)] == [[], [""], ["Astana"], ["Astana"]]


def test_the_moment_of_a_change_belongs_to_what_is_said_from_then_on() -> None:
    kaz = state("kaz", "Kazakhstan")
    kaz.capital_en = "Astana"
    write([Change(kaz, "kaz")], at=CORRECTED)
    assert capitals(Scope(CORRECTED - timedelta(microseconds=1))) == [""]
    assert capitals(Scope(CORRECTED)) == ["Astana"]


def test_a_draft_shows_in_no_scope_and_its_publication_not_before_its_day() -> None:
    hidden = draft(Person(name_en="Somebody"), "somebody")
    assert [scope.rows(Person).count() for scope in (THEN, AFTER, NOW)] == [0, 0, 0]
    write([Change(hidden, "somebody", "published")], at=CORRECTED)
    assert [scope.rows(Person).count() for scope in (THEN, AFTER, NOW)] == [0, 1, 1]


def test_a_withdrawn_record_shows_in_no_scope_and_is_counted_as_withheld() -> None:
    kaz, kgz = state("kaz", "Kazakhstan"), state("kgz", "Kyrgyzstan")
    withdrawn(kaz, at=CORRECTED)
    for scope in (THEN, AFTER, NOW):
        assert [row.entry_id for row in scope.rows(State)] == [kgz.pk]
    assert [scope.withheld(State) for scope in (BEFORE, THEN, AFTER, NOW)] == [0, 1, 0, 0]


def test_verbs_of_a_model_work_on_its_past_rows() -> None:
    kaz = state("kaz", "Kazakhstan")
    period = member(kaz, "2003-09-18")
    period.ended_on, period.ended_by = "2010", "withdrawal"
    write([Change(period, period.public_id)], at=CORRECTED)
    day = date(2015, 1, 1)
    then: Any = THEN.rows(MembershipPeriod)
    now: Any = NOW.rows(MembershipPeriod)
    assert [rows.on(day).count() for rows in (then, now)] == [1, 0]
    assert then.filter(state_id__in=[kaz.pk]).on(day).count() == 1


def test_names_and_evidence_have_their_own_past() -> None:
    one = person("somebody", "Somebody", names=[NameForm(text="Some Body", kind="alias")])
    more = [Evidence(source=source()), Evidence(source=source("00another0"))]
    write([Change(one, "somebody", names=[], evidence=more)], at=CORRECTED)
    spellings = [sorted(row.text for row in scope.rows(NameForm)) for scope in (THEN, NOW)]
    assert spellings == [["Some Body", "Somebody"], ["Somebody"]]
    assert [scope.rows(Evidence).count() for scope in (THEN, NOW)] == [1, 2]


def test_names_are_found_in_the_scope_that_shows_them() -> None:
    kaz, hidden = state("kaz", "Kazakhstan"), draft(State(alpha2="QQ", name_en="Somewhere"), "qqq")
    wanted = [Wanted("state", text) for text in ("kaz", "Kazakhstan", hidden.public_id, "Somewhere", "zzz")]
    found = [list(find(wanted, scope).values()) for scope in (NOW, THEN, BEFORE)]
    assert found == [[(kaz.pk,), (kaz.pk,), (), (), ()]] * 2 + [[()] * 5]
    withdrawn(kaz, at=CORRECTED)
    assert [list(find(wanted, scope).values()) for scope in (THEN, NOW)] == [[()] * 5] * 2


def test_a_name_that_came_later_finds_nothing_before() -> None:
    kaz = state("kaz", "Kazakhstan")
    write([Change(kaz, "kaz", names=[NameForm(text="Qazaqstan", kind="alias")])], at=CORRECTED)
    wanted = Wanted("state", "Qazaqstan")
    assert [find([wanted], scope)[wanted] for scope in (THEN, NOW)] == [(), (kaz.pk,)]


def test_what_a_record_was_called_is_kept_also_where_another_record_said_it() -> None:
    """A period is called by its state, and has changed in nothing when the state is called otherwise."""
    kaz = state("kaz", "Kazahstan")
    period = member(kaz, "2003-09-18")
    kaz.name_en = "Kazakhstan"
    write([Change(kaz, "kaz")], at=CORRECTED)
    columns = ("entry__label_en", "entry__changed_at")
    for model, record in ((State, kaz), (MembershipPeriod, period)):
        then, now = (scope.rows(model).values_list(*columns).get() for scope in (THEN, NOW))
        assert then[0].startswith("Kazahstan")
        assert now[0].startswith("Kazakhstan")
        assert then[1] == WRITTEN
        assert (now[1] == WRITTEN) == (record is period)
    found = [scope.rows(State).filter(entry__label_en="Kazahstan") for scope in (THEN, NOW)]
    assert [rows.order_by("entry__sort_en").count() for rows in found] == [1, 0]
    assert EntryFace.objects.filter(entry__in=[kaz.pk, period.pk], valid_to__isnull=True).count() == 2


def test_records_that_stood_before_faces_were_kept_get_one() -> None:
    """What the migration does; their earlier names are not known, so that the present one stands for all."""
    kaz = state("kaz", "Kazakhstan")
    EntryFace.objects.all().delete()
    import_module("cstokb.records.migrations.0003_faces_of_standing_records").fill(apps, None)
    face = EntryFace.objects.get(entry=kaz.entry)
    assert (face.fits(kaz.entry), face.valid_from, face.valid_to) == (True, WRITTEN, None)
    assert not list(faces_match_the_entries(date(2026, 1, 1)))
    EntryFace.objects.filter(entry=kaz.entry).update(label_en="Kasakhstan")
    assert [(one.kind, one.id) for one in faces_match_the_entries(date(2026, 1, 1))] == [("state", "kaz")]


def test_rows_laid_out_for_counting_are_the_rows_that_show() -> None:
    shown = state("kaz", "Kazakhstan")
    draft(State(name_en="Nowhere", alpha2="NW"), "nwh")
    withdrawn(state("urs", "Soviet Union"))
    member(shown, "2003-09-18")
    for scope in (BEFORE, THEN, AFTER, NOW):
        for model in (State, MembershipPeriod, NameForm):
            counted = scope.all_but_hidden(model).values_list("pk", flat=True)
            assert sorted(counted) == sorted(scope.rows(model).values_list("pk", flat=True)), (scope, model)
    assert list(NOW.all_but_hidden(State)) == [shown]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps figures of its tables")
def test_no_question_for_one_record_walks_through_all_that_are_public() -> None:
    by_id = (
        NOW.rows(NameForm).filter(entry_id=1),
        NOW.rows(MembershipPeriod).filter(state_id=1),
        Entry.objects.public().filter(pk__in=NOW.rows(State).filter(entry_id=1).values("pk")),
    )
    assert ["visibility" in rows.explain() for rows in by_id] == [False, False, False]
    assert "visibility" in Entry.objects.filter(visibility=Visibility.PUBLIC, label_en="").explain()
