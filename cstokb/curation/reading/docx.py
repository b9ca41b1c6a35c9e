"""DOCX: its text through mammoth, with the numbers that the word processor sets by itself."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import mammoth
from django.utils.translation import gettext as _
from lxml import etree

from cstokb.curation.reading import html
from cstokb.curation.reading.archive import parts_of, tree_of
from cstokb.curation.reading.document import Block, DocumentRefused
from cstokb.curation.reading.docx_numbers import Numbering, W

_BODY = "word/document.xml"
_KEPT = (
    *("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"),
    *(_BODY, "word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "word/endnotes.xml"),
)
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
#: Title styles of Word in English and Russian, which mammoth does not know by itself.
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Название'] => h1:fresh
p[style-name='Заголовок'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
"""


def blocks_of(data: bytes) -> list[Block]:
    """The blocks of a DOCX file.

    Raises:
        DocumentRefused: when the file cannot be opened, or must not be.
    """
    parts = parts_of(data, _KEPT)
    if _BODY not in parts:
        raise DocumentRefused(_("The file is an archive, but no DOCX document."))
    trees = {name: tree_of(part) for name, part in parts.items()}
    body = trees[_BODY]
    _without_pictures(body)
    _number(body, Numbering.of(trees.get("word/numbering.xml"), trees.get("word/styles.xml")))
    page = _as_html(_packed(trees))
    return html.blocks_of(f"<body><main>{page}</main></body>")[0]


def _without_pictures(body: Any) -> None:
    for picture in list(body.iter(*_PICTURES)):
        picture.getparent().remove(picture)


def _number(body: Any, numbering: Numbering) -> None:
    """Put the automatic numbers into the text as labels, and take the lists away that made them."""
    for run_text in body.iter(f"{W}t", f"{W}delText"):
        if run_text.text:  # a sign of our own would be read as a label
            run_text.text = run_text.text.replace(html.LABEL_BEGINS, "").replace(html.LABEL_ENDS, "")
    for paragraph in body.iter(f"{W}p"):
        label = numbering.label(paragraph)
        for setting in paragraph.findall(f"{W}pPr/{W}numPr"):
            setting.getparent().remove(setting)
        if label:
            _put_before(paragraph, f"{html.LABEL_BEGINS}{label}{html.LABEL_ENDS}")


def _put_before(paragraph: Any, label: str) -> None:
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}t").text = label
    properties = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if properties is None else 1, run)


def _packed(trees: dict[str, Any]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name, tree in trees.items():
            # Lists are counted already; styles keep theirs only in what was counted.
            if name != "word/numbering.xml":
                archive.writestr(name, etree.tostring(tree, xml_declaration=True, encoding="UTF-8"))
    return held.getvalue()


def _as_html(data: bytes) -> str:
    try:
        return str(mammoth.convert_to_html(io.BytesIO(data), style_map=_STYLES).value)
    except Exception as error:  # whatever another's reader stumbles over, the file is what is wrong
        raise DocumentRefused(_("The office file is damaged and cannot be opened.")) from error
