"""HTML: the main text of a page by its structure, as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree, html

from cstokb.curation.reading.cleaning import clean
from cstokb.curation.reading.document import Block, BlockKind, DocumentRefused
from cstokb.curation.reading.html_head import Head, head_of
from cstokb.curation.reading.listing_numbers import numbers_of
from cstokb.curation.reading.plain import set_paragraphs

DEEPEST = 200
MOST_ELEMENTS = 60_000
MOST_SIGNS = 6_000_000
#: Left and right of a label that another reader set before a paragraph; in no text that comes from outside.
LABEL_BEGINS, LABEL_ENDS = "\ue000", "\ue001"


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DROPPED = _names(
    "script style noscript template svg math canvas object embed iframe audio video map nav footer aside form button"
    " select input textarea datalist dialog menu del head figcaption"
)
_DROPPED_ROLES = _names(
    "navigation banner contentinfo search complementary menu menubar toolbar dialog alert"
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|footer|sidebar|share|sharing|social|cookies?|banner|advert"
    r"|ads?|comments?|related|pagination|pager|toolbar|popup|subscribe|print-?link|newsletter|consent|gdpr|promo|teasers?"
    r"|recommend(?:ed|ations)?|read-?(?:also|more|next)|see-?also|tags|copyrights?|langs?|lang(?:uage)?-?switch(?:er)?"
    r"|(?:photo|image|img|wp|media)-?(?:caption|credit|source)s?)(?:$|[\s_-])",
    re.I,
)
_BLOCKS = _names(
    "address article blockquote body center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 header hr"
    " html li main ol p pre section summary table tbody td tfoot th thead tr ul caption"
)
_HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
_RAISED = str.maketrans("0123456789()*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾*")
#: Footnotes as word processors and wikis name them, and the links from them back to their marks.
_NOTE = re.compile(r"(?:foot|end)note-")
_WAYS_BACK = frozenset("↑↩⤴^")
#: Pictures and fonts that a browser put into the page.
_EMBEDDED = re.compile(r"data:[\w/+.;=-]{0,80};base64,[\w+/=%]*", re.ASCII)
_ENTITIES = re.compile(r"<!ENTITY|<!DOCTYPE[^>\[]*\[", re.I)
Element = Any


def blocks_of(text: str) -> tuple[list[Block], Head]:
    """The blocks of a page's main text, and what the page says of itself.

    Raises:
        DocumentRefused: when the page declares entities, or is nested or long beyond reason.
    """
    root = _tree(text)
    head = head_of(root)
    _drop(root)
    body = next(iter(root.xpath("//body")), root)
    main, headings = _main(body)
    found = [block for heading in headings for block in _Walk().blocks(heading)]
    return [*found, *_Walk().blocks(main)], head


def _tree(text: str) -> Element:
    if _ENTITIES.search(text[:100_000]):
        raise DocumentRefused(_("The file declares entities of its own (a DTD), which are not allowed."))
    text = _EMBEDDED.sub("data:", text)
    if len(text) > MOST_SIGNS:
        raise DocumentRefused(_("The page is nested too deeply, or has too many parts, to be a text."))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    # Half characters cannot be written down, and a parser of C reads up to the first NUL.
    data = text.encode("utf-8", "ignore").replace(b"\x00", b"")
    try:
        root = html.document_fromstring(data, parser=parser) if data.strip() else None
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise DocumentRefused(_("The page cannot be read: its tags make no sense.")) from error
    if root is None:
        raise DocumentRefused(_("The file is empty."))
    _require_reason(root)
    return root


def _require_reason(root: Element) -> None:
    depth = count = 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > DEEPEST or count > MOST_ELEMENTS:
            raise DocumentRefused(_("The page is nested too deeply, or has too many parts, to be a text."))


def _drop(root: Element) -> None:
    for element in list(root.iter()):
        if element is not root and _is_furniture(element):
            element.drop_tree()


def _is_furniture(element: Element) -> bool:
    if not isinstance(element.tag, str):
        return True
    if element.tag in {"html", "body", "main", "article"}:
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if element.tag == "a" and clean(element.text_content()) in _WAYS_BACK:
        return True
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    unseen = "display:none" in element.get("style", "").replace(" ", "").lower()
    return (
        element.tag in _DROPPED
        or element.get("role", "") in _DROPPED_ROLES
        or hidden
        or unseen
        or (element.tag in _BLOCKS and len(names) < 300 and bool(_FURNITURE.search(names)))
        or (element.tag == "header" and not element.xpath("ancestor::main|ancestor::article"))
    )


def _main(body: Element) -> tuple[Element, list[Element]]:
    """The narrowest element that holds most of the words, and the headings that stand above it."""
    named = body.xpath(".//main | .//article | .//*[@role='main'] | .//*[@itemprop='articleBody']")
    whole = _weight(body)
    for element in sorted(named, key=_weight, reverse=True)[:1]:
        if _weight(element) >= 0.4 * whole:
            return element, _above(body, element)
    element = body
    while (child := _heaviest(element)) is not None:
        element = child
    return element, _above(body, element)


def _heaviest(element: Element) -> Element | None:
    children = [child for child in element if isinstance(child.tag, str) and child.tag in _BLOCKS]
    best = max(children, key=_weight, default=None)
    if best is None or best.tag in {"p", "li", "blockquote", *_HEADINGS}:
        return None
    return best if _weight(best) >= 0.75 * _weight(element) else None


def _weight(element: Element) -> int:
    """The length of the text that is no link."""
    return _letters(element) - sum(_letters(link) for link in element.iter("a"))


def _letters(element: Element) -> int:
    return sum(len(word) for text in element.itertext() for word in text.split())


def _above(body: Element, main: Element) -> list[Element]:
    """The last heading before the main element: what stands over a text is its title more often than not."""
    before: list[Element] = []
    for element in body.iter():
        if element is main:
            break
        if element.tag in {"h1", "h2"} and clean(element.text_content()):
            before.append(element)
    return before[-1:]


class _Walk:
    """Goes through an element once and gives its blocks in order."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._numbers: dict[Element, dict[Element, str]] = {}
        self._quoting = 0

    def blocks(self, element: Element) -> Iterator[Block]:
        """The blocks of an element."""
        own = self._kind_of(element, BlockKind.PARAGRAPH, 0)
        yield from self._visit(element, *own)
        yield from self._flush(*own)

    def _visit(self, element: Element, kind: BlockKind, level: int, number: str = "") -> Iterator[Block]:
        tag = element.tag
        if tag == "pre":
            for paragraph in set_paragraphs(element.text_content()):
                yield Block(kind, paragraph, quoted=self._quoting > 0)
            return
        self._say(element.text)
        for child in element:
            child_tag = child.tag if isinstance(child.tag, str) else ""
            if child_tag in _BLOCKS:
                said = "".join(self._text).strip()
                yield from self._flush(kind, level, number)
                number = "" if said else number
                if not _is_list_of_links(child):
                    below = self._kind_of(child, kind, level)
                    if number and child_tag not in {"ol", "ul"}:  # the number of <li><p>…
                        below, number = (*below[:2], number), ""
                    self._quoting += child_tag == "blockquote"
                    yield from self._visit(child, *below)
                    yield from self._flush(*below)
                    self._quoting -= child_tag == "blockquote"
            else:
                yield from self._inline(child, child_tag, kind, level)
            self._say(child.tail)
        yield from self._flush(kind, level, number)

    def _inline(self, child: Element, tag: str, kind: BlockKind, level: int) -> Iterator[Block]:
        if tag == "br":
            self._text.append("\n")
        elif tag == "sup":
            self._text.append(_raised(child.text_content()))
        elif tag == "q":
            self._text.append(f"“{clean(child.text_content())}”")
        else:
            yield from self._visit_inline(child, kind, level)

    def _visit_inline(self, child: Element, kind: BlockKind, level: int) -> Iterator[Block]:
        """What stands in the line; a block inside of it still begins a block of its own."""
        if child.find(".//*") is None:
            self._say(child.text_content())
            return
        self._say(child.text)
        for inner in child:
            inner_tag = inner.tag if isinstance(inner.tag, str) else ""
            if inner_tag in _BLOCKS:
                yield from self._flush(kind, level)
                below = self._kind_of(inner, kind, level)
                yield from self._visit(inner, *below)
            else:
                yield from self._inline(inner, inner_tag, kind, level)
            self._say(inner.tail)

    def _say(self, text: str | None) -> None:
        if text:
            self._text.append(re.sub(r"\s+", " ", text))

    def _flush(self, kind: BlockKind, level: int, number: str = "") -> Iterator[Block]:
        raw = "".join(self._text).strip()
        self._text = []
        if raw.startswith(LABEL_BEGINS) and LABEL_ENDS in raw:
            number, _sign, raw = raw[1:].partition(LABEL_ENDS)
            kind = kind if kind is BlockKind.HEADING else BlockKind.ITEM
        for part in re.split(r"\n[ \u00a0]*\n\s*", raw):
            if text := clean(part):
                yield Block(kind, text, number, level, quoted=self._quoting > 0)
                number = ""

    def _kind_of(self, element: Element, kind: BlockKind, level: int) -> tuple[BlockKind, int, str]:
        """What the text right inside an element is: kind, level and automatic number."""
        tag = element.tag
        if tag in _HEADINGS:
            return BlockKind.HEADING, _HEADINGS[tag], ""
        if tag == "li":
            number = self._number(element)
            if _NOTE.match(element.get("id", "")):
                return BlockKind.PARAGRAPH, 0, number.rstrip(".").translate(_RAISED)
            return BlockKind.ITEM, len(list(element.iterancestors("ol", "ul"))), number
        if tag in {"td", "th"} and not _is_layout(element):
            return BlockKind.CELL, 0, ""
        if tag in {"table", "td", "th"}:
            return BlockKind.PARAGRAPH, 0, ""
        return kind, level, ""

    def _number(self, item: Element) -> str:
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return ""
        if parent not in self._numbers:
            self._numbers[parent] = numbers_of(parent)
        return self._numbers[parent].get(item, "")


def _raised(text: str) -> str:
    """Raised figures as such; a mark of a footnote may stand in brackets. Raised letters (5th) are letters."""
    mark = re.sub(r"[\[\]\s]", "", text).translate(_RAISED)
    return mark if mark and not re.search(r"\w", re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]", "", mark)) else text


def _is_layout(cell: Element) -> bool:
    """Whether a cell is a piece of a page rather than of a table: it holds blocks of its own, or stands alone."""
    inner = sum(child.tag in _BLOCKS for child in cell if isinstance(child.tag, str))
    table = next(cell.iterancestors("table"), None)
    alone = table is not None and len(list(islice(table.iter("td", "th"), 2))) == 1
    return inner > 1 or alone or cell.find(".//table") is not None


def _is_list_of_links(element: Element) -> bool:
    if element.tag not in {"ul", "ol", "div", "table", "p"}:
        return False
    links = list(element.iter("a"))
    if len(links) < 3:
        return False
    return sum(_letters(link) for link in links) > 0.7 * _letters(element)
