"""What is stored and found again, on whichever database the tests run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any, ClassVar

import pytest
from django import forms
from django.apps import apps
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models.functions import Cast
from pytest_django import DjangoDbBlocker
from simple_history.models import HistoricalRecords

from cstokb.dates import (
    Answer,
    BoundField,
    EdtfField,
    HistoricDate,
    InvalidDate,
    Period,
    bounds_check,
    date_order,
    holding,
    meets,
    period_check,
    possibly_holding,
    sort_key,
    unknown_holding,
)

pytestmark = pytest.mark.django_db


class Tracked(models.Model):
    """What has a history, as the models of the product have it: from an abstract class."""

    history = HistoricalRecords(
        inherit=True, app="datestests", history_user_id_field=models.IntegerField(null=True)
    )

    class Meta:
        abstract = True


class Spell(Tracked):
    """A period of something."""

    began_on = EdtfField("first day", blank=True)
    began_on_min = BoundField("began_on")
    began_on_max = BoundField("began_on")
    ended_on = EdtfField("last day", blank=True)
    ended_on_min = BoundField("ended_on")
    ended_on_max = BoundField("ended_on")
    objects: ClassVar[models.Manager[Spell]] = models.Manager()

    class Meta:
        app_label = "datestests"
        constraints = [
            bounds_check("began_on", "spell"),
            bounds_check("ended_on", "spell"),
            period_check("began_on", "ended_on", "spell"),
        ]

    def __str__(self) -> str:
        return f"{self.began_on} to {self.ended_on}"


class Note(models.Model):
    """Something about a period, to ask for periods through a relation."""

    spell = models.ForeignKey(Spell, models.PROTECT)
    objects: ClassVar[models.Manager[Note]] = models.Manager()

    class Meta:
        app_label = "datestests"

    def __str__(self) -> str:
        return f"on {self.spell}"


History: Any = Spell.history.model
TABLES: tuple[type[models.Model], ...] = (Spell, History, Note)


@pytest.fixture(scope="module", autouse=True)
def tables(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Create the tables, outside of the transaction of any test."""
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            for table in TABLES:
                editor.create_model(table)
        yield
        with connection.schema_editor() as editor:
            for table in reversed(TABLES):
                editor.delete_model(table)


def columns(row: models.Model) -> tuple[Any, ...]:
    """What the database itself holds, past the fields."""
    names = ("began_on", "began_on_min", "began_on_max")
    as_text = {f"{name}_as_text": Cast(name, models.TextField()) for name in names}
    stored = type(row)._default_manager.annotate(**as_text).values(*as_text).get(pk=row.pk)
    return tuple(stored.values())


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("1992-05", ("1992-05", "1992-05-01", "1992-05-31")),
        ("1992-05-15~", ("1992-05-15~", "1992-05-14", "1992-05-16")),
        ("XXXX", ("XXXX", None, None)),
        (None, (None, None, None)),
    ],
)
def test_text_and_bounds_are_stored_and_read_again(text: str | None, stored: tuple[Any, ...]) -> None:
    spell = Spell.objects.create(began_on=text)
    assert columns(spell) == stored
    again = Spell.objects.get(pk=spell.pk)
    assert again.began_on == spell.began_on
    assert (again.began_on_min, again.began_on_max) == (spell.began_on_min, spell.began_on_max)


def test_rows_made_or_changed_together_have_their_bounds() -> None:
    made = Spell.objects.bulk_create([Spell(began_on="1992"), Spell(began_on="XXXX"), Spell()])
    assert [columns(row) for row in made] == [
        ("1992", "1992-01-01", "1992-12-31"),
        ("XXXX", None, None),
        (None, None, None),
    ]
    for row in made:
        row.began_on = "1993-02~"
    Spell.objects.bulk_update(made, ["began_on", "began_on_min", "began_on_max"])
    assert {columns(row) for row in made} == {("1993-02~", "1993-01-01", "1993-03-31")}


def test_a_history_row_has_the_same_three_columns() -> None:
    spell = Spell.objects.create(began_on="1992-05")
    spell.began_on = "1992-05-15"
    spell.save()
    newest, oldest = spell.history.all()
    assert columns(newest) == ("1992-05-15", "1992-05-15", "1992-05-15")
    assert columns(oldest) == ("1992-05", "1992-05-01", "1992-05-31")
    assert oldest.began_on == HistoricDate(1992, 5)
    assert oldest.instance.began_on_max == date(1992, 5, 31)
    assert [change.field for change in newest.diff_against(oldest).changes] == ["began_on"]
    assert History.objects.filter(holding(date(1992, 5, 20))).count() == 1


def test_values_are_dates_too() -> None:
    Spell.objects.create(began_on="1992-05~")
    assert Spell.objects.values_list("began_on", flat=True).get() == HistoricDate.parse("1992-05~")
    assert Spell.objects.values("began_on", "ended_on").get() == {
        "began_on": HistoricDate.parse("1992-05~"),
        "ended_on": None,
    }


