"""Instruments, provisions, wordings and acts for tests."""

from typing import Any

from members.models import State
from tests.factories.records import published
from treaty.models import (
    ActionProvision,
    Amendment,
    FinalClause,
    Instrument,
    InstrumentRelation,
    Provision,
    ProvisionNumber,
    ProvisionReference,
    ProvisionText,
    TreatyAction,
)
from treaty.numbering import ProvisionName


def instrument(slug: str, title: str = "", *, kind: str = "treaty", **fields: Any) -> Instrument:
    """An instrument; its publication can be given."""
    options = {name: fields.pop(name) for name in ("publication", "topics", "at") if name in fields}
    return published(Instrument(title_en=title or slug.upper(), type=kind, **fields), slug, **options)


def article(
    of: Instrument, number: str, *, kind: str = "article", order: int | None = None, **fields: Any
) -> Provision:
    """A provision of an instrument, at the place of its number unless another is given."""
    options = {name: fields.pop(name) for name in ("publication",) if name in fields}
    eid = fields.pop("eid", ProvisionName(kind, number).anchor)
    place = order if order is not None else int("".join(c for c in number if c.isdigit()) or 0) * 10
    row = Provision(instrument=of, type=kind, number=number, eid=eid, order=place, **fields)
    return published(row, f"{of.public_id}/{eid}", **options)


def wording(
    of: Provision, began: str | None, ended: str | None = None, text: str = "", **fields: Any
) -> ProvisionText:
    """A wording in English, a restatement unless something else is said."""
    options = {name: fields.pop(name) for name in ("publication", "at") if name in fields}
    values = {"language": "en", "standing": "restatement", **fields}
    row = ProvisionText(provision=of, began_on=began, ended_on=ended, text=text or f"From {began}.", **values)
    return published(row, f"{of.public_id}/{values['language']}/{began or 'undated'}", **options)


def number(of: Provision, said: str, began: str | None, ended: str | None = None) -> ProvisionNumber:
    """A number that a provision bore between two days."""
    row = ProvisionNumber(provision=of, number=said, began_on=began, ended_on=ended)
    return published(row, f"{of.public_id}/number/{began or 'first'}")


def act(
    of: Instrument,
    state: State,
    kind: str,
    done: str | None = None,
    effective: str | None = None,
    **fields: Any,
) -> TreatyAction:
    """An act of a state."""
    options = {name: fields.pop(name) for name in ("publication", "at") if name in fields}
    row = TreatyAction(instrument=of, state=state, type=kind, done_on=done, effective_on=effective, **fields)
    return published(
        row, f"{of.public_id}/{state.public_id}/{kind}/{done or effective or 'undated'}", **options
    )


def amendment(
    by: Instrument, of: Provision | Instrument, effect: str = "changes-words", **fields: Any
) -> Amendment:
    """What an instrument changes in a provision, or in another instrument as a whole."""
    options = {name: fields.pop(name) for name in ("publication",) if name in fields}
    provision = of if isinstance(of, Provision) else None
    whole = of.instrument if isinstance(of, Provision) else of
    row = Amendment(made_by=by, instrument=whole, provision=provision, effect=effect, **fields)
    return published(row, f"{by.public_id}/amends/{of.public_id}", **options)


def concerns(of: TreatyAction, what: Provision) -> ActionProvision:
    """An act concerns a provision."""
    return published(ActionProvision(action=of, provision=what), f"{of.public_id}/{what.eid}")


def clause(of: Instrument, rule: str, **fields: Any) -> FinalClause:
    """A final clause of an instrument."""
    options = {name: fields.pop(name) for name in ("publication",) if name in fields}
    return published(
        FinalClause(instrument=of, rule=rule, **fields), f"{of.public_id}/clause/{rule}", **options
    )


def relation(source: Instrument, verb: str, target: Instrument) -> InstrumentRelation:
    """How one instrument stands to another."""
    row = InstrumentRelation(source=source, verb=verb, target=target)
    return published(row, f"{source.public_id}/{verb}/{target.public_id}")


def reference(of: Provision, target: Provision | Instrument, why: str = "") -> ProvisionReference:
    """A provision refers to another, or to an instrument."""
    side = "target_provision" if isinstance(target, Provision) else "target_instrument"
    count = ProvisionReference.objects.filter(provision_id=of.pk).count() + 1
    return published(
        ProvisionReference(provision=of, why_en=why, **{side: target}), f"{of.public_id}/ref-{count}"
    )
