"""The words of a passage as the index keeps them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstokb.fulltext import engine
from cstokb.fulltext.documents import Document, Segment
from cstokb.fulltext.forms import compounds, packed, unpacked
from cstokb.fulltext.models import Passage
from cstokb.fulltext.terms import analyse


def test_words_stand_apart_and_compounds_by_a_hyphen() -> None:
    found = analyse("The Kassym-Jomart's «ё», Article 4 of O'Neill, a-b-c-d-e-f-g")
    assert packed(found) == "the kassym-jomart-s е article 4 of o-neill a b c d e f g"


@given(st.text(alphabet="aбё- '’.4\u200b\u0301§", max_size=40))
def test_what_is_packed_is_unpacked_as_it_was_read(text: str) -> None:
    found = analyse(text)
    forms = packed(found)
    assert unpacked(forms) == [word.form for word in found.words]
    assert list(compounds(forms)) == [(one.first, one.last, one.token.form) for one in found.compounds]


@pytest.mark.django_db
def test_a_passage_keeps_its_words_their_number_and_who_said_them() -> None:
    segments = (Segment("p1", "en", "Security, and peace-keeping.", voice="a-b"), Segment("p2", "en", "—"))
    engine.index([Document(id=1, kind="statement", segments=segments)])
    held = Passage.objects.order_by("ordinal").values_list("anchor", "voice", "forms", "words")
    assert list(held) == [("p1", "a-b", "security and peace-keeping", 4), ("p2", "", "", 0)]
