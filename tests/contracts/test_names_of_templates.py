"""Lists and searches look for few names in vain: Django looks for a missing one at great cost, for each row anew."""

from collections import Counter
from typing import Any

import pytest
from django.template.base import Variable, VariableDoesNotExist

from cstokb import catalogue
from cstokb.listing.registry import listings
from tests.listing.asking import ask, body

catalogue.fill()
pytestmark = [pytest.mark.contract, pytest.mark.django_db, pytest.mark.usefixtures("starter")]

#: What the frame of a page leaves out for its templates to find missing, however many rows it shows.
MOST_OF_A_PAGE = 30


@pytest.fixture
def in_vain(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often which name was looked for in vain."""
    found: Counter[str] = Counter()
    look = Variable._resolve_lookup  # type: ignore[attr-defined]

    def noted(variable: Variable, context: Any) -> Any:
        try:
            return look(variable, context)
        except VariableDoesNotExist:
            found[str(variable.var)] += 1
            raise

    monkeypatch.setattr(Variable, "_resolve_lookup", noted)
    return found


PAGES = ["/search/?q=security", *sorted({one.path for one in listings() if one.path})]


@pytest.mark.parametrize("path", PAGES)
def test_a_list_looks_for_few_names_in_vain(path: str, in_vain: Counter[str]) -> None:
    body(ask(path))
    assert in_vain.total() <= MOST_OF_A_PAGE, in_vain
