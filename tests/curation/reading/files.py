"""Small real files: DOCX from parts, PDF by hand."""

import io
import zipfile
from collections.abc import Sequence

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def paragraph(text: str, number: tuple[str, int] | None = None, style: str = "", extra: str = "") -> str:
    """A paragraph of Word; ``number`` is its list and level."""
    listed = ""
    if number:
        listed = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{listed}{extra}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbering(*lists: Sequence[tuple[str, str]], starts: dict[int, int] | None = None) -> str:
    """The lists of a file, each by its levels' form and text; ``starts`` adds a list that restarts the first."""
    abstract, nums = "", ""
    for key, levels in enumerate(lists, 1):
        inner = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for level, (form, text) in enumerate(levels)
        )
        abstract += f'<w:abstractNum w:abstractNumId="{key}">{inner}</w:abstractNum>'
        nums += f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'
    for key, start in (starts or {}).items():
        nums += (
            f'<w:num w:numId="{key}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
            f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        )
    return f"<w:numbering {W}>{abstract}{nums}</w:numbering>"


def docx(body: str, numbers: str = "", **parts: str) -> bytes:
    """A DOCX file with a body of paragraphs; other parts by their names, with _ for /."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        if numbers:
            archive.writestr("word/numbering.xml", numbers)
        for name, text in parts.items():
            archive.writestr(name.replace("_", "/") + ".xml", text)
    return held.getvalue()


def pdf(*pages: Sequence[str], mapped: bool = True) -> bytes:
    """A PDF file with a page for each list of lines, 14 points apart; ``mapped`` gives the font its letters.

    A line may begin with spaces, which indent it, and an empty one leaves a gap. Letters are those of cp1251.
    """
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    unicode_map = "\n".join(
        f"<{byte:02x}> <{ord(bytes([byte]).decode('cp1251', 'replace')):04x}>" for byte in range(32, 256)
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n224 beginbfchar\n{unicode_map}\nendbfchar\n"
        "endcmap end end"
    )
    objects.append(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 0 /LastChar 255 /Widths ["
        + " ".join(["500"] * 256)
        + f"] {'/ToUnicode 4 0 R' if mapped else ''} >>"
    )
    objects.append(f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream")
    for lines in pages:
        shown = []
        for row, line in enumerate(lines):
            if not line:
                continue
            indent = len(line) - len(line.lstrip())
            codes = line.strip().encode("cp1251").hex()
            shown.append(f"BT /F 10 Tf {60 + indent * 5} {760 - row * 14} Td <{codes}> Tj ET")
        stream = "\n".join(shown)
        kids.append(len(objects) + 1)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> "
            f"/Contents {len(objects) + 2} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>"
    out = "%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out += "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")
