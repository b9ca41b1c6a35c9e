"""Labels: how chapters, articles and annexes are called and numbered in the languages of the parties."""

from __future__ import annotations

import re
from dataclasses import dataclass

from treaty.choices import ProvisionKind
from treaty.numbering import InvalidNumber, canonical

ARTICLE = "article|art\\.|статья|ст\\.|стаття|артыкул|modda|модда|моддаи|бап|бабы|берене|maddə|հոդված|მუხლი"
CHAPTER = "chapter|section|глава|раздел|chapitre|bob|bo['‘ʻ’`]lim|боб|боби|бөлүм|тарау|fəsil|գլուխ|თავი|раздзел|розділ"
ANNEX = "annex|annexe|appendix|приложение|додаток|дадатак|ilova|илова|замима|қосымша|тиркеме|əlavə|հավելված|დანართი"
PREAMBLE = "preamble|преамбула|pr[ée]ambule|преамбуласы|muqaddima|муқаддима|дебоча|кіріспе|киришүү|նախաբան"
KINDS = ((ARTICLE, ProvisionKind.ARTICLE), (CHAPTER, ProvisionKind.CHAPTER))

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
#: Ordinal words that stand for a number in a label.
ORDINALS = {
    **dict.fromkeys(("first", "first.", "premier", "première", "1er", "1re", "первая", "первый", "перша"), 1),
    **dict.fromkeys(("second", "deuxième", "вторая"), 2),
    **dict.fromkeys(("third", "troisième", "третья"), 3),
    **dict.fromkeys(("fourth", "quatrième", "четвертая", "четвёртая"), 4),
    **dict.fromkeys(("fifth", "cinquième", "пятая"), 5),
    **dict.fromkeys(("sixth", "sixième", "шестая"), 6),
    **dict.fromkeys(("seventh", "septième", "седьмая"), 7),
    **dict.fromkeys(("eighth", "huitième", "восьмая"), 8),
    **dict.fromkeys(("ninth", "neuvième", "девятая"), 9),
    **dict.fromkeys(("tenth", "dixième", "десятая"), 10),
}
_ROMAN = "[IVXLCІХСЛУ]{1,7}(?![^\\W\\d_])"  # with Cyrillic letters that look the same
_FIGURES = (
    f"\\d{{1,3}}(?:\\s?(?:bis|ter|quater|quinquies)\\b|[.-]\\d{{1,2}}(?!\\d)|[A-ZА-Я](?!\\w)|[{RAISED}]+)?"
)
_NUMBER = f"(?P<number>{'|'.join(map(re.escape, ORDINALS))}|{_FIGURES}|{_ROMAN})(?!\\w)"
_AFTER = f"(?P<mark>[{RAISED}⁽⁾*)]+|\\s\\d{{1,2}}\\)(?=\\s*$))?(?P<sign>\\s?[.:]|\\s?[–—-](?=\\s|$))?\\s*(?P<rest>.*)$"
_PREFIXED = {
    kind: re.compile(f"^(?P<word>{words})\\s*(?:№|No?\\.?\\s)?\\s*{_NUMBER}{_AFTER}", re.I | re.S)
    for words, kind in KINDS
}
_SUFFIXED = {
    kind: re.compile(f"^{_NUMBER}\\s?[-–]?\\s?(?P<word>{words})(?!\\w){_AFTER}", re.I | re.S)
    for words, kind in KINDS
}
_ANNEX = re.compile(
    f"^(?P<word>{ANNEX})(?!\\w)(?:\\s*(?:№|No?\\.?\\s)?\\s*{_NUMBER})?(?P<sign>\\s?[.:–—-])?\\s*(?P<rest>.*)$",
    re.I | re.S,
)
_PREAMBLE = re.compile(f"^(?:{PREAMBLE})\\s*[.:]?$", re.I)
_LOOKALIKES = str.maketrans("ІХСЛУ", "IXCLV")
_LATIN_SUFFIXES = str.maketrans("АВСЕНКМОРТХ", "ABCEHKMOPTX")
_ENDS = tuple(".;,:")
_LONGEST_TITLE = 160


@dataclass(frozen=True)
class Label:
    """A label at the head of a line: kind, number as written and canonical, footnote mark, and what follows."""

    kind: ProvisionKind
    written: str
    raw: str
    number: str
    mark: str
    rest: str
    parted: bool


def label_of(text: str, *, heading: bool = False) -> Label | None:
    """The label with which a line begins, or None: a reference inside a sentence is no label."""
    if _PREAMBLE.match(text):
        return Label(ProvisionKind.PREAMBLE, text, "", "", "", "", True)
    for kind in (ProvisionKind.ARTICLE, ProvisionKind.CHAPTER):
        if match := _PREFIXED[kind].match(text):
            if _is_capital(text[0]) and _stands(kind, match, heading):
                return _made(kind, match)
        elif (match := _SUFFIXED[kind].match(text)) and _stands(kind, match, heading):
            return _made(kind, match)
    return _annex(text)


def _is_capital(letter: str) -> bool:
    """Whether a line may begin with the letter; Georgian has no capitals."""
    return letter.isupper() or "\u10a0" <= letter <= "\u10ff"


def _stands(kind: ProvisionKind, match: re.Match[str], heading: bool) -> bool:
    """Whether what follows the number leaves it a label."""
    rest = match["rest"]
    if not rest:
        return True
    opens = rest[0].isupper() or rest[0].isdigit() or rest[0] in "«“\"„'([‘"
    if match["sign"] or match["mark"]:
        return opens
    titled = len(rest) <= _LONGEST_TITLE and not rest.endswith(_ENDS)
    if kind is ProvisionKind.CHAPTER:
        return titled
    return titled and opens and (heading or rest.isupper() or rest[0] in "([")


def _made(kind: ProvisionKind, match: re.Match[str]) -> Label | None:
    number = number_of(match["number"])
    if number is None:
        return None
    start = len(match.string) - len(match["rest"])
    mark = (match["mark"] or "").strip()
    return Label(
        kind=kind,
        written=match.string[:start].strip(),
        raw=match["number"],
        number=number,
        mark=mark,
        rest=match["rest"].strip(),
        parted=bool(match["sign"]),
    )


def number_of(raw: str) -> str | None:
    """The canonical number that was written in figures, Roman figures or as an ordinal word."""
    if raw.lower() in ORDINALS:
        return str(ORDINALS[raw.lower()])
    figures = raw[0].isdigit()
    tail = raw[-1].translate(_LATIN_SUFFIXES)
    try:
        return canonical(raw[:-1] + tail if figures else raw.upper().translate(_LOOKALIKES))
    except InvalidNumber:
        return None


def _annex(text: str) -> Label | None:
    match = _ANNEX.match(text)
    if match is None or not _is_capital(text[0]):
        return None
    rest = match["rest"]
    if len(rest) > _LONGEST_TITLE or rest.endswith(_ENDS):
        return None
    number = number_of(match["number"]) if match["number"] else ""
    if number is None:
        return None
    start = len(text) - len(rest)
    return Label(
        ProvisionKind.ANNEX,
        text[:start].strip(),
        match["number"] or "",
        number,
        "",
        rest.strip(),
        bool(match["sign"]),
    )
