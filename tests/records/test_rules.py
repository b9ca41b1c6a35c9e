"""Who breaks a rule that the database keeps is told it in a sentence, in forms and by the one writer."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from cstokb.records.models.rules import Once, Rule
from cstokb.records.registry import record_models
from cstokb.records.writer.changes import WriteRefused
from members.models import Office
from summits.models import Attendance
from tests.factories import meetings
from tests.factories import records as make

pytestmark = pytest.mark.django_db


def test_every_check_of_a_domain_model_has_a_sentence() -> None:
    checks = [
        (model, one)
        for model in record_models().values()
        for one in model._meta.constraints
        if isinstance(one, models.CheckConstraint) and not one.name.endswith("_bounds")
    ]
    assert len(checks) > 12
    silent = [one.name for _model, one in checks if "Constraint" in str(one.get_violation_error_message())]
    assert silent == []


def test_a_form_tells_the_sentence() -> None:
    with pytest.raises(ValidationError, match="one of a state or of an organ: fill in exactly one"):
        Office(name_en="President", role="head-of-state").validate_constraints()


def test_the_writer_tells_the_sentence() -> None:
    with pytest.raises(WriteRefused, match="one of a state or of an organ: fill in exactly one"):
        make.published(Office(name_en="President", role="head-of-state"), "nowhere/president")


def test_the_writer_tells_what_stands_already() -> None:
    state, session = make.state("kaz", "Kazakhstan"), meetings.session("2022-05-16-moscow", "2022-05-16")
    meetings.seat(session, state)
    with pytest.raises(WriteRefused, match="sits in the session already"):
        make.published(Attendance(session=session, state=state, mode="in-person"), "another/seat")


def test_the_words_are_none_of_the_migrations_business() -> None:
    rule = Rule(condition=~models.Q(text=""), name="has_words", says="Write something.")
    plain = models.CheckConstraint(condition=~models.Q(text=""), name="has_words")
    assert rule.deconstruct() == plain.deconstruct()
    assert rule == plain == rule.clone()
    assert rule.clone().get_violation_error_message() == "Write something."
    assert rule != models.CheckConstraint(condition=~models.Q(text=""), name="other")


def test_nor_are_those_of_what_may_stand_once() -> None:
    once = Once(fields=["session", "state"], name="sits_once", says="It sits already.")
    plain = models.UniqueConstraint(fields=["session", "state"], name="sits_once")
    assert once.deconstruct() == plain.deconstruct()
    assert once == plain == once.clone()
    assert once.clone().says == "It sits already."
    assert once != models.UniqueConstraint(fields=["session"], name="sits_once")
