"""Kinds of record that the search finds, and what readers call them and their finer kinds."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from members.choices import OrganKind
from statements.choices import StatementKind
from summits.choices import ActivityKind, SessionKind
from treaty.choices import InstrumentKind, ProvisionKind

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

KINDS: dict[str, StrPromise] = {
    "state": _("State"),
    "person": _("Person"),
    "organ": _("Organ"),
    "instrument": _("Instrument"),
    "provision": _("Provision"),
    "session": _("Session"),
    "statement": _("Statement"),
    "invocation": _("Invocation"),
    "activity": _("Activity"),
    "milestone": _("Milestone"),
    "topic": _("Topic"),
}
FINER: dict[str, type[TextChoices]] = {
    "organ": OrganKind,
    "instrument": InstrumentKind,
    "provision": ProvisionKind,
    "session": SessionKind,
    "statement": StatementKind,
    "activity": ActivityKind,
}


@cache
def finer_words() -> tuple[str, ...]:
    """Every word of a finer kind; some mean the same of several kinds of record."""
    return tuple(dict.fromkeys(word for words in FINER.values() for word in words.values))


def finer_label(word: str, kind: str = "") -> str:
    """A finer kind as readers see it: that of a kind of record, or of the first that knows the word."""
    vocabularies = [FINER[kind]] if kind in FINER else list(FINER.values())
    for words in vocabularies:
        if word in words.values:
            return str(words(word).label)
    return word
