"""The Organization on a day: who stands where, who holds the chair, who leads the Secretariat, what met last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from cstokb.dates import HistoricDate, Period, describe
from cstokb.dates.answers import Answer
from cstokb.listing.ask import Ask
from cstokb.listing.listing import Line
from cstokb.listing.names import Named, names_of
from cstokb.records.models import Entry, Kept
from members.cards import shown_standing
from members.choices import OfficeRole, PeriodEnd, PeriodStanding
from members.listings import STATES
from members.models import MembershipPeriod, Office, ParticipationPause, Term
from summits.choices import SessionStatus
from summits.models import Chairmanship, Session
from treaty.choices import ActionKind, PartyStatus
from treaty.models import Instrument, TreatyAction
from treaty.status import Act, Bound, History, history
from treaty.status import Spell as PartySpell

TREATY, CHARTER, COUNCIL, SECRETARIAT = "cst", "charter", "csc", "secretariat"
#: How a state that is no member stands, from its acts upon the Treaty.
BY_ACTS = {
    PartyStatus.PARTY: "party",
    PartyStatus.FORMER: "former",
    PartyStatus.SUSPENDED: "suspended",
    PartyStatus.UNKNOWN: "unknown",
}
INSIDE = ("member", "paused", "party")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """How one state stands on the day.

    ``since`` is the first day of that, ``until`` the last day as a party of one that is no longer; ``disputed`` says
    that sources differ whether it ever was one.
    """

    line: Line
    standing: str
    since: HistoricDate | None = None
    until: HistoricDate | None = None
    disputed: bool = False


@dataclass
class Organization:
    """What is known of the Organization on the day that a question asks about."""

    ask: Ask

    def _rows(self, model: type[Kept]) -> Any:
        """The public rows of a model, with the verbs of its own."""
        return self.ask.scope.rows(model)

    # -- fetched once each -----------------------------------------------------------------------------------------

    @cached_property
    def lines(self) -> list[Line]:
        """Every state with its standing, by name."""
        order = [key.expression() for key in STATES.order_in(self.ask.language)]
        return STATES.lines(list(STATES.fetch(STATES.rows(self.ask).order_by(*order))), self.ask)

    @cached_property
    def instruments(self) -> Mapping[str, Row]:
        """The Treaty and the Charter by id."""
        rows = self._rows(Instrument).filter(entry__slug__in=(TREATY, CHARTER))
        return {row["entry__slug"]: row for row in rows.values("entry_id", "entry__slug", "in_force_on")}

    @cached_property
    def acts(self) -> Mapping[int, list[Act]]:
        """The acts of each state upon the Treaty, by the state's row id."""
        found: dict[int, list[Act]] = defaultdict(list)
        treaty = self.instruments.get(TREATY)
        if treaty:
            columns = ("state_id", "entry__slug", "type", "done_on", "effective_on", "disputed")
            rows = self._rows(TreatyAction).filter(instrument_id=treaty["entry_id"]).in_order()
            for state, *act in rows.values_list(*columns):
                found[state].append(Act(*act))
        return found

    @cached_property
    def histories(self) -> Mapping[int, History]:
        """How each state stands to the Treaty."""
        in_force_on = self.instruments[TREATY]["in_force_on"] if self.acts else None
        return {state: history(acts, in_force_on) for state, acts in self.acts.items()}

    @cached_property
    def memberships(self) -> Mapping[int, list[Row]]:
        """Periods as member of the Organization itself, by state."""
        rows = self._rows(MembershipPeriod).filter(organ_id__isnull=True, standing=PeriodStanding.MEMBER)
        return _by_state(rows.in_order().values("state_id", "began_on", "ended_on", "ended_by"))

    @cached_property
    def pauses(self) -> Mapping[int, list[Row]]:
        """Pauses in taking part, by state."""
        rows = self._rows(ParticipationPause).in_order()
        return _by_state(rows.values("state_id", "began_on", "ended_on", "summary_en", "summary_ru"))

    @cached_property
    def chairs(self) -> list[Row]:
        """Chairmanships that hold the day; two on a day of hand-over."""
        rows = self._rows(Chairmanship).on(self.ask.day).in_order()
        return list(rows.values("state_id", "person_id", "began_on"))

    @cached_property
    def leaders(self) -> list[Row]:
        """Terms as Secretary General that hold the day."""
        offices = self._rows(Office).filter(
            role=OfficeRole.SECRETARY_GENERAL, organ_id__in=_entries("organ", SECRETARIAT)
        )
        rows = self._rows(Term).filter(office_id__in=offices.values("entry_id")).on(self.ask.day).in_order()
        return list(rows.values("person_id", "began_on", "acting"))

    @cached_property
    def names(self) -> Mapping[int, Named]:
        """Names of those in the chair and at the head of the Secretariat."""
        ids = [row[key] for row in self.chairs for key in ("state_id", "person_id")]
        return names_of([*ids, *(row["person_id"] for row in self.leaders)], self.ask.scope)

    # -- who stands where ------------------------------------------------------------------------------------------

    @cached_property
    def places(self) -> list[Place]:
        """How every state stands on the day."""
        return [self._place(line) for line in self.lines]

    def _place(self, line: Line) -> Place:
        standing = shown_standing(line)
        if standing != "none":
            return Place(line, standing, line.dates.get("standing_since"))
        told = self.histories.get(line.entry_id, History())
        status = PartyStatus(told.on(self.ask.day).status)
        over = [spell for spell in told.as_party if spell.ends and spell.ends.latest <= self.ask.day]
        disputed = bool(over) and all(spell.disputed for spell in over)
        until = _last_day(over[-1]) if over and status is PartyStatus.FORMER else None
        return Place(line, BY_ACTS.get(status, "none"), until=until, disputed=disputed)

    @property
    def inside(self) -> list[Place]:
        """Members, and before there were members the parties to the Treaty."""
        return [place for place in self.places if place.standing in INSIDE]

    @property
    def outside(self) -> list[Place]:
        """Suspended and former ones, and those of which it is not known or disputed what they were."""
        return [p for p in self.places if p.standing not in (*INSIDE, "none") or p.disputed]

    def pause_of(self, place: Place) -> str:
        """Since when a pause that holds the day has lasted, and what is said of it."""
        for row in self.pauses.get(place.line.entry_id, ()):
            if Period(row["began_on"], row["ended_on"]).holds(self.ask.day) is not Answer.NO:
                said = str((row["summary_ru"] if self.ask.language == "ru" else "") or row["summary_en"])
                day = (
                    describe(row["began_on"], self.ask.language, after_since=True) if row["began_on"] else ""
                )
                since = _("Since %(day)s.") % {"day": day} if day else ""
                return " ".join(part for part in (since, said) if part)
        return ""

    def in_the_chair(self, place: Place) -> bool:
        """Whether the state holds the chair."""
        return place.line.entry_id in {row["state_id"] for row in self.chairs}

    # -- the ruler -------------------------------------------------------------------------------------------------

    def ruler_rows(self) -> list[dict[str, Any]]:
        """One lane for each state that ever acted upon the Treaty."""
        return [
            {
                "label": line.label,
                "abbr": line.id.upper(),
                "spans": [*self._as_party(line), *self._as_member(line)],
                "marks": list(self._signatures(line)),
            }
            for line in self.lines
            if line.entry_id in self.histories
        ]

    def _as_party(self, line: Line) -> Iterator[dict[str, Any]]:
        members = [row["began_on"] for row in self.memberships.get(line.entry_id, ())]
        joined = [began.earliest for began in members if began and began.earliest]
        for spell in self.histories[line.entry_id].as_party:
            start, end = _date(spell.begins), _last_day(spell)
            later = [day for day in joined if day > spell.begins.earliest]
            if spell.begins.earliest in joined:
                continue  # a member of the Organization from the first day on
            if later and (end is None or end.latest is None or min(later) <= end.latest):
                end = HistoricDate.of_day(min(later) - timedelta(days=1))
            yield {"kind": "unknown" if spell.disputed else "party", "start": start, "end": end}

    def _as_member(self, line: Line) -> Iterator[dict[str, Any]]:
        pauses = self.pauses.get(line.entry_id, [])
        for row in self.memberships.get(line.entry_id, ()):
            cut = pauses[0]["began_on"] if pauses and row["ended_on"] is None else None
            yield {"kind": "member", "start": row["began_on"], "end": _day_before(cut) or row["ended_on"]}
            if row["ended_by"] == PeriodEnd.SUSPENSION and row["ended_on"]:
                yield {"kind": "suspended", "start": _day_after(row["ended_on"]), "end": None}
        for row in pauses:
            yield {"kind": "paused", "start": row["began_on"], "end": row["ended_on"]}

    def _signatures(self, line: Line) -> Iterator[dict[str, Any]]:
        founding = self._first_signature()
        for act in self.acts[line.entry_id]:
            if act.kind == ActionKind.SIGNATURE and act.done_on:
                late = act.done_on.earliest != founding
                yield {"on": act.done_on, "kind": "late-signature" if late else "signature"}

    def _first_signature(self) -> date | None:
        days = [
            act.moment[0] for acts in self.acts.values() for act in acts if act.kind == ActionKind.SIGNATURE
        ]
        return min(days, default=None)

    def milestones(self) -> list[tuple[date, str]]:
        """Days that changed the whole: the Treaty in force, prolonged, the Charter in force."""
        acts = [act for own in self.acts.values() for act in own if act.kind == ActionKind.PROLONGATION]
        prolonged = [
            act.effective_on.earliest for act in acts if act.effective_on and act.effective_on.earliest
        ]
        found = [
            (self._in_force(TREATY), _("%(year)s, Treaty in force")),
            (min(prolonged, default=None), _("%(year)s, prolonged")),
            (self._in_force(CHARTER), _("%(year)s, Charter in force")),
        ]
        return [(day, words % {"year": day.year}) for day, words in found if day]

    def _in_force(self, slug: str) -> date | None:
        row = self.instruments.get(slug)
        return row["in_force_on"].earliest if row and row["in_force_on"] else None


