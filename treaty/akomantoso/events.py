"""The life of an instrument in Akoma Ntoso: events with their day and source, and the spans of time between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from cstokb.dates import HistoricDate, Period
from treaty.akomantoso.tree import element
from treaty.documents import Document, Related

EDITORS = "#knowledge-base"
ORIGINAL = "#original"


@dataclass(frozen=True)
class Event:
    """Something that happened to the instrument. ``edtf`` is empty where the day is known exactly."""

    on: date
    concept: str
    type: str
    source: str
    edtf: str = ""


@dataclass
class Life:
    """The events of an instrument in their order, and the spans that wordings of it fill."""

    events: list[Event]
    spans: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> Life:
        """Signature, entry into force, prolongations, changes of the text, and the end."""
        return cls(
            sorted(set(_events(document)), key=lambda one: (one.on, one.type, one.concept, one.source))
        )

    def span(self, period: Period) -> str | None:
        """The name of the span that a wording fills; None where no event begins it."""
        start, end = self._begun(period.began_on), self._ended(period.ended_on)
        if not start:
            return None
        return "#" + self.spans.setdefault((start, end), f"tmpg_{len(self.spans) + 1}")

    def _begun(self, value: HistoricDate | None) -> str:
        return self._at(value.earliest) if value and value.earliest else ""

    def _ended(self, value: HistoricDate | None) -> str:
        return self._at(_after(value.latest)) if value and value.latest else ""

    def _at(self, day: date) -> str:
        """The first event of a day; one is added where a wording began or ended and nothing else is known."""
        for place, one in enumerate(self.events, start=1):
            if one.on == day:
                return f"#e_{place}"
        self.events.append(Event(day, "change-of-wording", "amendment", ORIGINAL))
        return f"#e_{len(self.events)}"

    def lifecycle(self) -> Element | None:
        """The events; None where none has a day."""
        if not self.events:
            return None
        rows = [
            element(
                "eventRef",
                eId=f"e_{place}",
                date=one.on.isoformat(),
                type=one.type,
                source=one.source,
                refersTo=f"#{one.concept}",
            )
            for place, one in enumerate(self.events, start=1)
        ]
        return element("lifecycle", *rows, source=EDITORS)

    def temporal_data(self) -> Element | None:
        """The spans of wordings; None where there is none."""
        groups = [
            element(
                "temporalGroup",
                element("timeInterval", start=start, end=end, refersTo="#in-force"),
                eId=name,
            )
            for (start, end), name in self.spans.items()
        ]
        return element("temporalData", *groups, source=EDITORS) if groups else None

    @property
    def concepts(self) -> list[str]:
        """What the events are called, each once."""
        return sorted({one.concept for one in self.events})


def _after(last: date) -> date:
    """The day after a last day: an end takes effect on it."""
    return last + timedelta(days=1) if last < date.max else last


def _events(of: Document) -> Iterable[Event]:
    yield from _dated(of.dates["signed_on"], "signature", "generation")
    yield from _dated(of.dates["in_force_on"], "entry-into-force", "")
    for day in of.prolonged:
        yield Event(day, "prolongation", "", source_of(_prolonging(of)))
    for day, maker in of.amended:
        yield Event(day, "change-of-wording", "amendment", source_of(maker))
    ended = of.dates["ended_on"]
    if ended and ended.latest:
        yield Event(_after(ended.latest), "end", "repeal", source_of(_ending(of)))


def _dated(value: HistoricDate | None, concept: str, type_: str) -> Iterable[Event]:
    if value and value.earliest:
        yield Event(value.earliest, concept, type_, ORIGINAL)


def _prolonging(of: Document) -> Related | None:
    return next((one for one in of.relations if one.reverse and one.verb == "prolongs"), None)


def _ending(of: Document) -> Related | None:
    verbs = ("supersedes", "terminates")
    return next((one for one in of.relations if one.reverse and one.verb in verbs), None)


def source_of(one: Related | None) -> str:
    """The reference to the instrument that caused an event; the instrument itself where none is known."""
    return f"#{reference_id(one)}" if one else ORIGINAL


def reference_id(one: Related) -> str:
    """The eId of the reference to another instrument."""
    return f"ref-{one.work.id}"
