"""Blocks and tables: what is done by column comes to the same as what is done row by row."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstokb.listing.blocks import CHUNK, LOOKED_AT, Block, in_blocks
from cstokb.listing.columns import Choice, Context, Moment, OfEntry, Parted, Ref, RefName, Refs, Text, Texts
from cstokb.listing.names import Named
from cstokb.listing.table import Table, each

encode = json.JSONEncoder(ensure_ascii=False, default=str).encode

texts = st.text('aы"\\\n\x00%{}\u2028\ud83d', max_size=3)
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    texts,
    st.lists(st.one_of(texts, st.integers(0, 3), st.none()), max_size=3),
    st.dictionaries(texts, st.integers(0, 2), max_size=2),
)
#: Columns of one kind of value and mixed ones, with values that repeat and values that do not.
columns = st.integers(1, 70).flatmap(
    lambda count: st.lists(
        st.one_of(
            st.lists(values, min_size=count, max_size=count),
            st.lists(st.sampled_from([None, "", "ы", '"\\\n%s{}\u2028']), min_size=count, max_size=count),
            st.lists(st.sampled_from([0, 1, True, False, 1.0, None]), min_size=count, max_size=count),
            values.map(lambda value: [value] * count),
        ),
        min_size=1,
        max_size=5,
    )
)


class TestJson:
    @given(columns)
    def test_a_block_is_written_as_its_records_are(self, given: list[list[Any]]) -> None:
        block = Block({f'k"{number}%s': column for number, column in enumerate(given)})
        assert block.as_json(after="\n") == "".join(encode(one) + "\n" for one in block.records())

    def test_true_and_one_are_not_the_same(self) -> None:
        assert (
            Block({"a": [True, 1, None, 1.0]}).as_json(",") == ',{"a": true},{"a": 1},{"a": null},{"a": 1.0}'
        )

    def test_a_column_whose_values_differ_late_keeps_them_all(self) -> None:
        told = ["same"] * LOOKED_AT + [f"other {number}" for number in range(LOOKED_AT)]
        assert [json.loads(line)["a"] for line in Block({"a": told}).as_json(after="\n").splitlines()] == told

    def test_nothing_is_nothing(self) -> None:
        assert Block({"a": []}).as_json(after="\n") == ""


class TestBlocks:
    def test_records_that_come_one_by_one_are_taken_together_with_those_that_have_the_same_keys(self) -> None:
        whole = Block({"a": [5]})
        given: list[Any] = [{"a": 1}, {"a": 2}, {"b": 3, "a": 4}, whole, {"a": 6}]
        found = list(in_blocks(given))
        assert [block.records() for block in found] == [
            [{"a": 1}, {"a": 2}],
            [{"b": 3, "a": 4}],
            [{"a": 5}],
            [{"a": 6}],
        ]
        assert found[2] is whole

    def test_no_block_holds_more_than_a_chunk(self) -> None:
        assert [len(block) for block in in_blocks({"a": n} for n in range(CHUNK + 1))] == [CHUNK, 1]

    def test_rows_are_told_under_the_keys_asked_for(self) -> None:
        block = Block({"a": [1, 1], "b": ["x", None]})
        assert list(block.rows(["b", "none", "a"], str)) == [("x", "None", "1"), ("None", "None", "1")]


ROWS = [
    {"entry_id": 1, "name": "", "state_id": 7, "codes": "en,ru", "at": datetime(2026, 1, 1, tzinfo=UTC)},
    {"entry_id": 2, "name": "Б", "state_id": 8, "codes": "", "at": None},
    {"entry_id": 3, "name": "Б", "state_id": None, "codes": "en", "at": datetime(2026, 1, 1, tzinfo=UTC)},
]
NAMES = {7: Named("state", "kaz", "Kazakhstan", "", "/states/kaz/")}


class TestTable:
    @pytest.mark.parametrize(
        "table",
        [Table.of(ROWS), Table({name: [row[name] for row in ROWS] for name in ROWS[0]}, len(ROWS))],
        ids=["rows", "columns"],
    )
    def test_columns_read_it_however_it_came(self, table: Table) -> None:
        """State 8 is not public: it has no name, and neither has a state that is not there."""
        context = Context(NAMES, {1: [7, 8], 3: []})
        found = {
            type(column): column.values(table, context)
            for column in (
                Text("name", ""),
                Choice("name", ""),
                Ref("state", ""),
                RefName("state", ""),
                Refs("states", "", OfEntry(list)),
                Texts("codes", "", Parted("codes")),
                Moment("at", ""),
            )
        }
        assert found == {
            Text: ([None, "Б", "Б"],),
            Choice: ([None, "Б", "Б"],),
            Ref: (["kaz", None, None],),
            RefName: (["Kazakhstan", None, None], [None, None, None]),
            Refs: ([["kaz"], [], []],),
            Texts: ([["en", "ru"], [], ["en"]],),
            Moment: (["2026-01-01T00:00:00Z", None, "2026-01-01T00:00:00Z"],),
        }
        assert (len(table), list(table), table[1], Table.of(table)) == (3, ROWS, ROWS[1], table)

    def test_a_value_that_comes_again_is_read_once(self) -> None:
        asked: list[str] = []

        def read(value: str) -> str:
            asked.append(value)
            return value.upper()

        assert each(read, ["a", "b", "a", "a"]) == ["A", "B", "A", "A"]
        assert sorted(asked) == ["a", "b"]