def sessions_about(ask: Ask) -> tuple[Row | None, Row | None]:
    """The last session of the Council held by the day, and one planned after it of which nothing more is known."""
    council: Any = ask.scope.rows(Session).filter(organ_id__in=_entries("organ", COUNCIL))
    columns = ("entry__label_en", "entry__label_ru", "entry__path", "city_en", "city_ru", "began_on")
    last = council.counted().filter(began_on_max__lte=ask.day).newest_first().values(*columns).first()
    if last is None or ask.day < ask.today:
        return last, None
    planned = council.filter(status=SessionStatus.PLANNED, began_on_min__gt=last["began_on"].latest)
    return last, planned.newest_first().values(*columns).last()


def _entries(kind: str, slug: str) -> Any:
    """The row id of a record, as a subquery."""
    return Entry.objects.filter(kind=kind, slug=slug).values("pk")


def _by_state(rows: Any) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["state_id"]].append(row)
    return found


def _date(bound: Bound) -> HistoricDate:
    """The first day of a spell; where it lies between two days the year in which it surely had begun."""
    if bound.earliest == bound.latest or bound.latest == date.max:
        return HistoricDate.of_day(bound.earliest)
    return HistoricDate.of_day(bound.latest)


def _last_day(spell: PartySpell) -> HistoricDate | None:
    if spell.ends is None:
        return None
    return HistoricDate.of_day(spell.ends.latest - timedelta(days=1))


def _day_before(value: HistoricDate | None) -> HistoricDate | None:
    earliest = value.earliest if value else None
    return HistoricDate.of_day(earliest - timedelta(days=1)) if earliest else None


def _day_after(value: HistoricDate) -> HistoricDate:
    return HistoricDate.of_day(value.latest + timedelta(days=1)) if value.latest else value


def standing_ids(places: Sequence[Place]) -> dict[str, str]:
    """Standings by state id, for the map."""
    return {place.line.id: place.standing for place in places}
