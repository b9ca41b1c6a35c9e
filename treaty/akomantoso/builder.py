"""An instrument, or one provision of it, as a valid Akoma Ntoso 3.0 document."""

from __future__ import annotations

from treaty.akomantoso.body import Writer
from treaty.akomantoso.events import Life
from treaty.akomantoso.meta import meta
from treaty.akomantoso.tree import element, written
from treaty.documents import Document, speaking


def act(of: Document) -> bytes:
    """The instrument read whole, as Akoma Ntoso calls every normative text: an act."""
    with speaking(of.language):
        life = Life.of(of)
        writer = Writer(of, life)
        words = [writer.preface(), writer.preamble(), writer.body()]
        made = element(
            "act",
            meta(of, life, writer.gathered()),
            *(part for part in words if part is not None),
            name=of.work.type,
            contains="singleVersion",
        )
        return written(element("akomaNtoso", made))
