"""Joined: how one state stood to a collective text."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.records.models import Record
from members.models import State
from statements.choices import JoinedStanding
from statements.models.statements import Statement


class Joined(Record):
    """A state joined a collective text, did not, was absent, or made a reservation. No row is no answer."""

    kind = "joined"
    published_through = ("statement", "state")

    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="joined", verbose_name=_("statement")
    )
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="joined", verbose_name=_("state"))
    standing = models.CharField(_("standing"), max_length=20, choices=JoinedStanding.choices)
    reason_en = models.CharField(_("reason"), max_length=400, blank=True)
    reason_ru = models.CharField(_("reason (Russian)"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("state behind a text")
        verbose_name_plural = _("states behind texts")
        constraints = [models.UniqueConstraint(fields=["statement", "state"], name="state_stands_once")]

    def label(self, language: str) -> str:
        return f"{self.state.label(language)}: {self.get_standing_display()}"

    def index_owners(self) -> Iterable[int]:
        return (self.statement_id,)
