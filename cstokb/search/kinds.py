"""Kinds of record that the search finds, and what readers call them and their finer kinds."""

from __future__ import annotations

from collections.abc import Mapping
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
def _meanings() -> Mapping[tuple[str, str], TextChoices]:
    """Every word of a finer kind with its kind of record, and by itself as the first kind that knows it has it."""
    known = {(kind, one.value): one for kind, words in FINER.items() for one in words}
    return {("", word): one for (_kind, word), one in reversed(known.items())} | known


@cache
def finer_words() -> tuple[str, ...]:
    """Every word of a finer kind; some mean the same of several kinds of record."""
    return tuple(dict.fromkeys(word for words in FINER.values() for word in words.values))


def finer_label(word: str, kind: str = "") -> str:
    """A finer kind as readers see it: that of a kind of record, or of the first that knows the word."""
    meant = _meanings().get((kind if kind in FINER else "", word))
    return str(meant.label) if meant else word
