"""The rows of the index name themselves."""

from cstokb.fulltext.models import FacetLetter, FacetValue, IndexedRecord, Opening, Passage, TitleKey, Word


def test_rows_are_told_apart_by_their_names() -> None:
    rows = (
        IndexedRecord(record_id=7, kind="person"),
        TitleKey(record_id=7, key="nikol"),
        Opening(record_id=7, start="nikol"),
        Passage(record_id=7, anchor="p1"),
        FacetValue(record_id=7, facet="state", value="arm"),
        FacetLetter(facet="state", value="blr"),
        Word(form="war", stem="war"),
    )
    assert [str(row) for row in rows] == [
        "person 7",
        "nikol",
        "nikol",
        "7 p1",
        "state:arm",
        "state:blr",
        "war",
    ]
