"""What an Akoma Ntoso document says of itself: work, expression, manifestation, life, references, our own data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cstokb.dates import HistoricDate
from treaty.akomantoso.events import EDITORS, Life, reference_id
from treaty.akomantoso.naming import COUNTRY, language_code
from treaty.akomantoso.tree import element
from treaty.choices import InstrumentKind, TextStanding
from treaty.documents import Document, Passage, Related

MEDIA_TYPE = "application/akn+xml"
#: What is adopted, not signed.
ADOPTED = (InstrumentKind.DECISION, InstrumentKind.STRATEGY, InstrumentKind.REGULATION)
#: Verbs by which one instrument modifies another; by the others it only stands beside it.
_MODIFYING = ("amends", "prolongs", "supersedes", "terminates")
#: The provisions that a document holds, with their eIds.
Writing = Iterable[tuple[Passage, str]]
_DATES = ("signed_on", "in_force_on", "ended_on", "registered_on")
_NS = "/akn/ontology"
_CONCEPTS = {
    "signature": "Signature or adoption",
    "entry-into-force": "Entry into force",
    "prolongation": "Prolongation",
    "change-of-wording": "Change of wording",
    "end": "End of force",
}


@dataclass(frozen=True)
class Addresses:
    """The names of a document or of a portion of it: as a work, as an expression, in a format."""

    work: str
    expression: str
    work_path: str
    expression_path: str
    manifestation_path: str
    portion: str = ""

    @classmethod
    def of(cls, document: Document) -> Addresses:
        """Those of the whole instrument."""
        first = document.edition.first if document.edition else None
        work, expression = document.work.uri, document.work.expression(document.language, first)
        path = document.address()
        return cls(work, expression, document.path, path, f"{path.rstrip('/')}.xml")

    @classmethod
    def of_portion(cls, document: Document, passage: Passage, portion: str) -> Addresses:
        """Those of one provision, by its eId: the instrument's with the portion behind them."""
        whole = cls.of(document)
        first = document.edition.first if document.edition else None
        query = f"?on={first or document.day}&lang={document.language}"
        path = f"/treaties/{passage.id}"
        return cls(whole.work, whole.expression, f"{path}/", f"{path}/{query}", f"{path}.xml{query}", portion)

    @property
    def behind(self) -> str:
        """What stands behind the name of the instrument."""
        return f"~{self.portion}" if self.portion else ""

    def uri(self, name: str, suffix: str = "") -> str:
        """The name of the document at a level; the whole instrument has no portion behind it."""
        return f"{name}/{self.behind}{suffix}" if self.portion else f"{name}{suffix}"


def meta(of: Document, names: Addresses, life: Life, notes: Element | None, words: Writing) -> Element:
    """The block of metadata of what was written."""
    parts = [
        identification(of, names),
        publication(of),
        life.lifecycle(),
        life.temporal_data(),
        references(of, life),
        notes,
        proprietary(of, words),
    ]
    return element("meta", *(part for part in parts if part is not None))


# -- identification ------------------------------------------------------------------------------------------------


def identification(of: Document, names: Addresses) -> Element:
    """Work, expression and manifestation."""
    return element(
        "identification",
        element("FRBRWork", *_work(of, names)),
        element("FRBRExpression", *_expression(of, names)),
        element("FRBRManifestation", *_manifestation(of, names)),
        source=EDITORS,
    )


def _work(of: Document, names: Addresses) -> list[Element]:
    signed = of.dates["signed_on"]
    name = "adoption" if of.work.type in ADOPTED else "signature"
    return [
        element("FRBRthis", value=f"{names.work}/!main{names.behind}"),
        element("FRBRuri", value=names.uri(names.work)),
        element("FRBRalias", value=f"{of.site}{names.work_path}", name="address"),
        _date(of, signed, name),
        *_authors(of),
        element("FRBRcountry", value=COUNTRY),
        element("FRBRsubtype", value=of.work.type),
        element("FRBRnumber", value=of.work.id),
        element("FRBRname", value=of.title),
    ]


def _date(of: Document, value: HistoricDate | None, name: str) -> Element:
    """A date; the schema wants a whole day, so one that is not known exactly says so in its name."""
    if value is None or value.earliest is None:
        return element("FRBRdate", date=of.day.isoformat(), name=f"{name}-not-known")
    exact = value.exact_day is not None
    return element("FRBRdate", date=value.earliest.isoformat(), name=name if exact else f"{name}-earliest")


def _authors(of: Document) -> list[Element]:
    signed = [element("FRBRauthor", href=f"#{state.id}", as_="#author") for state in of.signatories]
    return signed or [element("FRBRauthor", href="#authors-not-recorded", as_="#author")]


def _expression(of: Document, names: Addresses) -> list[Element]:
    first = of.edition.first if of.edition else None
    standings = {one.standing for one in of.wordings}
    languages = dict.fromkeys([of.language, of.spoken, *(one.language for one in of.wordings)])
    ours = not standings or TextStanding.RESTATEMENT in standings
    return [
        element("FRBRthis", value=f"{names.expression}/!main{names.behind}"),
        element("FRBRuri", value=names.uri(names.expression)),
        element("FRBRalias", value=f"{of.site}{names.expression_path}", name="address"),
        element(
            "FRBRdate",
            date=(first or of.day).isoformat(),
            name="first-day" if first else "first-day-not-known",
        ),
        *([element("FRBRauthor", href=EDITORS, as_="#editor")] if ours else _authors(of)),
        element("FRBRauthoritative", value="true" if standings == {TextStanding.AUTHENTIC} else "false"),
        *(element("FRBRlanguage", language=language_code(code)) for code in languages),
    ]


