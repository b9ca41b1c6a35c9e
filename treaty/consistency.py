"""Laws of instruments, wordings and acts that no single row can hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cstokb.records.consistency import Broken, Rule, called
from cstokb.records.models import Entry
from cstokb.records.said import day_said, days_said, of_kinds
from cstokb.records.scope import NOW
from members.consistency import grouped, overlaps
from treaty.choices import ActionKind, ProvisionKind, Verb
from treaty.detection import differences
from treaty.final import told as all_told
from treaty.models import (
    Amendment,
    Instrument,
    InstrumentRelation,
    Provision,
    ProvisionNumber,
    ProvisionText,
    TreatyAction,
)
from treaty.numbering import ProvisionName, order_key
from treaty.status import CONSENTS, ENDS, Bound

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def wordings_do_not_overlap(today: date) -> Iterator[Broken]:
    """Law 3: wordings of one provision in one language and standing share no day."""
    rows = ProvisionText.objects.select_related("entry")
    yield from overlaps("wordings", "provision-text", grouped(rows, "provision_id", "language", "standing"))


def numbers_do_not_overlap(today: date) -> Iterator[Broken]:
    """A provision bears one number on a day."""
    rows = ProvisionNumber.objects.select_related("entry")
    yield from overlaps("numbers", "provision-number", grouped(rows, "provision_id"))


def articles_stand_in_the_order_of_their_numbers(today: date) -> Iterator[Broken]:
    """Order in an instrument is that of the numbers, and the id says the number."""
    articles = Provision.objects.filter(type=ProvisionKind.ARTICLE).select_related("entry").order_by("order")
    for group in grouped(articles, "instrument_id").values():
        keys = [order_key(article.number) for article in group]
        for article, key, following in zip(group, keys, keys[1:], strict=False):
            if key >= following:
                yield Broken("order", "provision", article.public_id, _("stands before a lower number"))
        for article in group:
            if (
                article.eid != ProvisionName(article.type, article.number).anchor
                and not article.numbers.exists()
            ):
                said = format_lazy(_("eId {eid} is not its number's"), eid=article.eid)
                yield Broken("order", "provision", article.public_id, said)


def a_changed_wording_was_made_by_an_amendment(today: date) -> Iterator[Broken]:
    """The instrument that made a wording amends the instrument that the wording is part of."""
    amends = set(InstrumentRelation.objects.filter(verb=Verb.AMENDS).values_list("source_id", "target_id"))
    for text in ProvisionText.objects.filter(made_by__isnull=False).select_related("entry", "provision"):
        if (text.made_by_id, text.provision.instrument_id) not in amends:
            said = _("made by an instrument that amends another")
            yield Broken("amendments", "provision-text", text.public_id, said)


def an_amendment_amends_what_its_maker_amends(today: date) -> Iterator[Broken]:
    """The relation "amends" stands between the two instruments of every amendment."""
    amends = set(InstrumentRelation.objects.filter(verb=Verb.AMENDS).values_list("source_id", "target_id"))
    for one in Amendment.objects.select_related("entry"):
        if (one.made_by_id, one.instrument_id) not in amends:
            said = _("its instruments lack the relation amends")
            yield Broken("amendments", "amendment", one.public_id, said)


def a_changed_wording_has_its_amendment(today: date) -> Iterator[Broken]:
    """A wording that another instrument made is the work of an amendment to its provision."""
    recorded = set(Amendment.objects.values_list("made_by_id", "provision_id"))
    for text in ProvisionText.objects.filter(made_by__isnull=False).select_related("entry"):
        if (text.made_by_id, text.provision_id) not in recorded:
            yield Broken("amendments", "provision-text", text.public_id, _("no amendment says what made it"))


def nothing_enters_into_force_before_it_is_signed(today: date) -> Iterator[Broken]:
    """An act works on or after the day it was done, and an instrument after its signature."""
    early = TreatyAction.objects.filter(effective_on_max__lt=F("done_on_min"), type__in=[*CONSENTS, *ENDS])
    for act in early.select_related("entry"):
        yield Broken("acts", "treaty-action", act.public_id, _("works before it was done"))


def a_state_ends_only_what_it_consented_to(today: date) -> Iterator[Broken]:
    """An act that ends something has a consent before it, or provisional application."""
    acts = TreatyAction.objects.select_related("entry").in_order()
    for group in grouped(acts, "instrument_id", "state_id").values():
        consented = False
        for act in group:
            consented = consented or act.type in CONSENTS
            consented = consented or act.type == ActionKind.PROVISIONAL
            if act.type in {ActionKind.DENUNCIATION, ActionKind.WITHDRAWAL} and not consented:
                yield Broken("acts", "treaty-action", act.public_id, _("ends what no act began"))


def stored_dates_follow_from_final_clauses(today: date) -> Iterator[Broken]:
    """Law 11: a stored date that certainly is not the one that follows from a final clause is a contradiction.

    It breaks no law of the model: one of the two is wrong, or the practice left the text. A curator weighs it.
    """
    wrong = [found for one in all_told(NOW).values() for found in one.contradictions]
    titles = of_kinds({Instrument.kind, TreatyAction.kind}, {found.of for found in wrong})
    for found in wrong:
        field = called(TreatyAction if found.state else Instrument, found.name)
        values = {"record": titles.get(found.of, found.of), "field": field, "computed": _days(found.bound)}
        values["stored"] = day_said(found.stored) if found.stored else ""
        told = _("{record}: “{field}” is stored as {stored}, and {computed} follows")
        said = format_lazy(told, **values)
        yield Broken("clauses", "final-clause", found.clause, said)


def _days(bound: Bound) -> _StrPromise:
    known = (None if day in (date.min, date.max) else day for day in (bound.earliest, bound.latest))
    return days_said(*known)


#: What a curator weighs: stored facts that disagree with computed ones and break no law of the model.
DOUBTS: tuple[Rule, ...] = (stored_dates_follow_from_final_clauses,)


def detected_references_match_the_texts(today: date) -> Iterator[Broken]:
    """The table of references found in wordings says what the public wordings say, and nothing else."""
    found = list(differences())
    entries = Entry.objects.in_bulk([key for key, _reason in found])
    for key, reason in found:
        yield Broken("references", "provision-text", entries[key].slug, reason)


RULES: tuple[Rule, ...] = (
    wordings_do_not_overlap,
    numbers_do_not_overlap,
    articles_stand_in_the_order_of_their_numbers,
    a_changed_wording_was_made_by_an_amendment,
    an_amendment_amends_what_its_maker_amends,
    a_changed_wording_has_its_amendment,
    nothing_enters_into_force_before_it_is_signed,
    a_state_ends_only_what_it_consented_to,
    detected_references_match_the_texts,
)
