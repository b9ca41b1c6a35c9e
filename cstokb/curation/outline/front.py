"""The head of a text: its title, where the preamble begins, and what before it is no part of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cstokb.curation.outline import remarks
from cstokb.curation.outline.labels import Label
from cstokb.curation.outline.lines import Line
from cstokb.curation.outline.model import Outline, Trouble
from cstokb.curation.outline.points import point_of
from treaty.choices import ProvisionKind
from treaty.numbering import order_key

_INSTRUMENT = (
    "treaty|charter|agreement|protocol|convention|memorandum|strategy|decision|regulations?|statute"
    "|concept|declaration"
    "|articles of organization|договор|устав|соглашение|протокол|конвенция|меморандум|стратегия|решение"
    "|положение|концепция"
    "|декларация|порядок|traité|charte|accord|protocole|mémorandum|статут|дамова|пагадненне|шартнома"
    "|низомнома|оиннома|созишнома"
    "|ойиннома|қарор|шарт|жарғы|келісім|хаттама|келишим|shartnoma|nizom|ustav|bitim|bayonnoma|kelishuv"
    "|müqavilə|nizamnamə|saziş"
    "|պայմանագիր|կանոնադրություն|համաձայնագիր|արձանագրություն"
)
_TITLE = re.compile(
    rf"^\W{{0,2}}(?:the\s+)?(?:{_INSTRUMENT})(?:\w{{0,6}})\b|\b(?:{_INSTRUMENT})(?:\w{{0,3}})$", re.I
)
_ALONE = re.compile(rf"^\W{{0,2}}(?:{_INSTRUMENT})\w{{0,6}}\W{{0,2}}$", re.I)
FORMULA = re.compile(
    r"decided\s*:|agreed\s+(?:(?:on|upon|as|to)\s+)?(?:the\s+)?follow|agree\s+as\s+follows|договорились"
    r"|согласились\s+о\s+ниже|решил[аи]?\s*:|"
    r"convenue?s?\s+(?:de\s+)?ce\s+qui\s+suit|kelish\w+ oldilar|келиш\w+ олдилар|ба мувофиқа"
    r"|мувофиқат карданд|туралы келісті"
    r"|жөнүндө макулдаш|համաձայնեցին|razılaşdılar|дамовіліся|домовились",
    re.I,
)
_OPENING = re.compile(
    r"^(?:The\s+)?(?:(?:Member|Participating|Contracting|High)\s+)*(?:States?|Part(?:y|ies)|Governments?"
    r"|Republic|Presidents|Heads)\b"
    r"|^(?:Being\s+guided|Guided|Striving|Desiring|Confirming|Proceeding|Recogni[sz]ing|Acting|Considering)\b"
    r"|^(?:Государства|Правительств|Сторон|Главы|Высокие|Республик|Участники|Члены)|^(?:Руководствуясь"
    r"|Стремясь|Исходя|Подтверждая)"
    r"|^Les\s+(?:États|Etats|Hautes|Parties|Gouvernements)|davlatlar\b|Давлатҳо|мемлекеттер|мамлекеттер",
    re.I,
)
_SIGNED = re.compile(r"^\W?(?:signed\s+by|подписан\w*\s|signé\w*\s+par|imzola|имзо)", re.I)
_TIED = re.compile(r"(?:\s(?:of|to|on|the|for|and|in|о|об|в|к|на|и|по|de|du|la|des|sur))$", re.I)
_LONGEST_TITLE = 300
_ENDS = tuple(".;,:")


@dataclass
class Front:
    """Where the parts of the head are: line numbers of the title, of the preamble's first line and after its last."""

    title: list[int] = field(default_factory=list)
    opening: int = 0
    body: int = 0


def find_front(lines: Sequence[Line], labels: Mapping[int, Label]) -> Front:
    """The head of a text, given the lines that begin with labels."""
    formula = _formula(lines, labels)
    first = _first_part(lines, labels, -1 if formula is None else formula)
    reach = first if formula is None else formula + 1
    start = _last_article_before(labels, reach) if formula is not None else 0
    title = _title(lines, start, reach)
    after = (title[-1] + 1) if title else start
    preamble_label = next((index for index in range(after, reach) if index in labels), None)
    if preamble_label is not None:
        return Front(title, preamble_label, preamble_label)
    if formula is None and not (title and _begins_at_one(lines, labels, first)):
        return Front(title, first, first)
    return Front(title, _opening(lines, after, reach), first if formula is None else reach)


def _first_part(lines: Sequence[Line], labels: Mapping[int, Label], after: int) -> int:
    """The first label after a line; before annexes numbered clauses may come."""
    first = next((index for index in labels if index > after), len(lines))
    if first == len(lines) or labels[first].kind is ProvisionKind.ANNEX:
        return min(first, _first_clause(lines[:first], after + 1))
    return first


def _first_clause(lines: Sequence[Line], start: int) -> int:
    """The first of numbered clauses in a text without labels; after the last line where there are none."""
    points = [(index, point_of(lines[index].text)) for index in range(start, len(lines))]
    numbers = [(index, point.ordinals[0]) for index, point in points if point and point.kind == "number"]
    begins = next((index for index, number in numbers if number == 1), len(lines))
    goes_on = any(number == 2 and index > begins for index, number in numbers)
    return begins if goes_on else len(lines)


def _begins_at_one(lines: Sequence[Line], labels: Mapping[int, Label], first: int) -> bool:
    """Whether a text is whole: its first label counts one; a later number is the rest of a text cut in pages."""
    if first not in labels:
        return first < len(lines)
    return not labels[first].number or order_key(labels[first].number)[0] == 1


