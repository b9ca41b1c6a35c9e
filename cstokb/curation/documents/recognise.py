"""The door of recognition: a document and the names of the knowledge base in, everything that was recognised out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cstokb.curation.documents.bodies import by_kind, organs, places, states
from cstokb.curation.documents.dates import dates
from cstokb.curation.documents.gazetteer import Gazetteer
from cstokb.curation.documents.holders import offices
from cstokb.curation.documents.instruments import instruments
from cstokb.curation.documents.issued import issued_then
from cstokb.curation.documents.main_text import MainText, main_text
from cstokb.curation.documents.model import About, Finding, FindingKind, Recognised
from cstokb.curation.documents.names import Hit, Read
from cstokb.curation.documents.people import People
from cstokb.curation.documents.publishing import day_of
from cstokb.curation.documents.quotations import quotations
from cstokb.curation.documents.sessions import sessions
from cstokb.curation.documents.taken import Taken
from cstokb.curation.documents.topics import topics
from cstokb.curation.documents.unknown import unknown
from cstokb.curation.reading import Document
from cstokb.dates import HistoricDate


def recognise(document: Document, names: Gazetteer) -> Recognised:
    """What a document says of the records that the names belong to; nothing is written and nothing asked.

    Total: any document gives an answer. Offsets count the characters of the main text, ``text`` of the answer.
    """
    main = main_text(document)
    published = day_of(document, main)
    findings, not_recognised = _found(main, names, published)
    said, warnings = quotations(
        main.text,
        main.paragraphs,
        document.language,
        findings,
        headings=main.headings,
        quoted=main.quoted,
        issued=_issued(findings, published, names),
    )
    return Recognised(
        source=About(
            title=main.title,
            published=published.edtf if published else "",
            publisher=document.publisher,
            url=document.url,
            format=document.format,
            encoding=document.encoding,
            encoding_from=document.encoding_from,
        ),
        language=document.language,
        text=main.text,
        paragraphs=main.paragraphs,
        headings=main.headings,
        findings=tuple(findings),
        quotations=tuple(said),
        not_recognised=tuple(not_recognised),
        warnings=tuple(warnings),
    )


def _issued(findings: Sequence[Finding], published: HistoricDate | None, names: Gazetteer) -> dict[str, str]:
    days = [one.record for one in findings if one.kind == FindingKind.DATE]
    return issued_then([*days, published.edtf] if published else days, names.issued)


def _found(
    main: MainText, names: Gazetteer, published: HistoricDate | None
) -> tuple[list[Finding], list[Finding]]:
    text = main.text
    read = Read.of(text)
    hits = by_kind(names.tree.hits(read))
    cited = instruments(text, names)
    titles = Taken(one.span for one in cited if one.kind == FindingKind.INSTRUMENT)
    bodies = [one for one in organs(read, hits["organ"], names) if not titles.holds(*one.span)]
    taken = Taken(one.span for one in (*bodies, *cited) if one.kind != FindingKind.PROVISION)
    lands = states(read, hits["state"], names, taken)
    sites = places(read, hits["place"], names, taken)
    days = dates(text, published)
    mentions = offices(text, [(*one.span, one.record) for one in lands], names)
    known = _known(hits)
    people = People(read, names, published or _latest(days), taken, known)
    persons = people.found(names.people.hits(read), names.sounds.hits(read), mentions)
    named = [*cited, *bodies, *lands, *sites, *persons, *days]
    met = sessions(text, named, names, published)
    found = sorted(
        [*named, *met, *topics(read, names, named)], key=lambda one: (one.start, one.end, one.kind)
    )
    return found, unknown(read, main, names, Taken(one.span for one in named), known)


def _known(hits: Mapping[str, Iterable[Hit]]) -> set[int]:
    """The words, by index, that belong to names of states, organs and places."""
    named = (hit for kind in ("state", "organ", "place") for hit in hits.get(kind, ()))
    return {at for hit in named for at in range(hit.first, hit.last + 1)}


def _latest(days: Sequence[Finding]) -> HistoricDate | None:
    """The last date of a text that does not say when it was published."""
    known = [HistoricDate.parse(one.record) for one in days if one.record]
    return max(known, key=lambda one: one.sort_key, default=None)