def test_columns_left_out_are_fetched_when_asked_for(django_assert_num_queries: Any) -> None:
    Spell.objects.create(began_on="1992-05")
    only = Spell.objects.only("began_on_min").get()
    with django_assert_num_queries(1):
        assert (only.began_on_min, only.began_on) == (date(1992, 5, 1), HistoricDate(1992, 5))
    with django_assert_num_queries(0):
        assert only.began_on_max == date(1992, 5, 31)  # it follows from the date
    deferred = Spell.objects.defer("began_on").get()
    with django_assert_num_queries(1):
        assert deferred.began_on == HistoricDate(1992, 5)
    bare = Spell.objects.only("pk").get()
    assert bare.get_deferred_fields() >= {"began_on", "began_on_min", "began_on_max"}
    with django_assert_num_queries(1):
        assert bare.began_on_max == date(1992, 5, 31)


def test_a_row_read_anew_forgets_what_was_assigned() -> None:
    spell = Spell.objects.create(began_on="1992-05")
    spell.began_on = "2022"
    spell.refresh_from_db()
    assert (spell.began_on, spell.began_on_min) == (HistoricDate(1992, 5), date(1992, 5, 1))


@pytest.mark.parametrize("kind", ["json", "xml", "python"])
def test_a_serialized_row_comes_back_whole(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apps, "get_model", lambda *_: Spell)  # it belongs to no installed app
    spell = Spell.objects.create(began_on="1992-05~", ended_on=None)
    dumped = serializers.serialize(kind, [spell])
    Spell.objects.all().delete()
    next(iter(serializers.deserialize(kind, dumped))).save()
    again = Spell.objects.get()
    assert (again.began_on, again.ended_on) == (spell.began_on, None)
    assert columns(again) == ("1992-05~", "1992-04-01", "1992-06-30")


def test_the_text_in_a_dump_is_the_only_column_of_a_date() -> None:
    dumped = json.loads(serializers.serialize("json", [Spell.objects.create(began_on="1992-05~")]))
    assert dumped[0]["fields"] == {"began_on": "1992-05~", "ended_on": None}


def test_a_date_is_found_by_itself_and_never_by_the_order_of_its_letters() -> None:
    spell = Spell.objects.create(began_on="1992-05")
    Spell.objects.create(began_on="1992-05~")
    for value in ("1992-05", " 1992-05", HistoricDate(1992, 5)):
        assert Spell.objects.get(began_on=value) == spell
        assert Spell.objects.get(began_on__in=[value, "1991"]) == spell
    assert Spell.objects.filter(began_on__startswith="1992").count() == 2
    for lookup in ("gt", "gte", "lt", "lte", "range"):
        with pytest.raises(FieldError, match=f"Unsupported lookup '{lookup}'"):
            Spell.objects.filter(**{f"began_on__{lookup}": "1992"})
    with pytest.raises(InvalidDate):
        Spell.objects.filter(began_on="1992-13").count()


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1992", "1992-12-31", "1992-01-01"),
        ("1992", "1992-01-01", None),
        ("1992", None, "1992-12-31"),
        ("1992", None, None),
        ("XXXX", "1992-01-01", "1992-12-31"),
        (None, "1992-01-01", "1992-12-31"),
    ],
)
def test_the_database_refuses_bounds_that_cannot_be_those_of_the_text(
    text: str | None, low: str | None, high: str | None
) -> None:
    spell = Spell.objects.create(began_on="2000")
    with pytest.raises(IntegrityError, match="spell_began_on_bounds"), transaction.atomic():
        Spell.objects.filter(pk=spell.pk).update(began_on=text, began_on_min=low, began_on_max=high)


@pytest.mark.parametrize(
    ("began", "ended"),
    [
        ("2021-09-08", "2021-05-16"),
        ("2021-09-08", "2021-09-07"),
        ("2021-09", "2021-08"),
        ("2021", "2020-12-31"),
    ],
)
def test_a_period_that_ends_before_it_begins_is_refused_everywhere(began: str, ended: str) -> None:
    spell = Spell(began_on=began, ended_on=ended)
    with pytest.raises(ValidationError) as refusal:
        spell.full_clean()
    sentence = f"The end, {ended}, lies before the beginning, {began}."
    assert refusal.value.message_dict == {"ended_on": [sentence]}
    form = forms.modelform_factory(Spell, fields=["began_on", "ended_on"])(
        {"began_on": began, "ended_on": ended}
    )
    assert form.errors == {"ended_on": [sentence]}
    with pytest.raises(IntegrityError, match="spell_ended_on_not_before_began_on"), transaction.atomic():
        spell.save()
    assert not Spell.objects.exists()


