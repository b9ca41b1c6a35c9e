"""Passage and PassageReference: paragraphs citable for ever, and the provisions they cite or lean on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cstokb.records.models import Record
from cstokb.records.models.rules import Rule
from members.models import Person
from statements.choices import PassageRole, ReferenceBasis
from statements.models.statements import Statement, StatementText
from statements.querysets import PassageQuerySet
from treaty.models import Instrument, Provision


class Passage(Record):
    """A paragraph of one language version. Its anchor names it for ever, also after others are inserted (``p7a``)."""

    kind = "passage"
    published_through = ("statement_text", "statement")
    evidence_of = "statement"

    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="passages", verbose_name=_("statement")
    )
    statement_text = models.ForeignKey(
        StatementText, on_delete=models.PROTECT, related_name="passages", verbose_name=_("language version")
    )
    anchor = models.CharField(_("anchor"), max_length=12)
    order = models.PositiveIntegerField(_("order"))
    role = models.CharField(
        _("role"), max_length=16, choices=PassageRole.choices, default=PassageRole.PARAGRAPH
    )
    text = models.TextField(_("text"))
    speaker = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="passages",
        verbose_name=_("speaker"),
    )
    speaker_office_en = models.CharField(_("speaker's office on that day"), max_length=200, blank=True)
    speaker_office_ru = models.CharField(_("the same in Russian"), max_length=200, blank=True)
    quotes = models.ForeignKey(
        Statement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quoted_by",
        help_text=_("The statement whose words these are."),
        verbose_name=_("statement quoted"),
    )
    quotes_en = models.CharField(_("quoted text in words"), max_length=300, blank=True)
    quotes_ru = models.CharField(_("quoted text in words (Russian)"), max_length=300, blank=True)

    objects: ClassVar[Any] = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        constraints = [
            models.UniqueConstraint(fields=["statement_text", "anchor"], name="anchor_never_reused"),
            models.UniqueConstraint(fields=["statement_text", "order"], name="passage_order_unique"),
            Rule(condition=~models.Q(text=""), name="passage_has_words", says=_("A passage needs its text.")),
        ]

    def label(self, language: str) -> str:
        return f"{self.statement.label(language)}, {self.anchor}"

    def address(self) -> str:
        return f"/statements/{self.statement.public_id}/#{self.anchor}"

    def index_owners(self) -> Iterable[int]:
        return (self.statement_id,)

    def clean(self) -> None:
        """An anchor that was public names its passage for ever, also when the passage is withdrawn (law 7).

        Raises:
            ValidationError: where a public passage gets another anchor, or the anchor was that of another passage.
        """
        mine = Q(entry_id=self.pk)
        here = Q(statement_text_id=self.statement_text_id, anchor=self.anchor)
        then = type(self).history.model._base_manager.filter(public=True)
        if then.filter(mine & ~here).exists():
            raise ValidationError(_("An anchor that readers have seen names its passage for ever. Keep it."))
        if then.filter(here & ~mine).exists():
            raise ValidationError(
                _("%(anchor)s was the anchor of another passage once. Take one that was never given."),
                params={"anchor": self.anchor},
            )


class PassageReference(Record):
    """A passage cites a provision or an instrument in its words, or leans on it as an editor found."""

    kind = "passage-reference"
    published_through = ("passage",)
    evidence_of = "passage"

    passage = models.ForeignKey(
        Passage, on_delete=models.PROTECT, related_name="references", verbose_name=_("passage")
    )
    provision = models.ForeignKey(
        Provision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="passage_references",
        verbose_name=_("provision"),
    )
    instrument = models.ForeignKey(
        Instrument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="passage_references",
        verbose_name=_("instrument"),
    )
    basis = models.CharField(
        _("basis"), max_length=8, choices=ReferenceBasis.choices, default=ReferenceBasis.CITED
    )
    start = models.PositiveIntegerField(_("from character"), null=True, blank=True)
    end = models.PositiveIntegerField(_("to character"), null=True, blank=True)
    tagged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tagged by"),
    )

    class Meta:
        verbose_name = _("reference of a passage")
        verbose_name_plural = _("references of passages")
        constraints = [
            Rule(
                condition=models.Q(provision__isnull=True) ^ models.Q(instrument__isnull=True),
                name="passage_refers_to_one_thing",
                says=_("A passage refers to a provision or to an instrument: fill in exactly one."),
            ),
            Rule(
                condition=models.Q(start__isnull=True, end__isnull=True)
                | models.Q(end__gt=models.F("start")),
                name="reference_span_in_order",
                says=_(
                    "The last character of the reference lies before the first: give both in order, or neither."
                ),
            ),
        ]

    def label(self, language: str) -> str:
        target = self.provision or self.instrument
        return target.label(language) if target else ""

    def index_owners(self) -> Iterable[int]:
        return (self.passage.statement_id,)
