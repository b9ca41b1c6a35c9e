"""A statement as a valid Akoma Ntoso 3.0 document: a ``statement``, whose paragraphs are its passages."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from cstokb.listing.names import Named
from statements.choices import Adopted, JoinedStanding, PassageRole
from statements.documents import StatementDocument, Words
from treaty.akomantoso.events import EDITORS
from treaty.akomantoso.meta import MEDIA_TYPE
from treaty.akomantoso.naming import COUNTRY, language_code
from treaty.akomantoso.tree import add, element, written
from treaty.choices import TextStanding
from treaty.documents import speaking

_NS = "/akn/ontology"
_TRANSLATED = (TextStanding.OFFICIAL_TRANSLATION, TextStanding.UNOFFICIAL_TRANSLATION)
_AGENTS = {"person": "TLCPerson"}


def statement(of: StatementDocument) -> bytes:
    """The statement in one language; where its words are not held, our summary, marked as ours."""
    with speaking(of.language):
        notes = _Notes()
        body = element("mainBody", *(_passage(one, of, notes) for one in of.passages), eId="body")
        if not of.passages:
            body.append(_not_held(of))
        made = element("statement", _meta(of, notes), _preface(of), body, name=of.line.values["type"])
        return written(element("akomaNtoso", made))


class _Notes:
    """Remarks of the editors, each with the mark that leads to it."""

    def __init__(self) -> None:
        self.kept: list[Element] = []

    def mark(self, words: Element) -> Element:
        """Keep a remark, and give its mark."""
        number = len(self.kept) + 1
        self.kept.append(element("note", words, eId=f"note_{number}"))
        return element("noteRef", href=f"#note_{number}", marker=str(number))


# -- words ---------------------------------------------------------------------------------------------------------


def _preface(of: StatementDocument) -> Element:
    title = element("longTitle", element("p", element("docTitle", of.title)), eId="longTitle")
    ours = [_("The title is in our words.")] if of.line.values["title_is_ours"] else []
    if of.line.values["adopted"] != Adopted.YES:
        ours.append(str(Adopted(of.line.values["adopted"]).label))
    if of.text and not of.text["complete"]:
        ours.append(_("Only some passages held"))
    return element("preface", title, *(_remark(words) for words in ours))


def _remark(words: str) -> Element:
    return element("p", element("remark", words, status="editorial"), status="editorial")


def _not_held(of: StatementDocument) -> Element:
    said = [_("The text of this statement is not held. What stands here is a summary in our own words.")]
    said += [of.summary] if of.summary else []
    content = element("content", *(_remark(words) for words in said), eId="hcontainer_1__content")
    return element("hcontainer", content, eId="hcontainer_1", name="text-not-held", status="unknown")


def _passage(one: Words, of: StatementDocument, notes: _Notes) -> Element:
    """A passage under its anchor: ``p7`` is ``para_7``, ``p7a`` is ``para_7a``."""
    name = f"para_{one.anchor.removeprefix('p')}"
    status = "translated" if of.text and of.text["standing"] in _TRANSLATED else None
    kind = None if one.role == PassageRole.PARAGRAPH else one.role
    rows = [
        element("p", *(_piece(words, path, of) for words, path in line), status=status, class_=kind)
        for line in _lines(one.pieces)
    ]
    for words in _said_of(one, of):
        add(rows[-1], notes.mark(words))
    return element(
        "paragraph",
        element("num", one.anchor.removeprefix("p"), eId=f"{name}__num"),
        element("content", *rows, eId=f"{name}__content"),
        eId=name,
        refersTo=f"#{one.speaker.id}" if one.speaker else None,
    )


def _piece(words: str, path: str, of: StatementDocument) -> Element | str:
    return element("ref", words, href=f"{of.site}{path}") if path else words


def _lines(pieces: tuple[tuple[str, str], ...]) -> list[list[tuple[str, str]]]:
    """The pieces line by line; blank lines are left out, and there is one line at least."""
    lines: list[list[tuple[str, str]]] = [[]]
    for words, path in pieces:
        first, *further = words.splitlines() or [words]
        lines[-1].append((first, path))
        lines += [[(part, path)] for part in further]
    filled = [line for line in lines if "".join(words for words, _path in line).strip()]
    return filled or [[("", "")]]


def _said_of(one: Words, of: StatementDocument) -> Iterator[Element]:
    """Whose words they are, on which provisions they lean, and the editors' note."""
    if one.speaker:
        who = ", ".join(part for part in (one.speaker.label(of.spoken), one.office) if part)
        yield element("p", f"{_('Speaker')}: ", _reference(who, one.speaker, of))
    if one.quotes:
        yield element("p", f"{_('from:')} {one.quotes}")
    for named in one.leans_on:
        yield element("p", f"{_('Leans on:')} ", _reference(named.label(of.spoken), named, of))
    if one.note:
        yield element("p", one.note)


def _reference(words: str, named: Named, of: StatementDocument) -> Element | str:
    return element("ref", words, href=f"{of.site}{named.path}") if named.path else words


# -- metadata ------------------------------------------------------------------------------------------------------