@pytest.mark.parametrize(
    ("began", "ended"),
    [
        ("2021-09-08", "2021-09-08"),
        ("2021-09-08", "2021-09"),
        ("2021-09-08", "2021-08~"),
        ("2021", "2021-01-01"),
        ("2021-09-08", "XXXX"),
        ("2021-09-08", None),
        (None, "2021-05-16"),
        ("XXXX", "2021-05-16"),
    ],
)
def test_a_period_that_may_be_in_order_is_taken(began: str | None, ended: str | None) -> None:
    spell = Spell(began_on=began, ended_on=ended)
    spell.full_clean()
    spell.save()
    form_class = forms.modelform_factory(Spell, fields=["began_on", "ended_on"])
    assert form_class({"began_on": began or "", "ended_on": ended or ""}, instance=spell).is_valid()


def test_a_form_that_shows_one_end_only_names_both_and_one_that_shows_none_asks_nothing() -> None:
    spell = Spell(began_on="2021-09-08", ended_on="2022")
    form = forms.modelform_factory(Spell, fields=["began_on"])({"began_on": "2023"}, instance=spell)
    assert form.errors == {"__all__": ["The end, 2022, lies before the beginning, 2023."]}
    Spell(began_on="2023", ended_on="2022").validate_constraints(exclude={"began_on", "ended_on"})


TEXTS = (None, "XXXX", "1992", "1992-05", "1992-05~", "1992-05-15", "1992-05-16~", "1993")
DAYS = [
    date(1991, 12, 31),
    date(1992, 1, 1),
    date(1992, 4, 1),
    date(1992, 5, 1),
    date(1992, 5, 14),
    date(1992, 5, 15),
    date(1992, 5, 16),
    date(1992, 5, 17),
    date(1992, 6, 30),
    date(1992, 7, 1),
    date(1993, 1, 1),
    date(1993, 12, 31),
    date(1994, 1, 1),
]


@pytest.fixture
def spells() -> list[Spell]:
    """A row for every pair of ends that is a period."""
    rows = [Spell(began_on=began, ended_on=ended) for began, ended in product(TEXTS, TEXTS)]
    return Spell.objects.bulk_create(
        row for row in rows if not Period(row.began_on, row.ended_on).is_reversed
    )


@pytest.mark.parametrize("day", DAYS)
def test_the_database_and_a_period_give_the_same_answer(spells: list[Spell], day: date) -> None:
    answers = {row.pk: Period(row.began_on, row.ended_on).holds(day) for row in spells}

    def answered(*wanted: Answer) -> set[int]:
        return {pk for pk, answer in answers.items() if answer in wanted}

    assert len(spells) == 59
    assert set(Spell.objects.filter(holding(day)).values_list("pk", flat=True)) == answered(Answer.YES)
    assert set(Spell.objects.filter(unknown_holding(day)).values_list("pk", flat=True)) == answered(
        Answer.UNKNOWN
    )
    possibly = Spell.objects.filter(possibly_holding(day))
    assert set(possibly.values_list("pk", flat=True)) == answered(Answer.YES, Answer.UNKNOWN)
    assert set(possibly.exclude(holding(day)).values_list("pk", flat=True)) == answered(Answer.UNKNOWN)
    assert set(Spell.objects.exclude(possibly_holding(day)).values_list("pk", flat=True)) == answered(
        Answer.NO
    )


@pytest.mark.parametrize(("after", "before"), [*product([None, *DAYS[::3]], repeat=2)])
def test_the_database_and_a_date_meet_the_same_ranges(after: date | None, before: date | None) -> None:
    rows = Spell.objects.bulk_create(Spell(began_on=text) for text in TEXTS)
    expected = {
        row.pk
        for row in rows
        if (row.began_on.meets(after, before) if row.began_on else after is None and before is None)
    }
    found = Spell.objects.filter(meets("began_on", after, before)).values_list("pk", flat=True)
    assert set(found) == expected


def test_periods_and_ranges_are_asked_for_through_a_relation() -> None:
    inside = Note.objects.create(spell=Spell.objects.create(began_on="1992", ended_on="1994"))
    Note.objects.create(spell=Spell.objects.create(began_on="1994", ended_on="1995"))
    day = date(1993, 5, 1)
    assert Note.objects.get(holding(day, began="spell__began_on", ended="spell__ended_on")) == inside
    assert Note.objects.get(possibly_holding(day, began="spell__began_on", ended="spell__ended_on")) == inside
    assert Note.objects.get(meets("spell__began_on", None, day)) == inside


def test_rows_stand_in_the_order_of_their_dates_and_without_a_day_last_either_way() -> None:
    texts = ["1992-05~", "1992", "1991-12-31", "1992-01-01", "1992-05", "1992-01", "1992-01-01~"]
    Spell.objects.bulk_create([Spell(began_on=text) for text in [*texts, "XXXX", None]])
    ordered = sorted((HistoricDate.parse(text) for text in texts), key=sort_key)
    oldest_first = list(Spell.objects.order_by(*date_order("began_on")).values_list("began_on", flat=True))
    newest_first = list(
        Spell.objects.order_by(*date_order("began_on", newest_first=True)).values_list("began_on", flat=True)
    )
    assert oldest_first[:-2] == ordered
    assert newest_first[:-2] == ordered[::-1]
    assert set(oldest_first[-2:]) == set(newest_first[-2:]) == {None, HistoricDate.UNKNOWN}
