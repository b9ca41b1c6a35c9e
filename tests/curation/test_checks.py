"""What the rules say is said in the language of whoever reads it."""

import ast
import inspect
import re
from collections.abc import Iterator
from datetime import date
from types import ModuleType

import pytest
from django.utils.functional import Promise
from django.utils.translation import gettext, override

import members.consistency
import statements.consistency
import statements.detection
import statements.formulas.table
import summits.consistency
import treaty.consistency
import treaty.detection
from cstokb.curation.checks import DOUBTS, RULES
from cstokb.records import consistency
from cstokb.records.consistency import Broken
from tests.factories.records import organ

RULED = (consistency, members.consistency, treaty.consistency, summits.consistency, statements.consistency)
#: Those whose differences a rule hands on.
COMPARED = (treaty.detection, statements.detection, statements.formulas.table)


def calls(module: ModuleType, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def sentences() -> list[str]:
    """Every sentence with which a rule says what is wrong."""
    found = [call.args[0] for module in (*RULED, *COMPARED) for call in calls(module, "_")]
    return sorted({str(node.value) for node in found if isinstance(node, ast.Constant)})


def test_every_rule_is_looked_at() -> None:
    assert {rule.__module__ for rule in (*RULES, *DOUBTS)} == {module.__name__ for module in RULED}


@pytest.mark.parametrize("module", RULED, ids=lambda module: module.__name__)
def test_no_reason_is_plain_text(module: ModuleType) -> None:
    """A name is checked by its type: Broken takes what is translated when it is read, and nothing else."""
    reasons = [call.args[3] for call in calls(module, "Broken")]
    assert reasons
    assert [ast.unparse(one) for one in reasons if isinstance(one, ast.Constant | ast.JoinedStr)] == []


@pytest.mark.parametrize("sentence", sentences())
def test_no_sentence_stays_english_in_russian(sentence: str) -> None:
    with override("ru"):
        said = gettext(sentence)
    assert re.search("[а-яё]", said), f"not translated: {sentence}"
    places = [sorted(re.findall(r"\{\w+\}", one)) for one in (sentence, said)]
    assert places[0] == places[1]


@pytest.mark.django_db
def test_what_was_found_is_read_in_either_language() -> None:
    organ("later", "Later", established_on="2027")
    found: list[Broken] = list(consistency.nothing_public_comes_from_the_future(date(2026, 3, 5)))
    assert [isinstance(one.reason, Promise) for one in found] == [True]
    assert [str(one.reason) for one in found] == ["“established on” lies after 5\u00a0March\u00a02026"]
    with override("ru"):
        assert [str(one.reason)[-12:] for one in found] == ["5\u00a0марта\u00a02026"]
    with override("ru"):
        assert "дата учреждения" in str(found[0].reason)