def _meta(of: StatementDocument, notes: _Notes) -> Element:
    parts = [
        _identification(of),
        _references(of),
        element("notes", *notes.kept, source=EDITORS, xml_lang=of.spoken) if notes.kept else None,
        _proprietary(of),
    ]
    return element("meta", *(part for part in parts if part is not None))


def _identification(of: StatementDocument) -> Element:
    date = _date(of)
    authors = [element("FRBRauthor", href=f"#{one.id}", as_="#author") for one in of.authors]
    authors = authors or [element("FRBRauthor", href="#authors-not-recorded", as_="#author")]
    ours = not of.passages
    work = [
        element("FRBRthis", value=f"{of.work}/!main"),
        element("FRBRuri", value=of.work),
        element("FRBRalias", value=f"{of.site}{of.path}", name="address"),
        date,
        *authors,
        element("FRBRcountry", value=COUNTRY),
        element("FRBRsubtype", value=of.line.values["type"]),
        element("FRBRnumber", value=of.id),
        element("FRBRname", value=of.title),
    ]
    address = f"{of.site}/statements/{of.id}"
    authentic = bool(of.text) and of.text is not None and of.text["standing"] == TextStanding.AUTHENTIC
    expression = [
        element("FRBRthis", value=f"{of.expression}/!main"),
        element("FRBRuri", value=of.expression),
        element("FRBRalias", value=f"{address}/?lang={of.language}", name="address"),
        _date(of),
        *([element("FRBRauthor", href=EDITORS, as_="#editor")] if ours else authors),
        element("FRBRauthoritative", value="true" if authentic else "false"),
        element("FRBRlanguage", language=language_code(of.language)),
    ]
    manifestation = [
        element("FRBRthis", value=f"{of.expression}/!main.xml"),
        element("FRBRuri", value=f"{of.expression}.xml"),
        element("FRBRalias", value=f"{address}.xml?lang={of.language}", name="address"),
        element("FRBRdate", date=of.made_on.isoformat(), name="last-change-of-the-knowledge-base"),
        element("FRBRauthor", href=EDITORS, as_="#editor"),
        element("FRBRformat", value=MEDIA_TYPE),
    ]
    return element(
        "identification",
        element("FRBRWork", *work),
        element("FRBRExpression", *expression),
        element("FRBRManifestation", *manifestation),
        source=EDITORS,
    )


def _date(of: StatementDocument) -> Element:
    """The day of issue; the schema wants a whole day, so one that is not known exactly says so in its name."""
    if of.issued is None or of.issued.earliest is None:
        return element("FRBRdate", date=of.made_on.isoformat(), name="issue-not-known")
    name = "issue" if of.issued.exact_day else "issue-earliest"
    return element("FRBRdate", date=of.issued.earliest.isoformat(), name=name)


def _references(of: StatementDocument) -> Element:
    """The statement, its authors and speakers, the states behind it, and what its passages cite."""
    named = [*of.authors, *(one.speaker for one in of.passages if one.speaker)]
    named += [state for state, _standing in of.states]
    agents = {one.id: _agent(one, of) for one in named}
    if not of.authors:
        href = f"{_NS}/organization/{COUNTRY}/authors-not-recorded"
        agents["authors-not-recorded"] = element(
            "TLCOrganization", eId="authors-not-recorded", href=href, showAs="Authors not recorded"
        )
    home = f"{of.site}/about/"
    return element(
        "references",
        element("original", eId="original", href=of.work, showAs=of.title),
        *agents.values(),
        element("TLCOrganization", eId="knowledge-base", href=home, showAs="CSTO Knowledge Base"),
        element("TLCRole", eId="author", href=f"{_NS}/role/author", showAs="Author"),
        element("TLCRole", eId="editor", href=f"{_NS}/role/editor", showAs="Editor"),
        source=EDITORS,
    )


def _agent(one: Named, of: StatementDocument) -> Element:
    tag = _AGENTS.get(one.kind, "TLCOrganization")
    return element(tag, eId=one.id, href=f"{of.site}{one.path}", showAs=one.label(of.spoken))


def _proprietary(of: StatementDocument) -> Element:
    """The date as well as it is known, how states stood to the text, what passages cite, and the evidence."""
    issued = [element("kb:date", name="issued_on", edtf=of.issued.edtf)] if of.issued else []
    states = [
        element("kb:state", id=state.id, standing=str(JoinedStanding(standing)))
        for state, standing in of.states
    ]
    cites = [
        element("kb:cites", passage=f"#para_{one.anchor.removeprefix('p')}", id=target.id)
        for one in of.passages
        for target in one.cites
    ]
    sources = [
        element(
            "kb:evidence",
            field=one["field"],
            href=f"{of.site}/sources/{one['source']}/",
            title=one["source_title"],
            stance=one["stance"],
            rank=one["rank"],
        )
        for one in of.evidence
    ]
    head = element("kb:reading", language=of.language, held="yes" if of.passages else "no")
    return element("proprietary", head, *issued, *states, *cites, *sources, source=EDITORS)
