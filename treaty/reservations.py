"""Which provisions acts concern, and the tables of reservations, declarations and objections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.listing import Line
from cstokb.listing.names import Called, Names, also_named
from cstokb.listing.prepared import IDS, prepared
from cstokb.listing.together import Found, Wanted
from cstokb.records.scope import Scope
from treaty.choices import ActionKind
from treaty.models import ActionProvision, Provision
from treaty.numbering import ProvisionName

Row = Mapping[str, Any]

#: Acts that say something of provisions and change no status.
SAID = (ActionKind.RESERVATION, ActionKind.DECLARATION, ActionKind.OBJECTION)


@dataclass(frozen=True)
class Concerned:
    """The provisions that the acts of a page concern, by the acts' row ids, in the order of the instrument."""

    provisions: Mapping[int, Sequence[Row]] = field(default_factory=dict)

    def of(self, row: Row) -> Sequence[Row]:
        """The provisions that one act concerns."""
        return self.provisions.get(row["entry_id"], ())

    def names(self, row: Row, language: str) -> str:
        """Their names, joined."""
        return ", ".join(ProvisionName(one["type"], one["number"]).text(language) for one in self.of(row))


def concerned(rows: Sequence[Row], ask: Ask) -> Concerned:
    """The provisions that acts concern, fetched with the names of all that acts name; one query for all of them."""
    found: dict[int, list[Row]] = defaultdict(list)
    for link in _fetched(rows, ask)[0]:
        found[link["action_id"]].append(link)
    return Concerned(found)


def names_in(rows: Sequence[Row], ask: Ask) -> Names:
    """The names that some acts name, fetched with the provisions that they concern."""
    _links, *named = _fetched(rows, ask)
    return Called.at(ask.scope).read(chain(*named))


def _fetched(rows: Sequence[Row], ask: Ask) -> list[Found]:
    acts = frozenset(row["entry_id"] for row in rows)
    around = {row[name] for row in rows for name in ("instrument_id", "state_id", "objects_to_id")} - {None}
    named = around | also_named(ask)
    return ask.once(("concerned", acts), lambda: _concerned(ask.scope, acts=acts, named=named))


@prepared(acts=IDS, named=IDS)
def _concerned(scope: Scope, acts: Any, named: Any) -> tuple[Wanted, ...]:
    """Which provisions acts concern, each with its kind, number and place; names of these and of others."""
    placed = scope.rows(Provision).filter(entry_id=OuterRef("provision_id"))
    columns = ("type", "number", "order")
    links = (
        scope.rows(ActionProvision)
        .filter(action_id__in=acts)
        .annotate(**{name: Subquery(placed.values(name)[:1]) for name in columns})
        .order_by("order", "entry_id")
    )
    called, concerned = Called.at(scope), links.order_by().values("provision_id")
    listed = Wanted.of(links, ("action_id", "provision_id", *columns))
    return listed, called.among(named), called.among(concerned)


def provision_ids(row: Row, made: Concerned) -> list[int]:
    """Row ids of the provisions that an act concerns."""
    return [one["provision_id"] for one in made.of(row)]


def names_en(row: Row, made: Concerned) -> str:
    """Their English names."""
    return made.names(row, "en")


def names_ru(row: Row, made: Concerned) -> str:
    """Their Russian names."""
    return made.names(row, "ru")


def said_table(lines: Sequence[Line], ask: Ask) -> Mapping[str, Any]:
    """Reservations, declarations and objections, each with the provisions it concerns and its text."""
    columns = (_("State"), _("Act"), _("Done on"), _("Concerns"), _("Text"))
    return {
        "caption": _("Reservations and declarations"),
        "caption_hidden": True,
        "columns": [{"label": label} for label in columns],
        "rows": [_said(line, ask) for line in lines],
    }


def _said(line: Line, ask: Ask) -> list[dict[str, Any]]:
    values, state = line.values, line.refs.get("state")
    names = values["provision_names_ru" if ask.language == "ru" else "provision_names_en"]
    where = line.refs.get("provisions") if len(values["provisions"]) == 1 else None
    basis = (values["basis_ru"] if ask.language == "ru" else None) or values["basis_en"]
    return [
        {"text": state.label(ask.language), "url": ask.localised(state.path)} if state else {"text": ""},
        {"text": _act(line, ask), "lead": True},
        {"date": line.dates["done_on"]},
        {
            "text": names or _("the whole instrument"),
            "url": ask.localised(where.path) if where and where.path else "",
        },
        {"text": values["text"] or basis or _("the text was not seen")},
    ]


def _act(line: Line, ask: Ask) -> str:
    label = str(ActionKind(line.values["type"]).label)
    target = line.refs.get("objects_to")
    return (
        _("%(act)s to: %(other)s") % {"act": label, "other": target.label(ask.language)} if target else label
    )
