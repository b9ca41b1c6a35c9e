"""The words of references: articles and their parts, kinds of instruments, and their Russian cases."""

from __future__ import annotations

import re
from functools import lru_cache

from treaty.citations.found import Kind


def _cases(stem: str, endings: str) -> tuple[str, ...]:
    return tuple(stem + ending.strip("-") for ending in endings.split())


_ARTICLE = _cases("стать", "я и е ю ей ею ям ями ях")
_POINT = _cases("пункт", "- а у ом е ы ов ам ами ах")
_PART = _cases("част", "ь и ью ей ям ями ях")
_INDENT = _cases("абзац", "- а у ем е ы ев ам ами ах")
_CHAPTER = _cases("глав", "а ы е у ой ою ам ами ах")
_ANNEX = _cases("приложени", "е я ю ем и й ям ями ях")
_PREAMBLE = _cases("преамбул", "а ы е у ой ою")

#: Words before a number, with the kind of what they number. Abbreviations may have a full stop.
HEADS: dict[str, Kind] = {
    **dict.fromkeys(("article", "articles", "art", "arts", "§", "ст", "стст", "статей"), Kind.ARTICLE),
    **dict.fromkeys(_ARTICLE, Kind.ARTICLE),
    **dict.fromkeys(("paragraph", "paragraphs", "para", "paras", "par", "п", "пп"), Kind.PARAGRAPH),
    **dict.fromkeys(("ч", "абз", *_POINT, *_PART, *_INDENT), Kind.PARAGRAPH),
    **dict.fromkeys(("point", "points", "subparagraph", "subparagraphs", "subpara", "подп"), Kind.POINT),
    **dict.fromkeys((f"под{form}" for form in _POINT), Kind.POINT),
    **dict.fromkeys(("chapter", "chapters", "гл", "глав", *_CHAPTER), Kind.CHAPTER),
    **dict.fromkeys(("annex", "annexes", "appendix", *_ANNEX), Kind.ANNEX),
    **dict.fromkeys(("preamble", *_PREAMBLE), Kind.PREAMBLE),
}
ABBREVIATIONS = frozenset(
    ("art", "arts", "ст", "стст", "para", "paras", "par", "п", "пп", "ч", "абз", "подп", "гл")
)
#: Heads that name one thing alone, so that a comma or an "and" after the number begins something else.
SINGULAR = frozenset(
    (
        *("article", "paragraph", "point", "subparagraph", "chapter", "annex", "appendix"),
        *("статья", "статье", "статью", "статьей", "статьею", "часть", "частью"),
        *_POINT[:5],
        *(f"под{form}" for form in _POINT[:5]),
        *_INDENT[:5],
        *("глава", "главе", "главу", "главой"),
    )
)
#: The heads after "this", which mean the provision whose text it is.
HERE = frozenset(("article", "paragraph", *_ARTICLE[:6], *_POINT[:5], *_PART[:3]))
#: How deep a kind stands; the deeper is named first ("paragraph 2 of Article 8") or last ("Article 8, para 2").
DEPTH = {
    Kind.PREAMBLE: 1,
    Kind.CHAPTER: 0,
    Kind.ANNEX: 0,
    Kind.ARTICLE: 1,
    Kind.PARAGRAPH: 2,
    Kind.POINT: 3,
}

_ORDINAL_STEMS = ("перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят")
_ORDINAL_ENDINGS = "ый ой ая ое ого ому ым ом ую ые ых ыми ий ья ье ьего ьему ьим ьем ью ьей ьи ьих ьими"
ORDINALS: dict[str, str] = {
    **{
        word: str(place)
        for place, word in enumerate(
            ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
            start=1,
        )
    },
    **{
        form: str(place)
        for place, stem in enumerate(_ORDINAL_STEMS, start=1)
        for form in _cases(stem, _ORDINAL_ENDINGS)
    },
}

