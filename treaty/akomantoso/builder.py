"""An instrument, or one provision of it, as a valid Akoma Ntoso 3.0 document."""

from __future__ import annotations

from treaty.akomantoso.body import Writer
from treaty.akomantoso.events import ORIGINAL, Life
from treaty.akomantoso.meta import Addresses, meta
from treaty.akomantoso.tree import element, written
from treaty.documents import Document, Passage, speaking


def act(of: Document) -> bytes:
    """The instrument read whole, as Akoma Ntoso calls every normative text: an act."""
    with speaking(of.language):
        life = Life.of(of)
        writer = Writer(of, life)
        words = [writer.preface(), writer.preamble(), writer.body()]
        made = element(
            "act",
            meta(of, Addresses.of(of), life, writer.gathered(), writer.of_passages(of.all())),
            *(part for part in words if part is not None),
            name=of.work.type,
            contains="singleVersion",
        )
        return written(element("akomaNtoso", made))


def portion(of: Document, one: Passage) -> bytes:
    """One provision with its parts, as a portion of the instrument; its eId is that which it has in the whole."""
    with speaking(of.language):
        life = Life.of(of)
        writer = Writer(of, life)
        body = element("portionBody", writer.provision(one))
        names = Addresses.of_portion(of, one, writer.names[one.id])
        head = meta(of, names, life, writer.gathered(), writer.of_passages(one.all()))
        return written(element("akomaNtoso", element("portion", head, body, includedIn=ORIGINAL)))
