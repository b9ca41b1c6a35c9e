"""Statement and StatementText: a text issued by an organ, by states or by a speaker, and its language versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.dates import BoundField, EdtfField
from cstokb.dates.fields import NewestFirst, bounds_check
from cstokb.records.choices import Language
from cstokb.records.models import Record
from members.models import Organ, Person, State
from statements.choices import Adopted, IssuerKind, StatementKind, SummaryBasis
from statements.querysets import StatementQuerySet
from summits.models import Session
from treaty.choices import TextStanding
from treaty.models import Instrument

if TYPE_CHECKING:
    from cstokb.fulltext.documents import Document


class Statement(Record):
    """A text issued by an organ, by states jointly, by a speaker, or a press report kept for its quotations.

    A statement whose text is not held has a summary, marked ours, and no passage. ``instrument`` is set where the
    same text is kept as an instrument. ``languages`` names the languages in which the text is known to exist,
    comma-separated, held or not.
    """

    kind = "statement"
    searchable = True

    type = models.CharField(_("kind"), max_length=16, choices=StatementKind.choices)
    title_en = models.CharField(_("title"), max_length=400)
    title_ru = models.CharField(_("title (Russian)"), max_length=400, blank=True)
    title_is_ours = models.BooleanField(_("title is our wording"), default=False)
    issued_on = EdtfField(_("date"), null=True, blank=True)
    issued_on_min = BoundField("issued_on")
    issued_on_max = BoundField("issued_on")
    issuer = models.CharField(_("issued by"), max_length=16, choices=IssuerKind.choices)
    organ = models.ForeignKey(
        Organ,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("organ"),
    )
    issuer_en = models.CharField(_("issuer in words"), max_length=300, blank=True)
    issuer_ru = models.CharField(_("issuer in words (Russian)"), max_length=300, blank=True)
    speaker = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("speaker"),
    )
    speaker_state = models.ForeignKey(
        State,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statements_spoken",
        verbose_name=_("speaker's state"),
    )
    speaker_office_en = models.CharField(_("speaker's office on that day"), max_length=200, blank=True)
    speaker_office_ru = models.CharField(_("the same in Russian"), max_length=200, blank=True)
    session = models.ForeignKey(
        Session,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("session"),
    )
    meeting_en = models.CharField(_("meeting"), max_length=300, blank=True)
    meeting_ru = models.CharField(_("meeting (Russian)"), max_length=300, blank=True)
    place_en = models.CharField(_("place"), max_length=120, blank=True)
    place_ru = models.CharField(_("place (Russian)"), max_length=120, blank=True)
    instrument = models.ForeignKey(
        Instrument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="as_statement",
        verbose_name=_("instrument"),
    )
    adopted = models.CharField(_("adopted"), max_length=8, choices=Adopted.choices, default=Adopted.YES)
    languages = models.CharField(_("languages known"), max_length=60, blank=True)
    summary_en = models.TextField(_("summary (ours)"), blank=True)
    summary_ru = models.TextField(_("summary (ours, Russian)"), blank=True)
    summary_basis = models.CharField(
        _("the summary rests on"), max_length=16, choices=SummaryBasis.choices, blank=True
    )

    objects: ClassVar[Any] = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [bounds_check("issued_on", "statement")]
        indexes = [
            # With all that the list is ordered by, so that pages far behind read nothing else of the rows passed over.
            NewestFirst(fields=["-issued_on_min", "issued_on_max", "entry"], name="statement_by_day"),
            # A series, in which the text before a text is looked for.
            models.Index(fields=["speaker", "organ", "type", "issuer"], name="statement_by_series"),
        ]

    def label(self, language: str) -> str:
        return (self.title_ru if language == "ru" else "") or self.title_en

    def address(self) -> str:
        return f"/statements/{self.public_id}/"

    @classmethod
    def documents(cls, ids: Sequence[int]) -> Iterable[Document]:
        from statements.indexing import statement_documents

        return statement_documents(ids)


class StatementText(Record):
    """One language version of a statement whose words are held."""

    kind = "statement-text"
    published_through = ("statement",)
    evidence_of = "statement"

    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="texts", verbose_name=_("statement")
    )
    language = models.CharField(_("language"), max_length=8, choices=Language.choices)
    original = models.BooleanField(_("original"), default=False)
    standing = models.CharField(_("standing"), max_length=24, choices=TextStanding.choices)
    complete = models.BooleanField(
        _("complete"), default=True, help_text=_("Unticked: only some passages are held.")
    )

    class Meta:
        verbose_name = _("language version")
        verbose_name_plural = _("language versions")
        constraints = [
            models.UniqueConstraint(fields=["statement", "language"], name="one_version_per_language")
        ]

    def label(self, language: str) -> str:
        return f"{self.statement.label(language)} ({self.get_language_display()})"

    def index_owners(self) -> Iterable[int]:
        return (self.statement_id,)
