"""Topic and EntryTopic: subject headings, and which records stand under them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.records.models.base import Kept, Record
from cstokb.records.models.entry import Entry

if TYPE_CHECKING:
    from cstokb.fulltext.documents import Document


class Topic(Record):
    """A subject heading in English and Russian; headings form a tree."""

    kind = "topic"
    needs_evidence = False
    searchable = True

    label_en = models.CharField(_("heading"), max_length=120)
    label_ru = models.CharField(_("heading (Russian)"), max_length=120, blank=True)
    definition_en = models.TextField(_("definition"), blank=True)
    definition_ru = models.TextField(_("definition (Russian)"), blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="narrower",
        verbose_name=_("broader topic"),
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def label(self, language: str) -> str:
        return (self.label_ru if language == "ru" else "") or self.label_en

    def own_names(self) -> Iterable[tuple[str, str, str]]:
        return ((self.label_en, "short", "en"), (self.label_ru, "short", "ru"))

    def address(self) -> str:
        return f"/topics/{self.public_id}/"

    @classmethod
    def documents(cls, ids: Sequence[int]) -> Iterable[Document]:
        from cstokb.records.indexing import topic_documents

        return topic_documents(ids)


class EntryTopic(Kept):
    """A record stands under a heading."""

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="topic_links", verbose_name=_("record")
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, related_name="entry_links", verbose_name=_("topic")
    )

    class Meta:
        verbose_name = _("topic of a record")
        verbose_name_plural = _("topics of records")
        constraints = [models.UniqueConstraint(fields=["entry", "topic"], name="topic_once_per_record")]

    def __str__(self) -> str:
        return f"{self.entry} · {self.topic}"