def _formula(lines: Sequence[Line], labels: Mapping[int, Label]) -> int | None:
    """The line with the words of agreement; after it the articles begin."""
    articles = [index for index, label in labels.items() if label.kind is ProvisionKind.ARTICLE]
    for index, line in enumerate(lines):
        if FORMULA.search(line.text) and index not in labels:
            # Words of agreement inside of the last articles open nothing.
            return index if not articles or index < articles[-1] else None
    return None


def _last_article_before(labels: Mapping[int, Label], reach: int) -> int:
    """After the last article of another act that stands before the text."""
    before = [
        index + 1 for index, label in labels.items() if index < reach and label.kind is ProvisionKind.ARTICLE
    ]
    return max(before, default=0)


def _title(lines: Sequence[Line], start: int, reach: int) -> list[int]:
    candidates = [index for index in range(start, reach) if _can_be_title(lines[index].text)]
    if not candidates:
        headings = [index for index in range(start, reach) if lines[index].heading]
        return headings[-1:]
    first = candidates[-1]
    while first - 1 in candidates and _goes_on(lines[first - 1], lines[first]):
        first -= 1
    last = first
    while last + 1 < reach and _goes_on(lines[last], lines[last + 1]):
        last += 1
    return list(range(first, last + 1))


def _can_be_title(text: str) -> bool:
    plain = remarks.without_pointers(text)[0]
    return (
        bool(_TITLE.search(plain))
        and len(plain) <= _LONGEST_TITLE
        and not plain.endswith(_ENDS)
        and not _is_skipped(plain)
        and not FORMULA.search(plain)
    )


def _goes_on(line: Line, after: Line) -> bool:
    """Whether a title that has a line goes on in the next."""
    text, first = after.text, after.text[:1]
    if len(text) > _LONGEST_TITLE or text.endswith(_ENDS) or _is_skipped(text) or _OPENING.search(text):
        return False
    capitals = line.text.isupper() and text.isupper()
    alone = _ALONE.match(line.text) and not _can_be_title(text)
    return first.islower() or bool(alone) or bool(_TIED.search(line.text)) or capitals


def _is_skipped(text: str) -> bool:
    """Whether a line of the head is neither title nor preamble."""
    return (
        bool(remarks.DATE.search(text) and len(text) < 90 and not _TITLE.match(text))
        or text[:1] in {"(", "["}
        or bool(remarks.RULE.match(text))
        or bool(_SIGNED.match(text))
        or remarks.is_version_mark(text)
        or remarks.is_validity_field(text)
        or remarks.is_amendment_list(text)
        or remarks.is_editorial(text)
    )


def _opening(lines: Sequence[Line], after: int, reach: int) -> int:
    possible = [index for index in range(after, reach) if not _is_skipped(lines[index].text)]
    for index in possible:
        if _OPENING.search(lines[index].text):
            return index
    weighty = [
        index for index in possible if len(lines[index].text) > 40 or FORMULA.search(lines[index].text)
    ]
    return weighty[0] if weighty else reach


def note_head(outline: Outline, lines: Sequence[Line], front: Front, labels: Mapping[int, Label]) -> None:
    """Keep what the head says beside title and preamble: dates, editions, amending acts, pointers, and what is cut."""
    listed = False
    for index in range(front.opening):
        text = lines[index].text
        outline.dates += [said for said in remarks.dates_in(text) if said not in outline.dates]
        if index in front.title:
            continue
        listed = _note_line(outline, text, listed)
        if front.body < len(lines) and front.opening == front.body and index > max(front.title, default=-1):
            _note_unassigned(outline, text)
    before = [index for index in labels if index < min(front.title, default=0)]
    acts = [index for index in before if labels[index].kind is ProvisionKind.ARTICLE]
    if acts:
        outline.warn(Trouble.OTHER_ACT, "", lines[max(0, acts[0] - 1)].text)


def _note_unassigned(outline: Outline, text: str) -> None:
    """A sentence between the title and the first label, where there is no preamble that it could belong to."""
    if (
        text in outline.dropped
        and len(text) > 40
        and text.endswith((".", ";", ":"))
        and not _SIGNED.match(text)
    ):
        outline.warn(Trouble.UNASSIGNED, "", text)


def _note_line(outline: Outline, text: str, listed: bool) -> bool:
    """Put a line of the head where it belongs; whether a list of amending acts goes on after it."""
    text, pointers = remarks.without_pointers(text)
    outline.pointers += pointers
    if remarks.RULE.match(text):
        return bool(outline.amendments) and listed
    if remarks.is_amendment_list(text) or listed:
        outline.amendments.append(text)
        return True
    if remarks.is_version_mark(text):
        outline.versions.append(text.strip("()[] "))
        outline.warn(Trouble.OLD_EDITION, "", text.strip("()[] "))
    elif remarks.is_validity_field(text):
        outline.versions.append(text)
        outline.warn(Trouble.VALIDITY, "", text)
    elif text:
        outline.dropped.append(text)
    return False


_RECITALS = re.compile(
    r"(?<=,) (?=(?:(?:being )?guided|striving|desiring|confirming|reaffirming|proceeding|recogni[sz]ing"
    r"|acting|considering|"
    r"convinced|руководствуясь|стремясь|исходя|подтверждая|признавая|действуя|учитывая|желая|выражая|будучи)\b)",
    re.I,
)


def recitals(text: str) -> Iterator[str]:
    """The recitals of a preamble that runs together, parted at their participles; for display only."""
    yield from _RECITALS.split(text)
