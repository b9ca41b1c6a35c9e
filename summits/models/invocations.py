"""Invocation and its steps: one time a provision was invoked or asked for, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.dates import BoundField, EdtfField
from cstokb.dates.fields import bounds_check
from cstokb.records.models import Record
from cstokb.records.models.rules import Rule
from members.models import State
from summits.choices import Outcome
from summits.models.activities import Activity
from summits.models.sessions import Session
from summits.querysets import InvocationQuerySet
from treaty.models import Instrument, Provision

if TYPE_CHECKING:
    from cstokb.fulltext.documents import Document


class Invocation(Record):
    """A request under a provision: who asked whom for what, what was decided, and how it ended.

    ``context`` marks a row that was no request under the Treaty; it is shown as background, says why, and is never
    counted.
    """

    kind = "invocation"
    searchable = True

    title_en = models.CharField(_("title"), max_length=300)
    title_ru = models.CharField(_("title (Russian)"), max_length=300, blank=True)
    requested_on = EdtfField(_("asked on"), null=True, blank=True)
    requested_on_min = BoundField("requested_on")
    requested_on_max = BoundField("requested_on")
    state = models.ForeignKey(
        State,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invocations",
        verbose_name=_("state"),
    )
    provision = models.ForeignKey(
        Provision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invocations",
        verbose_name=_("provision"),
    )
    provision_en = models.CharField(_("provision as the sources name it"), max_length=300, blank=True)
    provision_ru = models.CharField(_("the same in Russian"), max_length=300, blank=True)
    addressee_en = models.CharField(_("asked of"), max_length=300, blank=True)
    addressee_ru = models.CharField(_("asked of (Russian)"), max_length=300, blank=True)
    request_en = models.TextField(_("request"), blank=True)
    request_ru = models.TextField(_("request (Russian)"), blank=True)
    decision_en = models.TextField(_("decision"), blank=True)
    decision_ru = models.TextField(_("decision (Russian)"), blank=True)
    decided_on = EdtfField(_("decided on"), null=True, blank=True)
    decided_on_min = BoundField("decided_on")
    decided_on_max = BoundField("decided_on")
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome.choices, blank=True)
    outcome_en = models.TextField(_("what came of it"), blank=True)
    outcome_ru = models.TextField(_("what came of it (Russian)"), blank=True)
    session = models.ForeignKey(
        Session,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invocations",
        verbose_name=_("session"),
    )
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invocations",
        verbose_name=_("activity"),
    )
    ended_on = EdtfField(_("ended on"), null=True, blank=True)
    ended_on_min = BoundField("ended_on")
    ended_on_max = BoundField("ended_on")
    context = models.BooleanField(_("context only"), default=False)
    context_en = models.CharField(_("why it is context"), max_length=300, blank=True)
    context_ru = models.CharField(_("why it is context (Russian)"), max_length=300, blank=True)

    objects: ClassVar[Any] = InvocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invocation")
        verbose_name_plural = _("invocations")
        constraints = [
            bounds_check("requested_on", "invocation"),
            bounds_check("decided_on", "invocation"),
            bounds_check("ended_on", "invocation"),
            Rule(
                condition=models.Q(context=True) | models.Q(context_en=""),
                name="context_says_why_only_if_context",
                says=_("Say why it is context only where it is marked as context."),
            ),
        ]

    def label(self, language: str) -> str:
        return (self.title_ru if language == "ru" else "") or self.title_en

    def address(self) -> str:
        return f"/invocations/{self.public_id}/"

    @classmethod
    def documents(cls, ids: Sequence[int]) -> Iterable[Document]:
        from summits.indexing import invocation_documents

        return invocation_documents(ids)


class InvocationStep(Record):
    """One dated step of an invocation."""

    kind = "invocation-step"
    published_through = ("invocation",)
    evidence_of = "invocation"

    invocation = models.ForeignKey(
        Invocation, on_delete=models.PROTECT, related_name="steps", verbose_name=_("invocation")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    done_on = EdtfField(_("on"), null=True, blank=True)
    done_on_min = BoundField("done_on")
    done_on_max = BoundField("done_on")
    text_en = models.TextField(_("step"))
    text_ru = models.TextField(_("step (Russian)"), blank=True)

    class Meta:
        verbose_name = _("step of an invocation")
        verbose_name_plural = _("steps of invocations")
        constraints = [
            bounds_check("done_on", "invocationstep"),
            models.UniqueConstraint(fields=["invocation", "order"], name="step_order_unique"),
        ]

    def label(self, language: str) -> str:
        return ((self.text_ru if language == "ru" else "") or self.text_en)[:200]

    def index_owners(self) -> Iterable[int]:
        return (self.invocation_id,)


class InvocationDocument(Record):
    """A document of an invocation: the appeal, the decision, a draft, a report; held or only known of.

    ``instrument`` is set where the same document is kept as an instrument, ``session`` where a session adopted it.
    """

    kind = "invocation-document"
    published_through = ("invocation",)
    evidence_of = "invocation"

    invocation = models.ForeignKey(
        Invocation, on_delete=models.PROTECT, related_name="papers", verbose_name=_("invocation")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    title_en = models.CharField(_("title"), max_length=400)
    title_ru = models.CharField(_("title (Russian)"), max_length=400, blank=True)
    instrument = models.ForeignKey(
        Instrument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invocation_documents",
        verbose_name=_("instrument"),
    )
    session = models.ForeignKey(
        Session,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invocation_documents",
        verbose_name=_("session"),
    )

    class Meta:
        verbose_name = _("document of an invocation")
        verbose_name_plural = _("documents of invocations")
        constraints = [
            models.UniqueConstraint(fields=["invocation", "order"], name="invocation_document_order_unique")
        ]

    def label(self, language: str) -> str:
        return (self.title_ru if language == "ru" else "") or self.title_en

    def index_owners(self) -> Iterable[int]:
        return (self.invocation_id,)
