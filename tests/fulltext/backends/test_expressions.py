"""The tree in each database's own language: every term is quoted, and order and brackets say what the tree says."""

import pytest

from cstokb.fulltext.backends import postgresql, sqlite
from cstokb.fulltext.backends.base import Terms
from cstokb.fulltext.tree import And, Or, Prefix, Term


def term(word: str) -> Term:
    return Term(word, word)


@pytest.mark.parametrize(
    ("tree", "fts5", "tsquery"),
    [
        (term("§4·1"), '"§4·1"', "'§4·1'"),
        (term("=war"), '"=war"', "'=war'"),
        (Prefix("war", "", exact=True), '"=war" *', "'=war':*"),
        (And((term("a"), term("b"))), '("a" AND "b")', "('a' & 'b')"),
        (Or((term("a"), And((term("b"), term("c"))))), '("a" OR ("b" AND "c"))', "('a' | ('b' & 'c'))"),
        (
            Or((term("a"), term("b"), term("c"))),
            '("a" OR "b" OR "c")',
            "(('a' | 'b') | ('c'))",
        ),
    ],
)
def test_terms_are_written_for_each_database(tree: Terms, fts5: str, tsquery: str) -> None:
    assert sqlite.expression(tree) == fts5
    assert postgresql.expression(tree) == tsquery


def test_what_has_one_weight_is_asked_by_its_letter_alone() -> None:
    assert postgresql.expression(And((term("a"), Prefix("b", ""))), "A") == "('Aa' & 'A=b':*)"


def test_a_long_row_of_alternatives_nests_only_as_deep_as_its_halves() -> None:
    text = postgresql.any_of([f"'w{number}'" for number in range(4096)])
    depth = deepest = 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        deepest = max(deepest, depth)
    assert (text.count("|"), deepest) == (4095, 12)
