"""The model and form fields by themselves, without a database."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps

from cstokb.dates import (
    BoundField,
    EdtfField,
    EdtfFormField,
    HistoricDate,
    InvalidDate,
    bounds_check,
    period_check,
)
from cstokb.dates.fields import PeriodCheck

MAY = HistoricDate.parse("1992-05")


@pytest.fixture
def model() -> Iterator[type[models.Model]]:
    """A model with one date, and its bounds declared before and behind it."""
    with isolate_apps():

        class Dated(models.Model):
            done_on_max = BoundField("done_on")
            done_on = EdtfField("done on", blank=True, help_text="The day of the act.")
            done_on_min = BoundField("done_on")

            class Meta:
                app_label = "dates"

            def __str__(self) -> str:
                return str(self.done_on)

        yield Dated


def state(instance: Any) -> tuple[Any, Any, Any]:
    return instance.done_on, instance.done_on_min, instance.done_on_max


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1992-05", (MAY, date(1992, 5, 1), date(1992, 5, 31))),
        (MAY, (MAY, date(1992, 5, 1), date(1992, 5, 31))),
        ("XXXX", (HistoricDate.UNKNOWN, None, None)),
        ("", (None, None, None)),
        (None, (None, None, None)),
    ],
)
def test_a_date_sets_its_bounds_when_assigned_and_when_made(
    model: type[models.Model], value: Any, expected: tuple[Any, Any, Any]
) -> None:
    instance: Any = model(done_on="2022-02-24")
    instance.done_on = value
    assert state(instance) == expected
    assert state(model(done_on=value)) == expected


def test_without_a_date_there_are_no_bounds(model: type[models.Model]) -> None:
    assert state(model()) == (None, None, None)


def test_a_text_that_is_no_date_is_not_assigned(model: type[models.Model]) -> None:
    instance: Any = model(done_on="1992-05")
    with pytest.raises(InvalidDate):
        instance.done_on = "1992-13"
    assert state(instance) == (MAY, date(1992, 5, 1), date(1992, 5, 31))


def test_fields_are_written_into_migrations_without_what_is_always_the_same() -> None:
    text = MigrationWriter.serialize(EdtfField("done on", blank=True))[0]
    assert text == "cstokb.dates.fields.EdtfField(blank=True, verbose_name='done on')"
    assert MigrationWriter.serialize(BoundField("done_on"))[0] == "cstokb.dates.fields.BoundField('done_on')"


def test_a_copied_field_is_the_same_field() -> None:
    for field in (EdtfField("done on", blank=True), BoundField("done_on", db_index=True)):
        assert field.clone().deconstruct() == field.deconstruct()
    assert (EdtfField().clone().null, EdtfField().clone().max_length) == (True, 11)
    assert (BoundField("x").clone().null, BoundField("x").clone().editable) == (True, False)


def test_a_field_without_its_bounds_is_reported() -> None:
    with isolate_apps():

        class Bare(models.Model):
            done_on = EdtfField()
            done_on_max = BoundField("began_on")

            class Meta:
                app_label = "dates"

            def __str__(self) -> str:
                return str(self.done_on)

        messages = Bare.check()
    assert [(message.id, message.msg) for message in messages] == [
        ("dates.E001", "done_on_min = BoundField('done_on') is missing."),
        ("dates.E001", "done_on_max = BoundField('done_on') is missing."),
    ]


def test_a_field_with_its_bounds_is_not_reported(model: type[models.Model]) -> None:
    field = model._meta.get_field("done_on")
    assert isinstance(field, EdtfField)
    assert field.check() == []


def test_a_constraint_is_written_into_migrations_by_the_names_of_its_fields() -> None:
    check = period_check("began_on", "ended_on", "term")
    assert MigrationWriter.serialize(check)[0] == (
        "cstokb.dates.fields.PeriodCheck("
        "began='began_on', ended='ended_on', name='term_ended_on_not_before_began_on')"
    )
    assert check.clone() == check != period_check("began_on", "ended_on", "pause")
    assert isinstance(check.clone(), PeriodCheck)
    assert bounds_check("done_on", "act").name == "act_done_on_bounds"


def test_values_of_forms_and_files_are_read_with_a_clear_error() -> None:
    field: Any = EdtfField(blank=True)
    assert field.clean("1992-05", None) == MAY
    assert field.clean(MAY, None) == MAY
    assert field.clean("", None) is None
    with pytest.raises(ValidationError) as refusal:
        field.clean("2022-02-30", None)
    assert (refusal.value.messages, refusal.value.code) == (["There is no such day: 2022-02-30."], "day")


def test_a_required_date_is_asked_for() -> None:
    with pytest.raises(ValidationError, match="cannot be blank"):
        EdtfField().clean(None, None)


def test_the_text_is_what_serializers_get(model: type[models.Model]) -> None:
    field = model._meta.get_field("done_on")
    assert isinstance(field, EdtfField)
    assert field.value_to_string(model(done_on="1992-05~")) == "1992-05~"
    assert field.value_to_string(model()) == ""


def test_the_form_field_cleans_to_a_date_or_to_nothing() -> None:
    field = EdtfFormField(required=False)
    assert field.clean(" 1992-05 ") == MAY
    assert field.clean("") is None
    assert field.clean("  ") is None
    assert field.clean(None) is None


@pytest.mark.parametrize(
    ("text", "sentence", "code"),
    [
        ("01.01.0000", "Write the year first and hyphens between the parts: YYYY-MM-DD.", "order"),
        ("1992\x00", "A date holds no control characters.", "characters"),
        ("9" * 200, "This is too long to be a date.", "length"),
    ],
)
def test_the_form_field_says_what_is_wrong(text: str, sentence: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        EdtfFormField().clean(text)
    assert (refusal.value.messages, refusal.value.code) == ([sentence], code)


def test_the_form_of_a_model_shows_the_text_and_notices_a_change(model: type[models.Model]) -> None:
    form_class = forms.modelform_factory(model, fields=["done_on"])
    instance = model(done_on="1992-05~")
    assert list(form_class.base_fields) == ["done_on"]
    assert 'value="1992-05~"' in str(form_class(instance=instance)["done_on"])
    assert not form_class({"done_on": "1992-05~ "}, instance=instance).has_changed()
    assert form_class({"done_on": "1992-05"}, instance=instance).has_changed()
    assert form_class({"done_on": "1992-13"}, instance=instance).has_changed()
    assert form_class({"done_on": ""}, instance=instance).has_changed()
    assert not form_class({"done_on": ""}, instance=model()).has_changed()


def test_a_refused_text_stands_in_the_form_as_it_was_typed(model: type[models.Model]) -> None:
    form = forms.modelform_factory(model, fields=["done_on"])({"done_on": "13.05.2022"})
    assert not form.is_valid()
    assert 'value="13.05.2022"' in str(form["done_on"])


def test_the_help_text_tells_the_forms_and_then_what_the_model_says(model: type[models.Model]) -> None:
    field = model._meta.get_field("done_on")
    assert isinstance(field, EdtfField)
    own = field.formfield()
    assert own is not None
    forms_of_a_date = "YYYY-MM-DD, YYYY-MM or YYYY; ~ behind it: approximate; XXXX: the day is not known."
    assert str(own.help_text) == f"{forms_of_a_date} The day of the act."
    assert str(EdtfFormField().help_text) == forms_of_a_date


def test_the_admin_may_choose_its_own_text_box() -> None:
    field = EdtfField(blank=True).formfield(widget=AdminTextInputWidget)
    assert isinstance(field, EdtfFormField)
    assert isinstance(field.widget, AdminTextInputWidget)
    assert (field.widget.attrs["size"], field.widget.attrs["autocomplete"]) == (12, "off")
