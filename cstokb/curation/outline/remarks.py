"""What stands in a text and is none of it: remarks on amendments, notes of editors, marks of an edition, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AMENDED = re.compile(
    r"amend|added|altered|wording|edition|revis|introduc|insert|delet|repeal|supplement|version"
    r"|редакц|в ред\.|измен|дополн|введен|исключ|утратил"
    r"|tahrir|zgart|chiqaril|kiritil|таҳрир|ўзгарт|тағйир|редакция|өзгеріс|толықтыр|өзгөртүү"
    r"|modifi|rédaction|abrog|introdui",
    re.I,
)
_ACT = re.compile(
    r"protocol|протокол|bayonnoma|баённома|хаттама|article|стат|абзац|пункт|част|band|модда|modda"
    r"|paragraph|закон|law|\d",
    re.I,
)
_DATED_ACT = re.compile(
    r"(?:protocol|протокол|protocole|bayonnoma|хаттама)\w*\s+(?:of|dated|от|du)\s[^()]*\d{4}", re.I
)
_EDITORIAL = re.compile(
    r"^\W?(?:the\s+)?(?:foot-?note|editor['’]?s['’]?\s+note|note by the editors?|сноска|прим(?:ечание"
    r"|\.)\s*(?:ред\w*\.?)?"
    r"|ескерту|эскертүү|izoh|изоҳ|эзоҳ|note de la rédaction)\s*[.:–—]",
    re.I,
)
_VERSION = re.compile(
    r"^\W{0,2}(?:стара[яй]|новая|не\s?действующая|предыдущая|прежняя)\s+редакци|^\W{0,2}(?:old|former"
    r"|previous|superseded)\s+"
    r"(?:edition|version|wording)|^\W{0,2}ancienne\s+(?:version|rédaction)",
    re.I,
)
_APPLIED = re.compile(
    r"(?:действова|применя)\w*\s.{0,60}\bдо\b|утратил\w*\s+силу|applied\s.{0,40}until|(?:in force|valid)\s+until",
    re.I,
)
_VALIDITY = re.compile(
    r"^(?:санаи амалкуни|дата вступления в силу|дата введения|начало действия|действует с"
    r"|valid(?:ity)? (?:from|date)|"
    r"date of entry into force|kuchga kirish sanasi|күшіне енген күні|күчүнө кирген күнү)\s*:?\s*\W*\d",
    re.I,
)
_POINTER = re.compile(
    r"[(\[]\s*(?:дополнительно\s+см|см\.|див\.|see\s+(?:also|status|the status)|voir)[^()\[\]]*[)\]]", re.I
)
_AMENDMENT_LIST = re.compile(
    r"^\W{0,2}(?:с изменениями|документ с изменениями|в редакции|as amended|with (?:the )?amendments"
    r"|avec les modifications)",
    re.I,
)
RULE = re.compile(r"^[_\-–—=*·•\s]{4,}$")
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    "|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
DATE = re.compile(
    rf"\b\d{{1,2}}\.\d{{1,2}}\.\d{{4}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}\s+(?:{_MONTHS})\s+\d{{4}}\b"
    rf"|\b(?:{_MONTHS})\s+\d{{1,2}},\s+\d{{4}}\b",
    re.I,
)
_TERM = re.compile(
    r"[(]\s*(?:(?P<fused>dalee)|hereinafter|далее|бұдан әрі|мындан ары|минбаъд|bundan (?:buyon|keyin)"
    r"|ci-après)[\s,–—:-]*"
    r"(?:(?:referred to as|called|именуем\w*|по тексту|dénommée?s?)\s+)?(?:the\s+"
    r"|les?\s+)?[«“\"'„]?(?P<term>[^()«»“”\"„]{2,80}?)"
    r"[»”\"'“]?\s*[)]",
    re.I,
)


@dataclass(frozen=True)
class Split:
    """A line without the remarks on amendments that stood at its ends."""

    text: str
    leading: tuple[str, ...] = ()
    trailing: tuple[str, ...] = ()


def split_remarks(text: str) -> Split:
    """Take remarks in brackets off the ends of a line: "(as amended …) Text." and "Text. (as amended …)".

    A remark in front belongs to what stands above, one behind to the line itself.
    """
    leading, trailing = list[str](), list[str]()
    while (end := _remark_at_start(text)) > 0:
        leading.append(text[:end].strip("()[] ."))
        text = text[end:].lstrip(" .;")
    while (start := _remark_at_end(text)) >= 0 and text:
        trailing.insert(0, text[start:].strip("()[] ."))
        text = text[:start].rstrip()
    return Split(text, tuple(leading), tuple(trailing))


def _is_remark(inner: str) -> bool:
    """Whether brackets hold a remark: an act and a word of amendment, or an act with its day alone."""
    if len(inner) >= 400:
        return False
    return bool(_AMENDED.search(inner) and _ACT.search(inner)) or bool(_DATED_ACT.match(inner))


def _remark_at_start(text: str) -> int:
    """Where a remark ends that stands at the start; 0 for none."""
    if text[:1] not in {"(", "["}:
        return 0
    end = _closing(text, 0)
    if end < 0 or not _is_remark(text[1:end]):
        return 0
    rest = text[end + 1 :].lstrip(" .;")
    return end + 1 if not rest or not rest[0].islower() else 0


def _remark_at_end(text: str) -> int:
    """Where a remark begins that stands at the end, after the end of a sentence; -1 for none."""
    body = text.rstrip(" .;")
    if body[-1:] not in {")", "]"}:
        return -1
    start = _opening(body)
    if start < 0 or not _is_remark(body[start + 1 : -1]):
        return -1
    before = body[:start].rstrip()
    return start if not before or before[-1] in '.;:!?»”"' else -1


def _closing(text: str, start: int) -> int:
    depth = 0
    for place in range(start, min(len(text), 600)):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return -1


def _opening(text: str) -> int:
    depth = 0
    for place in range(len(text) - 1, max(-1, len(text) - 600), -1):
        depth += {")": 1, "]": 1, "(": -1, "[": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return -1


def is_editorial(text: str) -> bool:
    """Whether a line is a note of an editor: "The footnote. …", «Сноска. …»."""
    return bool(_EDITORIAL.match(text))


def is_version_mark(text: str) -> bool:
    """Whether a line says of which edition the page is, or until when it applied."""
    return bool(_VERSION.match(text)) or (len(text) < 200 and bool(_APPLIED.search(text)))


def is_validity_field(text: str) -> bool:
    """Whether a line is a field of a database that names a day of validity."""
    return bool(_VALIDITY.match(text))


def is_amendment_list(text: str) -> bool:
    """Whether a line begins a list of amending acts in the head of a text."""
    return bool(_AMENDMENT_LIST.match(text))


def without_pointers(text: str) -> tuple[str, list[str]]:
    """A line without pointers to other cards of a database, and those pointers."""
    found = [match[0].strip("()[] ") for match in _POINTER.finditer(text)]
    return _POINTER.sub(" ", text).strip() if found else text, found


def dates_in(text: str) -> list[str]:
    """The dates in a line as written."""
    return [match[0] for match in DATE.finditer(text)]


def terms_in(text: str) -> list[tuple[str, bool]]:
    """The defined terms of a line ("hereinafter the Parties"), and whether the marker was left untranslated."""
    return [(match["term"].strip(), bool(match["fused"])) for match in _TERM.finditer(text)]