AND = frozenset(("and", "or", "и", "или", "либо", "&"))
TO = frozenset(("to", "through", "по"))
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
TIMES = {
    **{word: word for word in ("bis", "ter", "quater", "quinquies")},
    "бис": "bis",
    "тер": "ter",
    "кватер": "quater",
}
#: Cyrillic letters that look like Latin ones, as typed after a number: 7А.
LOOKALIKES = str.maketrans("авсенкмортх", "abcehkmoptx")
ROMAN = re.compile(r"(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
MONTHS = (
    *(
        ("january", "января"),
        ("february", "февраля"),
        ("march", "марта"),
        ("april", "апреля"),
        ("may", "мая"),
    ),
    *(
        ("june", "июня"),
        ("july", "июля"),
        ("august", "августа"),
        ("september", "сентября"),
        ("october", "октября"),
    ),
    *(("november", "ноября"), ("december", "декабря")),
)
MONTH: dict[str, int] = {word: place for place, pair in enumerate(MONTHS, start=1) for word in pair}

# -- instruments ---------------------------------------------------------------------------------------------------

#: Russian names of kinds of instruments, in the cases of the singular; each form stands for the first.
_NOUNS = (
    *(_cases(stem, "- а у ом е") for stem in ("договор", "устав", "протокол", "меморандум", "пакт", "акт")),
    *(_cases(stem, "е я ю ем и") for stem in ("соглашени", "положени", "решени", "заявлени")),
    *(_cases(stem, "я и ю ей") for stem in ("стратеги", "концепци", "конвенци", "деклараци")),
)
NOUN: dict[str, str] = {form: forms[0] for forms in _NOUNS for form in forms}
#: What an instrument of a kind is called without its title.
CALLED: dict[str, str] = {
    **{
        kind: kind
        for kind in [
            "treaty",
            "charter",
            "protocol",
            "agreement",
            "memorandum",
            "strategy",
            "decision",
            "regulation",
        ]
    },
    "regulations": "regulation",
    "договор": "treaty",
    "устав": "charter",
    "протокол": "protocol",
    "соглашение": "agreement",
    "меморандум": "memorandum",
    "стратегия": "strategy",
    "решение": "decision",
    "положение": "regulation",
}
#: Kinds whose name is also a common word; alone they mean no instrument ("Положения Договора").
COMMON = frozenset(("decision", "regulation"))
THE = frozenset(("the", "that", "said"))
THIS = frozenset(
    ("this", "present", *_cases("настоящ", "ий его ему им ем ая ей ую ее"), *_cases("данн", "ого ому ым ом"))
)
OTHER_THE = frozenset(_cases("указанн", "ый ого ому ым ом ое")) | frozenset(
    _cases("упомянут", "ый ого ому ым ом ое")
)
#: After the name of a kind these begin a title, so that another instrument is meant.
TITLE_BEGINS = frozenset(
    (
        *("on", "between", "concerning", "regarding", "relating", "about", "banning"),
        *("о", "об", "обо", "между", "относительно"),
    )
)
#: Instruments that the book may not hold: an article of theirs is none of ours.
FOREIGN = re.compile(
    r"(?:конституци|закон|кодекс|конвенци|пакт|статут|регламент|деклараци|хартии|хартия|указ|постановлени|инструкци"
    r"|договор|соглашени|протокол|устав|меморандум|положени|решени|стратеги|концепци|заявлени|акта|резолюци)[а-я]{0,4}"
)

#: Names of organizations that stand within names of instruments, each with its abbreviation.
ORGANIZATIONS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("collective", "security", "treaty", "organization"), "csto"),
    (("организаци", "договор", "о", "коллективн", "безопасности"), "одкб"),
    (("united", "nations"), "un"),
    (("организаци", "объединенн", "наций"), "оон"),
)
ORGANIZATION_BEGINS = frozenset(forms[0] for forms, _abbreviation in ORGANIZATIONS)
_ADJECTIVE = re.compile(
    r"([а-я]{4,}?)(?:ый|ий|ой|ого|его|ому|ему|ым|им|ом|ем|ая|яя|ей|ую|юю|ое|ее|ые|ие|ых|их|ыми|ими)"
)
#: A Russian adjective that goes on with a title: «Соглашение о силах оперативного реагирования».
GENITIVE = re.compile(r"(?!котор|друг|кажд|люб)[а-я]{4,}(?:ого|его|ой|ей|ых|их)")
#: Nouns whose titles go on with "о" alone, so that an adjective after them is one of the sentence.
NEVER_QUALIFIED = frozenset(("договор", "устав"))
#: Words that names are compared without.
IDLE = frozenset(("the", "a", "an"))


@lru_cache(maxsize=8192)
def key(form: str) -> str:
    """A folded word as names are compared by it, whatever its Russian case."""
    if form.isascii():
        return "organization" if form == "organisation" else form
    noun = NOUN.get(form)
    if noun:
        return noun
    if form.startswith("организаци"):
        return "организаци"
    match = _ADJECTIVE.fullmatch(form)
    return match[1] if match else form


def is_adjective(form: str) -> bool:
    """Whether a folded Russian word looks like an adjective, as before the noun of a name."""
    return form not in NOUN and _ADJECTIVE.fullmatch(form) is not None
