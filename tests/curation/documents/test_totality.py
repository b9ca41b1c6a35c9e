"""Any text is recognised: spans lie in it and hold what they say, two of one kind never overlap, nothing is raised."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from cstokb.curation.documents.model import Recognised
from cstokb.curation.documents.recognise import recognise
from cstokb.curation.reading import Block, BlockKind, Document
from tests.curation.documents.known import KNOWN

#: Words that names, dates, references and quotations are made of, to be met in any order.
PIECES = (
    *(
        "Kassym-Jomart",
        "Tokayev",
        "Токаева",
        "Н.",
        "Пашинян",
        "Japarov",
        "President of",
        "президент",
        "Kazakhstan",
    ),
    *(
        "Республики",
        "Казахстан",
        "Collective Security Council",
        "Council",
        "Совет",
        "СКБ",
        "CSC",
        "of the UN",
    ),
    *(
        "Article",
        "статьями",
        "4",
        "7–9",
        "of the Treaty",
        "Устава",
        "ОДКБ",
        "Charter",
        "Договора",
        "May",
        "16",
        "мая",
    ),
    *(
        "2022",
        "1992",
        "года",
        "14–15",
        "31.02.2022",
        "«",
        "»",
        "“",
        "”",
        "said",
        "сказал",
        "он",
        ".",
        ",",
        "—",
        "\n",
    ),
    *(
        "Secretary General",
        "генсек",
        "former",
        "the",
        "Ivan",
        "peacekeeping",
        "Миротворчество",
        "ё",
        "\u0301",
        "İ",
        "\u00ad",
    ),
)
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
blocks = st.builds(
    Block, st.sampled_from(BlockKind), texts, st.sampled_from(("", "1.", "b)")), quoted=st.booleans()
)
documents = st.builds(
    Document,
    st.lists(blocks, max_size=6).map(tuple),
    format=st.sampled_from(("html", "text")),
    language=st.sampled_from(("en", "ru", "")),
    published=st.sampled_from(("", "2022-05-16", "2022", "no day")),
)


@given(documents)
@settings(max_examples=150, deadline=None)
def test_any_document_is_recognised(document: Document) -> None:
    found = recognise(document, KNOWN)
    require_sound(found)
    assert recognise(document, KNOWN) == found


def require_sound(found: Recognised) -> None:
    for one in (*found.findings, *found.not_recognised):
        assert 0 <= one.start < one.end <= len(found.text)
        assert found.text[one.start : one.end] == one.text
        assert 0 <= one.score <= 1
    for kind in {one.kind for one in found.findings}:
        spans = sorted(one.span for one in found.findings if one.kind == kind)
        assert all(before[1] <= after[0] for before, after in pairwise(spans)), kind
    for quotation in found.quotations:
        assert quotation.spans
        assert all(0 <= start < end <= len(found.text) for start, end in quotation.spans)
    assert all(0 <= start <= end <= len(found.text) for start, end in (*found.paragraphs, *found.headings))
