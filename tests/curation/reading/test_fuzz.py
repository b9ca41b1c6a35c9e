"""Whatever the bytes hold, the reader answers with a document or with its one declared error."""

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cstokb.curation.reading import DocumentRefused, read, read_text
from tests.curation.reading.files import docx, numbering, paragraph, pdf

SEEDS = (
    docx(paragraph("Article", ("1", 0)), numbering([("decimal", "%1.")])),
    pdf(["Article 1", "The Parties shall consult."]),
    "<html><meta charset=koi8-r><p>Статья 1<ol start=2><li>a<table><tr><td>b</table>".encode("koi8-r"),
    "Статья 1\nТекст".encode("utf-16"),
    b"MIME-Version: 1\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n\n<p>a</p>\n--B--",
)
TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<ol start='9'>",
        "<li value=x>",
        "<td>",
        "<table>",
        "<br>",
        "<sup>",
        "<pre>",
        "<main>",
        "</div>",
    ]
)
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def damaged(seed: bytes, places: list[tuple[int, int]]) -> bytes:
    """A file with some of its bytes replaced."""
    data = bytearray(seed)
    for place, value in places:
        data[place % len(data)] = value
    return bytes(data)


@quick
@given(st.binary(max_size=400), st.sampled_from(["", "utf-8", "koi8-r", "utf-16"]))
def test_any_bytes(data: bytes, encoding: str) -> None:
    with suppress(DocumentRefused):
        assert read(data, encoding=encoding).blocks


@quick
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=12))
def test_files_with_damaged_bytes(seed: bytes, places: list[tuple[int, int]]) -> None:
    with suppress(DocumentRefused):
        assert read(damaged(seed, places)).blocks


@quick
@given(st.lists(TAGS | st.text(max_size=12), max_size=40))
def test_any_tags(pieces: list[str]) -> None:
    with suppress(DocumentRefused):
        document = read_text("<html>" + "".join(pieces))
        assert all(block.text.strip() == block.text != "" for block in document.blocks)


@quick
@given(st.text(max_size=300))
def test_any_text_holds_no_control_characters_afterwards(text: str) -> None:
    with suppress(DocumentRefused):
        said = read_text(text).text
        assert not [letter for letter in said if letter < " " and letter != "\n"]
