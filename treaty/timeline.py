"""How one state stood to every instrument upon which it acted, on the scale of years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from cstokb.dates import HistoricDate
from cstokb.listing.ask import Ask
from cstokb.listing.listing import Line
from cstokb.listing.names import Named
from cstokb.listing.prepared import ID, IDS, prepared
from cstokb.listing.together import Wanted
from cstokb.records.scope import Scope
from treaty.acts import parties_told
from treaty.choices import ActionKind
from treaty.listings import INSTRUMENTS
from treaty.models import Instrument, TreatyAction
from treaty.page_parts import Item, own
from treaty.page_spells import ruler_key, ruler_row
from treaty.questions import ACT, FORCE
from treaty.texts import force_of

#: The texts by which a state belongs to the Organization.
FOUNDING = ("charter", "cst")
_TITLES = ("entry__label_en", "entry__label_ru", "short_en", "short_ru", "signed_on_min")


def state_timeline(line: Line, ask: Ask) -> Item | None:
    """The rows for the ruler on a state's page, the oldest instrument first; one query. None without any act."""
    done, instruments = _acted(ask.scope, ask.language, state=line.entry_id)
    state = {line.entry_id: Named("state", line.id, line.label, line.label, "")}
    told = parties_told(done, {row["entry_id"]: force_of(row) for row in instruments}, state)
    rows = [
        ruler_row(
            told[row["entry_id"]].histories[line.id],
            own(row, "short", ask) or own(row, "entry__label", ask),
            "",
            [_mark_of(act) for act in done if act["instrument_id"] == row["entry_id"]],
        )
        for row in instruments
        if line.id in told[row["entry_id"]].histories
    ]
    if not rows:
        return None
    title = _("Treaties and other instruments over time")
    return {"id": "treaties-over-time", "title": title, "rows": rows, "key": ruler_key(rows)}


@prepared(state=ID)
def _acted(scope: Scope, language: str, state: int) -> tuple[Wanted, Wanted]:
    """The acts of a state, and the instruments upon which it acted, the oldest first."""
    acts: Any = scope.rows(TreatyAction).filter(state_id=state)
    listed = INSTRUMENTS.rows(Ask.laid_out(scope, language))
    touched = listed.filter(entry_id__in=acts.values("instrument_id")).order_by("signed_on_min", "pk")
    return (
        Wanted.of(acts.in_order(), ACT),
        Wanted.of(touched, ("entry_id", "entry__slug", *_TITLES, *FORCE)),
    )


def _mark_of(act: dict[str, Any]) -> Line:
    """An act as far as its mark on the ruler needs it."""
    dates = {"done_on": act["done_on"], "effective_on": act["effective_on"]}
    return Line("", 0, "", "", {"type": act["type"]}, {}, dates)


# -- by which act a standing began ---------------------------------------------------------------------------------


def acts_of_the_day(days: Mapping[int, HistoricDate | None], ask: Ask) -> Mapping[int, list[Item]]:
    """The acts upon the founding texts that took effect on a day known for each of some states; one query.

    A standing in the Organization begins and ends with such an act (law 8).
    """
    # Asked also where no day is known, so that a page costs the same whatever it shows.
    known = {state: day.exact_day for state, day in days.items() if day and day.exact_day}
    found: dict[int, list[Item]] = defaultdict(list)
    (rows,) = _founding(ask.scope, states=list(known))
    for row in rows:
        when: HistoricDate | None = row["effective_on"] or row["done_on"]
        if when and when.exact_day == known[row["state_id"]]:
            found[row["state_id"]].append(_reason(row, ask))
    return found


@prepared(states=IDS)
def _founding(scope: Scope, states: Any) -> list[Wanted]:
    """The undisputed acts of some states upon the founding texts, with the names of these."""
    texts = scope.rows(Instrument).filter(entry__slug__in=FOUNDING)
    own_text = texts.filter(entry_id=OuterRef("instrument_id"))
    acts = scope.rows(TreatyAction).filter(
        state_id__in=states, instrument_id__in=texts.values("entry_id"), disputed=False
    )
    named = {
        f"text_{name}": Subquery(own_text.values(f"entry__{name}")[:1])
        for name in ("label_en", "label_ru", "path")
    }
    rows = acts.annotate(**named).order_by("instrument_id", "entry_id")
    return [Wanted.of(rows, ("state_id", *named, *ACT))]


def _reason(row: Mapping[str, Any], ask: Ask) -> Item:
    words = {"act": ActionKind(row["type"]).label, "instrument": own(row, "text_label", ask)}
    return {"text": _("%(act)s: %(instrument)s") % words, "url": ask.localised(f"{row['text_path']}parties/")}


TIMELINES = {"state": (state_timeline,)}
