"""Record and Kept: the two base classes whose rows have a history that knows from when to when it held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cstokb.records.choices import Confidence, Visibility
from cstokb.records.models.entry import Entry

if TYPE_CHECKING:
    from cstokb.fulltext.documents import Document


class Span(models.Model):
    """Added to every history row: when the knowledge base said this, and whether readers could see it.

    Both moments are UTC; ``valid_to`` NULL is the row that holds now, and there is one at most for each record.
    """

    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    public = models.BooleanField(default=False)

    class Meta:
        abstract = True


class SpanHistory(HistoricalRecords):  # type: ignore[misc]  # the library has no types
    """History whose rows are written by ``records.publish`` alone, never by a signal."""

    def __init__(self) -> None:
        super().__init__(
            bases=[Span], inherit=True, history_change_reason_field=models.TextField(blank=True, default="")
        )

    def post_save(
        self, instance: models.Model, created: bool, using: str | None = None, **kwargs: Any
    ) -> None:
        """Nothing: the writer makes the row, with its span."""

    def post_delete(self, instance: models.Model, using: str | None = None, **kwargs: Any) -> None:
        """Nothing: the writer ends the span."""

    def pre_delete(self, instance: models.Model, **kwargs: Any) -> None:
        """Nothing to load."""

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """One open row for each record, and an index for reading as of a moment."""
        options = cast("dict[str, Any]", super().get_meta_options(model))
        key = model._meta.pk.attname if issubclass(model, Record) else "id"
        name = str(model._meta.model_name)
        options["constraints"] = [
            models.UniqueConstraint(
                fields=[key.removesuffix("_id") if key != "id" else "id"],
                condition=models.Q(valid_to__isnull=True),
                name=f"{name}_one_open_span",
            )
        ]
        options["indexes"] = [models.Index(fields=["valid_from", "valid_to"], name=f"{name[:20]}_span")]
        return options


class Kept(models.Model):
    """A row whose every change is kept in its history."""

    history = SpanHistory()

    class Meta:
        abstract = True


class RecordQuerySet(models.QuerySet[Any]):
    """Verbs that every record answers."""

    def published(self) -> Self:
        """Rows that anyone may see now: published, and so are the parents they hang on."""
        return self.filter(entry__visibility__of_each=Visibility.PUBLIC)


class Record(Kept):
    """A record of the knowledge base: its Entry is its identity and primary key.

    A concrete record says in class attributes how it behaves:

    * ``kind``: the word under which its Entry stands;
    * ``published_through``: parents that must be public for it to be public;
    * ``evidence_of``: the parent whose evidence backs it too, so that it needs none of its own;
    * ``needs_evidence``: whether it can be published without a source;
    * ``searchable``: whether it has a document in the search index.
    """

    kind: ClassVar[str]
    published_through: ClassVar[tuple[str, ...]] = ()
    evidence_of: ClassVar[str] = ""
    needs_evidence: ClassVar[bool] = True
    searchable: ClassVar[bool] = False

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="+", editable=False
    )
    confidence = models.CharField(_("confidence"), max_length=8, choices=Confidence.choices, blank=True)
    note_en = models.TextField(_("note"), blank=True)
    note_ru = models.TextField(_("note (Russian)"), blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label(get_language() or "en")

    @property
    def public_id(self) -> str:
        """The record's public id."""
        return self.entry.slug

    def label(self, language: str) -> str:
        """What the record is called where it is named, in English or Russian. Each kind says how."""
        raise TypeError(f"{type(self).__name__} has no label of its own; define label()")

    def sought_as(self) -> Iterable[str]:
        """By what others are found that have to do with the record: its labels, and words that are never shown."""
        return dict.fromkeys((self.label("en"), self.label("ru")))

    def sort_label(self, language: str) -> str:
        """What the record is sorted by among its like; its label unless a kind says otherwise."""
        return self.label(language)

    def own_names(self) -> Iterable[tuple[str, str, str]]:
        """Names that the record's own fields spell, as (text, kind of name, language)."""
        return ()

    def address(self) -> str:
        """The English public address, or an empty text for a record without a page of its own."""
        return ""

    def index_owners(self) -> Iterable[int]:
        """Ids of the records whose search document says something of this one."""
        return (self.pk,) if self.searchable else ()

    @classmethod
    def documents(cls, ids: Sequence[int]) -> Iterable[Document]:
        """Search documents of the public records among the ids."""
        return ()
