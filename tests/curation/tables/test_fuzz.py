"""Whatever the bytes hold, the reader of tables answers with a grid or with its one declared error."""

from contextlib import suppress

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cstokb.curation.reading import DocumentRefused
from cstokb.curation.tables.reading import read_table
from tests.curation.tables.files import day, workbook

SEEDS = (
    workbook([["id", "name", "day"], ["a", "=1+1", day("1992-05-15")]], formats={"C2": "yyyy-mm-dd"}),
    '\ufeffid;name\r\na;"б, в"\r\n'.encode(),
    "id\tname\na\tб\n".encode("utf-16"),
)
quick = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def damaged(seed: bytes, places: list[tuple[int, int]]) -> bytes:
    data = bytearray(seed)
    for place, value in places:
        data[place % len(data)] = value
    return bytes(data)


@quick
@given(
    st.binary(max_size=300),
    st.sampled_from(["", "utf-8", "cp1251", "utf-16"]),
    st.sampled_from(["", ",", ";", "x"]),
)
@example(b"PK\x03\x04", "", "")
@example(b"a,b\n\x00,\x00", "", ",")
def test_any_bytes(data: bytes, encoding: str, delimiter: str) -> None:
    with suppress(DocumentRefused):
        assert len(read_table(data, encoding=encoding, delimiter=delimiter).header) > 1


@quick
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=8))
def test_damaged_files(seed: bytes, places: list[tuple[int, int]]) -> None:
    with suppress(DocumentRefused):
        assert len(read_table(damaged(seed, places)).header) > 1


@quick
@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=4), min_size=1, max_size=6))
def test_any_cells(cells: list[list[str]]) -> None:
    text = "\n".join(",".join(row) for row in cells)
    with suppress(DocumentRefused):
        assert len(read_table(text.encode("utf-8", "replace")).header) > 1