def _manifestation(of: Document, names: Addresses) -> list[Element]:
    portion = element("FRBRportion", **{"from": f"#{names.portion}"}) if names.portion else None
    return [
        element("FRBRthis", value=f"{names.expression}/!main{names.behind}.xml"),
        element("FRBRuri", value=names.uri(names.expression, ".xml")),
        element("FRBRalias", value=f"{of.site}{names.manifestation_path}", name="address"),
        element("FRBRdate", date=of.made_on.isoformat(), name="last-change-of-the-knowledge-base"),
        element("FRBRauthor", href=EDITORS, as_="#editor"),
        *([portion] if portion is not None else []),
        element("FRBRformat", value=MEDIA_TYPE),
    ]


def publication(of: Document) -> Element | None:
    """The registration with the United Nations, where its day is known."""
    day = of.dates["registered_on"]
    if day is None or day.exact_day is None:
        return None
    name = "UN Treaty Series"
    number = of.values["unts_number"] or None
    return element("publication", date=day.exact_day.isoformat(), name=name, showAs=name, number=number)


# -- references ----------------------------------------------------------------------------------------------------


def references(of: Document, life: Life) -> Element:
    """The works, organizations, roles and concepts that the rest of the metadata names."""
    rows = [
        element("original", eId="original", href=of.work.uri, showAs=of.title),
        *_instruments(of),
        element(
            "TLCOrganization", eId="knowledge-base", href=f"{of.site}/about/", showAs="CSTO Knowledge Base"
        ),
        *_organizations(of),
        element("TLCRole", eId="author", href=f"{_NS}/role/author", showAs="Author"),
        element("TLCRole", eId="editor", href=f"{_NS}/role/editor", showAs="Editor"),
        element("TLCConcept", eId="in-force", href=f"{_NS}/concept/in-force", showAs="In force"),
        *(
            element("TLCEvent", eId=one, href=f"{_NS}/event/{one}", showAs=_CONCEPTS[one])
            for one in life.concepts
        ),
    ]
    return element("references", *rows, source=EDITORS)


def _organizations(of: Document) -> list[Element]:
    if not of.signatories:
        href = f"{_NS}/organization/{COUNTRY}/authors-not-recorded"
        return [
            element("TLCOrganization", eId="authors-not-recorded", href=href, showAs="Authors not recorded")
        ]
    return [
        element(
            "TLCOrganization",
            eId=state.id,
            href=f"{of.site}{state.path}",
            showAs=state.label(of.language),
        )
        for state in of.signatories
    ]


def _instruments(of: Document) -> list[Element]:
    """Other instruments, each once: those that modify this one, those that it modifies, those beside it."""
    found: dict[str, Element] = {}
    for one in (*of.relations, *(maker for _day, maker in of.amended)):
        found.setdefault(reference_id(one), _instrument(one))
    return list(found.values())


def _instrument(one: Related) -> Element:
    common = {"eId": reference_id(one), "href": one.work.uri, "showAs": one.label}
    if not one.verb:
        return element("passiveRef", **common)
    if one.verb in _MODIFYING:
        return element("passiveRef" if one.reverse else "activeRef", **common, shortForm=one.words)
    return element("TLCReference", **common, name=f"{one.verb}-reverse" if one.reverse else one.verb)


# -- our own data --------------------------------------------------------------------------------------------------


def proprietary(of: Document, words: Writing) -> Element:
    """Dates as well as they are known, what each wording is worth, and the evidence of the instrument."""
    dates = [
        element(
            "kb:date",
            name=name,
            edtf=value.edtf,
            earliest=_iso(value, "earliest"),
            latest=_iso(value, "latest"),
        )
        for name in _DATES
        if (value := of.dates[name])
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
    official = of.values["official_url"]
    return element(
        "proprietary",
        element("kb:reading", day=of.day.isoformat(), language=of.language),
        *([element("kb:officialText", href=official)] if official else []),
        *dates,
        *(_wording(one, name) for one, name in words if one.wording),
        *sources,
        source=EDITORS,
    )


def _iso(value: HistoricDate, name: str) -> str | None:
    day = getattr(value, name)
    return day.isoformat() if day else None


def _wording(one: Passage, name: str) -> Element:
    """A wording with its standing; a restatement is no text of the instrument."""
    held = one.wording
    if held is None:
        raise ValueError("Only a passage with a wording has one to tell of.")
    began, ended = held.period.began_on, held.period.ended_on
    return element(
        "kb:restatement" if held.standing == TextStanding.RESTATEMENT else "kb:wording",
        provision=f"#{name}",
        id=held.id,
        language=held.language,
        standing=held.standing,
        beganOn=began.edtf if began else None,
        endedOn=ended.edtf if ended else None,
        madeBy=one.made_by.work.id if one.made_by else None,
        confidence=held.confidence or None,
    )
