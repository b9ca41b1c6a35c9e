"""Elements of Akoma Ntoso, made without a namespace map of the process: the root alone declares them."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from treaty.akomantoso.naming import clean

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
#: Our own elements, in the place that the schema keeps for them.
OWN = "urn:x-csto-knowledge-base:1"
#: Elements that hold words; white space between their parts would be words too.
_MIXED = frozenset({"p", "num", "heading", "docTitle", "remark", "ref"})


def element(tag: str, *parts: Element | str, **attributes: str | None) -> Element:
    """An element with its parts; attributes that are None or empty are left out, ``class_`` is ``class``."""
    made = Element(tag)
    for name, value in attributes.items():
        if value:
            made.set(name.rstrip("_").replace("xml_", "xml:"), clean(value))
    for part in parts:
        add(made, part)
    return made


def add(to: Element, part: Element | str) -> None:
    """Put an element or words behind what an element holds."""
    if isinstance(part, Element):
        to.append(part)
    elif len(to):
        to[-1].tail = (to[-1].tail or "") + clean(part)
    else:
        to.text = (to.text or "") + clean(part)


def written(root: Element) -> bytes:
    """The document, one element a line save where words are."""
    root.set("xmlns", NAMESPACE)
    root.set("xmlns:kb", OWN)
    _indent(root, "\n")
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _indent(of: Element, before: str) -> None:
    if of.tag in _MIXED or not len(of):
        return
    of.text = before + "  "
    for place, child in enumerate(of):
        _indent(child, before + "  ")
        child.tail = before if place == len(of) - 1 else before + "  "


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
