"""States, organs and places that a text names, and organs that it calls by their kind alone ("the Council")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from cstokb.curation.documents import words
from cstokb.curation.documents.gazetteer import Gazetteer
from cstokb.curation.documents.model import Candidate, Finding, FindingKind
from cstokb.curation.documents.names import Hit, Read, longest
from cstokb.curation.documents.taken import Taken

NAMED, GENERAL, UNCASED, BY_KIND = 1.0, 0.9, 0.8, 0.75
#: What is looked at beside a name that others bear too ("Secretariat", «Постоянный совет»).
_BESIDE = 40
#: Words by which an organ is called after it was named in full.
_KINDS = (
    *("council", "committee", "assembly", "commission"),
    *("совет", "комитет", "ассамблея", "комиссия"),
)
_ALONE = re.compile(
    r"(?<=\b[Tt]he )(Council|Committee|Assembly|Commission)(?=['’]s?\b|(?! of\b| on\b| for\b)[\s,.;:)»”\"])(?! [A-Z])"
    r"|(?<![\w«„\"-])(Совет(?:а|у|ом|е)?|Комитет(?:а|у|ом|е)?|Ассамбле(?:я|и|е|ю|ей)|Комисси(?:я|и|ю|ей))"
    r"(?=[\s,.;:)»”\"])(?! [а-яё]{3,}(?:ов|ей|ого|ой|ых|их|ости|ии)\b| [А-ЯЁ]| по\b)"
)
_BLANKS = (" ", "\u00a0")
_OWN = re.compile(r"(?:CSTO|CSC|ОДКБ|СКБ)")


def organs(read: Read, hits: Iterable[Hit], names: Gazetteer) -> list[Finding]:
    """The organs of a text in its order."""
    found = [
        _finding(read, one, names, FindingKind.ORGAN)
        for one in longest(one for one in hits if _may_be_organ(read, one))
    ]
    return _ordered([*found, *_by_kind(read.text, found)])


def _may_be_organ(read: Read, one: Hit) -> bool:
    """Whether a name is that of an organ of ours: others have a Secretariat, a Permanent Council, an Assembly too."""
    if not one.cased and one.last - one.first < 2:
        return False
    if read.raw(one.first).isupper() or _OWN.search(read.text, one.start, one.end):
        return True
    near = read.text[max(0, one.start - _BESIDE) : one.start]
    return not (words.BEFORE_OTHERS.search(near) or words.AFTER_OTHERS.match(read.text, one.end))


def _by_kind(text: str, found: Sequence[Finding]) -> Iterator[Finding]:
    """ "The Council" after one council alone was named in full before."""
    taken = Taken(one.span for one in found)
    for match in _ALONE.finditer(text):
        word = next(filter(None, match.groups()))
        start, end = match.start(), match.start() + len(word)
        if taken.touches(start, end):
            continue
        kind = _kind_of(word)
        met = [one.record for one in found if one.end <= start and one.record and kind in _kinds(one.text)]
        if len(set(met)) == 1:
            yield Finding(FindingKind.ORGAN, text[start:end], start, end, met[0], BY_KIND)


def _kind_of(word: str) -> str:
    low = word.lower()
    return next(kind for kind in _KINDS if low.startswith(kind[:6]))


def _kinds(name: str) -> set[str]:
    low = name.lower().replace("ё", "е")
    return {kind for kind in _KINDS if kind[:6] in low}


def states(read: Read, hits: Iterable[Hit], names: Gazetteer, taken: Taken) -> list[Finding]:
    """The states of a text in its order, without those inside the names of something else."""
    return _outside(read, hits, names, FindingKind.STATE, taken)


def places(read: Read, hits: Iterable[Hit], names: Gazetteer, taken: Taken) -> list[Finding]:
    """The places of a text in its order."""
    return _outside(read, hits, names, FindingKind.PLACE, taken)


def _outside(
    read: Read, hits: Iterable[Hit], names: Gazetteer, kind: FindingKind, taken: Taken
) -> list[Finding]:
    free = (
        one
        for one in hits
        if one.cased and not taken.touches(one.start, one.end) and not _is_qualified(read, one)
    )
    return [_finding(read, one, names, kind) for one in longest(free)]


def _is_qualified(read: Read, one: Hit) -> bool:
    """Whether an adjective before a name makes another of it: «Единая Россия», "Northern Kazakhstan"."""
    before = one.first - 1
    raw = read.raw(before)
    if one.last > one.first or not raw[:1].isupper() or raw.isupper() or read.gap(one.first) not in _BLANKS:
        return False
    if words.QUALIFIERS.fullmatch(raw):
        return True
    quoted = read.gap(before).endswith(("«", "“", '"'))
    return bool(words.ADJECTIVE.fullmatch(raw)) and (quoted or not read.begins_sentence(before))


def _finding(read: Read, one: Hit, names: Gazetteer, kind: FindingKind) -> Finding:
    records = one.records
    text = read.text[one.start : one.end]
    if len(records) > 1:
        candidates = tuple(Candidate(each, names.label(kind, each), 1 / len(records)) for each in records)
        return Finding(kind, text, one.start, one.end, "", 0.0, candidates)
    general = kind == FindingKind.ORGAN and one.first == one.last and not text.isupper()
    score = UNCASED if not one.cased else GENERAL if general else NAMED
    return Finding(kind, text, one.start, one.end, records[0], score)


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda one: one.start)


def by_kind(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Names of a text by the kind of what they name."""
    found: dict[str, list[Hit]] = defaultdict(list)
    for one in hits:
        found[one.kind].append(one)
    return found
