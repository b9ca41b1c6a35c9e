"""The plan of an import: whether each part of an outline is new, stands already, differs, or cannot be taken."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstokb.curation.importing.compare import same_words
from cstokb.curation.importing.places import Places
from cstokb.curation.outline import Outline, Part, Warn
from cstokb.dates import HistoricDate, Period
from cstokb.records.choices import Publication
from cstokb.records.models import Entry
from treaty.choices import ProvisionKind, TextStanding
from treaty.citations import articles_cited
from treaty.models import Instrument, Provision, ProvisionText


class State(StrEnum):
    """What importing a part would do."""

    NEW = "new"
    UNCHANGED = "unchanged"
    SPELLING = "spelling"
    DIFFERS = "differs"
    BLOCKED = "blocked"


STATES = {
    State.NEW: gettext_lazy("new"),
    State.UNCHANGED: gettext_lazy("stands already"),
    State.SPELLING: gettext_lazy("same words, other spacing or marks"),
    State.DIFFERS: gettext_lazy("differs"),
    State.BLOCKED: gettext_lazy("cannot be taken"),
}


@dataclass(frozen=True)
class Terms:
    """What the curator says of the wording: whose it is, in which language, with which standing, and since when."""

    instrument: Instrument
    language: str
    standing: str
    began_on: HistoricDate | None = None
    ended_on: HistoricDate | None = None
    made_by: Instrument | None = None

    @property
    def eve(self) -> str:
        """The day before the first, where that is known to the day."""
        first = self.began_on.exact_day if self.began_on else None
        return (first - timedelta(days=1)).isoformat() if first else ""

    @property
    def period(self) -> Period:
        """The days of the wording."""
        return Period(self.began_on, self.ended_on)


@dataclass
class Item:
    """A part of the outline with what stands of it already.

    ``ends`` is a draft without a last day that the new wording follows; it gets the day before as its last.
    """

    index: int
    part: Part
    slug: str
    provision: Provision | None = None
    wording: ProvisionText | None = None
    wording_id: str = ""
    ends: ProvisionText | None = None
    order: int = 0
    state: State = State.NEW
    remarks: list[str] = field(default_factory=list)
    warnings: list[Warn] = field(default_factory=list)

    @property
    def has_wording(self) -> bool:
        """Whether the part has words of its own; a chapter has a heading only."""
        return self.part.kind is not ProvisionKind.CHAPTER

    @property
    def can_be_taken(self) -> bool:
        """Whether there is anything to import."""
        return self.state in {State.NEW, State.SPELLING, State.DIFFERS}

    @property
    def is_suggested(self) -> bool:
        """Whether its box is ticked at first; a copy that is only spaced otherwise is no better than what stands."""
        return self.state in {State.NEW, State.DIFFERS}

    @property
    def state_name(self) -> str:
        """The state in words."""
        return str(STATES[self.state])

    @property
    def is_proposed(self) -> bool:
        """Whether what stands is published, so that importing makes a proposal."""
        return self.wording is not None and self.wording.entry.publication == Publication.PUBLISHED

    def as_json(self) -> dict[str, Any]:
        """The item as JSON values."""
        return {
            **self.part.as_json(),
            "id": self.slug,
            "state": self.state.value,
            "provision": "stands" if self.provision else "new",
            "order": self.order,
            "remarks": self.remarks,
            "warnings": [{"code": one.code.value, "sentence": one.sentence} for one in self.warnings],
        }


@dataclass
class Plan:
    """What an import would do, part by part."""

    outline: Outline
    terms: Terms
    items: list[Item]

    @property
    def warnings(self) -> list[Warn]:
        """Warnings that concern the text as a whole."""
        return [one for one in self.outline.warnings if not one.place]

    @property
    def nothing_new(self) -> bool:
        """Whether every part stands already as it is."""
        return bool(self.items) and all(item.state is State.UNCHANGED for item in self.items)

    @property
    def fingerprint(self) -> str:
        """Changes when a record that the plan is made against changes, or the plan itself."""
        said = [
            [
                item.slug,
                item.state,
                item.order,
                _version(item.provision),
                _version(item.wording),
                _version(item.ends),
                item.part.text,
            ]
            for item in self.items
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    def counts(self) -> list[tuple[str, int]]:
        """How many parts are in each state, in words."""
        counted = [(state, sum(item.state is state for item in self.items)) for state in State]
        return [(str(STATES[state]), number) for state, number in counted if number]


def _version(row: Any) -> int:
    return row.entry.version if row is not None else 0


def plan(outline: Outline, terms: Terms) -> Plan:
    """What importing an outline would do, as the records stand now."""
    return _Planner(outline, terms).plan


class _Planner:
    """Holds the parts of an outline against the records, in a fixed number of queries."""

    def __init__(self, outline: Outline, terms: Terms) -> None:
        self._terms = terms
        base = terms.instrument.public_id
        self._provisions = self._standing()
        self._wordings = self._texts()
        self._taken_ids = self._ids_of_wordings()
        items = [Item(index, part, f"{base}/{part.anchor}") for index, part in enumerate(outline.parts)]
        seen: set[str] = set()
        for item in items:
            item.provision = self._provisions.get(item.part.anchor)
            item.warnings = [one for one in outline.warnings if one.place == item.part.anchor]
            self._judge(item, seen)
            item.wording_id = self._id_of_wording(item) if item.has_wording else ""
            seen.add(item.part.anchor)
        self._place(items)
        self.plan = Plan(outline, terms, items)

    def _standing(self) -> dict[str, Provision]:
        rows = Provision.objects.select_related("entry").filter(instrument_id=self._terms.instrument.pk)
        return {row.eid: row for row in rows.order_by("order")}

    def _texts(self) -> dict[int, list[ProvisionText]]:
        found: dict[int, list[ProvisionText]] = {}
        keys = [row.pk for row in self._provisions.values()]
        for row in ProvisionText.objects.select_related("entry").filter(provision_id__in=keys).order_by("pk"):
            found.setdefault(row.provision_id, []).append(row)
        return found

    def _ids_of_wordings(self) -> set[str]:
        start = f"{self._terms.instrument.public_id}/"
        return set(
            Entry.objects.filter(kind="provision-text", slug__startswith=start).values_list("slug", flat=True)
        )

    def _judge(self, item: Item, seen: set[str]) -> None:
        """Say what importing a part would do."""
        if item.part.anchor in seen:
            self._block(item, _("Another part with this number stands above."))
        elif item.provision and item.provision.entry.publication == Publication.WITHDRAWN:
            self._block(item, _("The provision was withdrawn."))
        elif not item.has_wording:
            item.state = State.UNCHANGED if item.provision else State.NEW
        elif not item.part.text:
            self._block(item, _("There is no text to import."))
        else:
            self._judge_wording(item, self._wordings.get(item.provision.pk, []) if item.provision else [])

    def _judge_wording(self, item: Item, held: Sequence[ProvisionText]) -> None:
        terms = self._terms
        like = [row for row in held if (row.language, row.standing) == (terms.language, terms.standing)]
        item.wording = next((row for row in like if row.began_on == terms.began_on), None)
        going_on = self._goes_on(item, like) if item.wording is None else None
        if going_on is not None:
            item.wording, item.state = going_on, State.UNCHANGED
            item.remarks.append(
                _("The wording %(other)s goes on without a change.") % {"other": going_on.public_id}
            )
            return
        others = [
            row for row in like if row is not item.wording and row.entry.publication != Publication.WITHDRAWN
        ]
        clash = next((row for row in others if self._overlaps(row)), None)
        if item.wording and item.wording.entry.publication == Publication.WITHDRAWN:
            self._block(item, _("This wording was withdrawn."))
        elif clash is not None and self._follows(clash, len([row for row in others if self._overlaps(row)])):
            item.ends = clash
            said = _("The draft wording %(other)s gets its last day: %(day)s.")
            item.remarks.append(said % {"other": clash.public_id, "day": self._terms.eve})
        elif clash is not None:
            said = _("It would share days with the wording %(other)s. Give that one its last day first.")
            self._block(item, said % {"other": clash.public_id})
        elif item.wording:
            self._compare(item, item.wording)
        self._check_references(item, held)

    def _goes_on(self, item: Item, like: Sequence[ProvisionText]) -> ProvisionText | None:
        """An earlier wording with the same words that holds on the first day: an amendment left the part as it was."""
        rows = (row for row in like if row.entry.publication != Publication.WITHDRAWN and row.began_on)
        return next(
            (row for row in rows if self._overlaps(row) and same_words(row.text, item.part.text)), None
        )

    def _follows(self, row: ProvisionText, clashes: int) -> bool:
        """Whether a draft that has no last day yet can end on the day before the new wording begins."""
        first = self._terms.began_on.exact_day if self._terms.began_on else None
        earlier = row.began_on.latest if row.began_on else None
        if first is None or earlier is None or clashes > 1:
            return False
        is_open = row.entry.publication == Publication.DRAFT and row.ended_on is None
        return is_open and earlier < first

    def _overlaps(self, row: ProvisionText) -> bool:
        if self._terms.began_on is None or row.began_on is None:
            return False
        return self._terms.period.certainly_overlaps(Period(row.began_on, row.ended_on), 0)

    def _compare(self, item: Item, row: ProvisionText) -> None:
        terms = self._terms
        days = terms.ended_on is not None and terms.ended_on != row.ended_on
        maker = terms.made_by is not None and terms.made_by.pk != row.made_by_id
        if days or maker:
            item.remarks.append(_("Its last day or its maker would change."))
        if row.text == item.part.text and not (days or maker):
            item.state = State.UNCHANGED
        else:
            alike = same_words(row.text, item.part.text) and not (days or maker)
            item.state = State.SPELLING if alike else State.DIFFERS

    def _check_references(self, item: Item, held: Sequence[ProvisionText]) -> None:
        """A copy that refers to other articles than a second copy of the same days is told."""
        if item.state is State.UNCHANGED:
            return
        ours = articles_cited(item.part.text)
        copies = [
            row
            for row in held
            if row.standing != TextStanding.RESTATEMENT and row is not item.wording and self._overlaps(row)
        ]
        for row in copies:
            theirs = articles_cited(row.text)
            if ours and theirs and ours != theirs:
                said = _("It refers to articles %(ours)s, and %(other)s to %(theirs)s. Compare the two.")
                names = {"ours": _listed(ours), "theirs": _listed(theirs), "other": row.public_id}
                item.remarks.append(said % names)

    def _block(self, item: Item, why: str) -> None:
        item.state = State.BLOCKED
        item.remarks.append(why)

    def _place(self, items: Sequence[Item]) -> None:
        places = Places(row.order for row in self._provisions.values())
        for item, order in zip(
            items,
            places.given([item.provision.order if item.provision else None for item in items]),
            strict=True,
        ):
            item.order = order
        for item in items:
            if item.provision is None and item.order in places.pushed:
                item.remarks.append(
                    _("There is no free place for it among its neighbours; it is put at the end.")
                )

    def _id_of_wording(self, item: Item) -> str:
        """The id of the wording: provision, language and first day, with the standing where that is taken."""
        if item.wording is not None:
            return item.wording.public_id
        terms = self._terms
        began = terms.began_on.edtf.lower() if terms.began_on else "undated"
        plain = f"{item.slug}/{terms.language}/{began}"
        return plain if plain not in self._taken_ids else f"{plain}/{terms.standing}"


def _listed(numbers: frozenset[str]) -> str:
    return ", ".join(sorted(numbers, key=lambda one: (len(one), one)))
