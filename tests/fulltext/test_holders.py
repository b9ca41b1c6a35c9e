"""Who holds a letter is told from bits as it is from the letters themselves."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstokb.fulltext.holders import SELDOM, holders

texts = st.text(st.sampled_from("ĀāĂ𐀀"), max_size=4).map(lambda text: "".join(sorted(set(text))))


@given(records=st.dictionaries(st.integers(1, 10**7), texts, max_size=20), data=st.data())
def test_what_bits_count_is_what_the_letters_are(records: dict[int, str], data: st.DataObject) -> None:
    asked = data.draw(st.lists(st.sampled_from(sorted(records)), unique=True)) if records else []
    assert holders(records.items()).counted(asked) == (
        len(asked),
        Counter("".join(records[key] for key in asked)),
    )


@pytest.mark.parametrize(
    ("holding", "by_bits"), [(1, ["Ā"]), (2, ["Ā"]), (3, ["Ā", "ā"])], ids=["one", "too few", "enough"]
)
def test_what_few_hold_is_told_by_letters_and_counted_all_the_same(holding: int, by_bits: list[str]) -> None:
    size = 2 * SELDOM + 1
    told = holders((number, "Āā" if number < holding else "Ā") for number in range(size))
    assert sorted(told.bits) == by_bits
    assert told.counted(range(size)) == (size, {"Ā": size, "ā": holding})
    assert told.counted([0, size - 1]) == (2, {"Ā": 2, "ā": 1})
    assert told.counted([size - 1]) == (1, {"Ā": 1})


def test_an_id_that_is_no_record_is_not_counted() -> None:
    assert holders([(3, "Ā"), (5, "ā")]).counted([3, 4]) == (1, {"Ā": 1})
    assert holders([]).counted([4]) == (0, {})
