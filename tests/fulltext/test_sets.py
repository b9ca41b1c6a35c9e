"""What is told of a query by sets of ids alone, and what need not be asked."""

from datetime import date

import pytest

from cstokb.fulltext import engine
from cstokb.fulltext.documents import Document, Segment
from cstokb.fulltext.matching import condition, of_records
from cstokb.fulltext.models import IndexedRecord
from cstokb.fulltext.sets import is_set, telling
from cstokb.fulltext.tree import And, Dated, HasFacet, Near, Node, Not, Or, Phrase, Prefix, Term

PEACE, TREATY, DOE = Term("peac", "peace"), Term("treati", "treaty"), Term("doe", "doe")
PEACE_TREATY = Phrase(("peac", "treati"), '"peace treaty"')
PEACE_FORCE = Phrase(("peac", "forc"), '"peace force"')
DOES_FORCE = Phrase(("doe", "forc"), '"does force"')
NEAR = Near((("peac",),), (("forc",),), 3, "peace NEAR/3 force")
NOWHERE = Near((), (("forc",),), 3, "nothing* NEAR/3 force")
SINCE = Dated(date(2020, 1, 1), None, "2020..")
SIGNED = HasFacet("kind", ("act", "note"), "kind:act,note")


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([PEACE, PEACE_TREATY], [PEACE]),
        ([PEACE_TREATY, PEACE], [PEACE]),
        ([TREATY, PEACE_FORCE], [TREATY, PEACE_FORCE]),
        ([Or((PEACE, TREATY)), Or((PEACE_FORCE, SINCE))], [PEACE, TREATY, SINCE]),
        ([And((PEACE, TREATY)), PEACE_FORCE], [And((PEACE, TREATY)), PEACE_FORCE]),
        (
            [Prefix("peac", "peac*", exact=True), PEACE_FORCE],
            [Prefix("peac", "peac*", exact=True), PEACE_FORCE],
        ),
        ([PEACE, NEAR], [PEACE, NEAR]),
        ([DOE, DOES_FORCE], [DOE, DOES_FORCE]),
    ],
)
def test_a_phrase_beside_one_of_its_own_words_says_nothing_more(parts: list[Node], told: list[Node]) -> None:
    assert telling(parts) == told


@pytest.mark.parametrize(
    ("node", "told"),
    [
        (PEACE, True),
        (Or((PEACE, And((PEACE_TREATY, SIGNED)))), True),
        (Or((PEACE, Not(TREATY))), False),
        (And((PEACE, SINCE)), False),
        (NEAR, True),
        (NOWHERE, False),
    ],
)
def test_what_excludes_or_asks_for_a_day_is_asked_of_records(node: Node, told: bool) -> None:
    assert is_set(node) is told


@pytest.mark.django_db
class TestFound:
    @pytest.fixture(autouse=True)
    def records(self) -> None:
        texts = {
            1: "peace",
            2: "treaty of peace",
            3: "peace treaty",
            4: "peace force",
            5: "does force",
            6: "doe",
            7: "a force of this peace",
        }
        engine.index(
            Document(
                number,
                "act" if number % 2 else "note",
                segments=(Segment("p1", "en", text),),
                facets={"kind": ("act" if number % 2 else "note",)},
                date_min=date(2015 + number, 1, 1),
            )
            for number, text in texts.items()
        )

    @pytest.mark.parametrize(
        ("node", "found"),
        [
            (PEACE, {1, 2, 3, 4, 7}),
            (Or((PEACE_TREATY, PEACE_FORCE)), {3, 4}),
            (Or((PEACE_TREATY, TREATY)), {2, 3}),
            (Or((DOE, DOES_FORCE)), {5, 6}),
            (And((PEACE, Or((TREATY, PEACE_FORCE)))), {2, 3, 4}),
            (And((PEACE, TREATY, PEACE_TREATY)), {3}),
            (And((PEACE, HasFacet("kind", ("note",), ""))), {2, 4}),
            (Or((PEACE_FORCE, HasFacet("kind", ("act",), ""))), {1, 3, 4, 5, 7}),
            (And((Or((PEACE, DOE)), Not(TREATY))), {1, 4, 6, 7}),
            (And((PEACE, SINCE, Not(PEACE_FORCE))), {7}),
            (And((Not(PEACE), Not(DOE))), {5}),
            (Or((PEACE_TREATY, SINCE)), {3, 5, 6, 7}),
            (Or((TREATY, NOWHERE)), {2, 3}),
            (And((PEACE, NOWHERE)), set()),
            (NEAR, {4, 7}),
        ],
    )
    def test_the_records_of_a_tree(self, node: Node, found: set[int]) -> None:
        for way in (condition, of_records):
            assert set(IndexedRecord.objects.filter(way(node)).values_list("record_id", flat=True)) == found
