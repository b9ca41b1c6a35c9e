"""Findings for texts of tests: a few names in a few forms, each with its record."""

from __future__ import annotations

import re

from cstokb.curation.documents.model import Finding, FindingKind, Quotation, Span, Warned
from cstokb.curation.documents.quotations import quotations

_P, _S, _O, _I, _A = (
    FindingKind.PERSON,
    FindingKind.STATE,
    FindingKind.ORGAN,
    FindingKind.INSTRUMENT,
    FindingKind.PROVISION,
)
#: What is named so; the longest form wins.
NAMES = {
    r"(?:Kassym-Jomart |Kassym-Zhomart )?Tokayev|TOKAYEV": (_P, "kassym-jomart-tokayev"),
    r"(?:Касым-Жомарт(?:а|у|ом|е)? )?Токаев(?:а|у|ым|е)?": (_P, "kassym-jomart-tokayev"),
    r"(?:Vladimir )?Putin|(?:Владимир(?:а|у|ом)? )?Путин(?:а|у|ым|е)?": (_P, "vladimir-putin"),
    r"(?:Alexander )?Lukashenko|(?:Александр(?:а|у|ом)? )?Лукашенко": (_P, "alexander-lukashenko"),
    r"(?:Imangali )?Tasmagambetov|(?:Имангали )?Тасмагамбетов(?:а|у|ым|е)?": (_P, "imangali-tasmagambetov"),
    r"(?:Roza )?Otunbayeva|(?:Роз(?:а|ы|е|у|ой) )?Отунбаев(?:а|ой|у)": (_P, "roza-otunbayeva"),
    r"(?:Nikolai )?Bordyuzha|(?:Николай )?Бордюж(?:а|и|у|ей|е)": (_P, "nikolai-bordyuzha"),
    r"(?:Nikol )?Pashinyan|(?:Никол )?Пашинян(?:а|у|ом|е)?": (_P, "nikol-pashinyan"),
    r"Kazakhstan|Kazakh|Казахстан(?:а|у|ом|е)?|Республик[аи] Казахстан|казахстанск\w+": (_S, "kaz"),
    r"Belarus(?:ian)?|Беларус(?:ь|и|ью)": (_S, "blr"),
    r"Russian?|Росси(?:я|и|ю|ей)": (_S, "rus"),
    r"Armenia|Армени(?:я|и|ю|ей)": (_S, "arm"),
    r"Collective Security Council|Совет(?:а|у|ом|е)? коллективной безопасности": (_O, "csc"),
    r"Secretariat|Секретариат(?:а|у|ом|е)?": (_O, "secretariat"),
    r"Treaty|Collective Security Treaty|Договор(?:а|у|ом|е)?(?: о коллективной безопасности)?": (_I, "cst"),
    r"Charter|Устав(?:а|у|ом|е)?": (_I, "charter"),
    r"Article 4(?: of the Treaty)?|[Сс]тать[яеи] 4(?: Договора)?": (_A, "cst/art-4"),
}
_ALL = re.compile("|".join(rf"(?P<n{at}>(?<!\w)(?:{forms})(?!\w))" for at, forms in enumerate(NAMES)))
_MEANT = list(NAMES.values())


def findings_of(text: str) -> list[Finding]:
    """The names of the list in a text."""
    found = []
    for match in _ALL.finditer(text):
        kind, record = _MEANT[int((match.lastgroup or "n0")[1:])]
        found.append(Finding(kind, match[0], *match.span(), record, 1.0))
    return found


def paragraphs_of(text: str) -> list[Span]:
    """The spans of the paragraphs of a text, which blank lines part."""
    return [match.span() for match in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text)]


def read(
    text: str, *, language: str = "en", headings: tuple[int, ...] = (), quoted: tuple[int, ...] = ()
) -> tuple[list[Quotation], list[Warned]]:
    """The quotations of a text and the warnings; headings and quoted paragraphs by their numbers."""
    spans = paragraphs_of(text)
    return quotations(
        text,
        spans,
        language,
        findings_of(text),
        headings=[spans[at] for at in headings],
        quoted=[spans[at] for at in quoted],
    )


def said(text: str, *, headings: tuple[int, ...] = (), quoted: tuple[int, ...] = ()) -> list[tuple[str, str]]:
    """The words of each quotation, a bar between pieces, and its speaker or document."""
    return [
        (" | ".join(text[start:end] for start, end in one.spans), one.speaker or one.document)
        for one in read(text, headings=headings, quoted=quoted)[0]
    ]
