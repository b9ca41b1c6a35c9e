"""The lists of what every record shares: subject headings, sources, and the evidence between them and records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstokb.listing.ask import Ask
from cstokb.listing.columns import Choice, Date, Day, Integer, Ref, RefName, Text, Texts, Url, bilingual
from cstokb.listing.evidence import from_public_sources
from cstokb.listing.filters import (
    BY_NAME,
    After,
    Before,
    ChoiceFilter,
    Dated,
    KnownOn,
    RecordFilter,
    Sort,
    Year,
    count_by,
)
from cstokb.listing.filterset import Question, Refused, Rows, StrictFilterSet
from cstokb.listing.listing import Line, Listing
from cstokb.listing.ordering import Key, newest_first
from cstokb.listing.table import Row
from cstokb.listing.text import TextFilter
from cstokb.listing.tongue import title_language
from cstokb.records.choices import Language, Rank, SourceType, Stance
from cstokb.records.models import Entry, EntryTopic, Evidence, Source, Topic
from cstokb.records.naming import visible
from cstokb.records.registry import record_models

# -- topics --------------------------------------------------------------------------------------------------------


class TopicFilterSet(StrictFilterSet):
    """Subject headings."""

    q = TextFilter("topic")
    parent = RecordFilter("parent", "topic", _("broader heading"))
    known_on = KnownOn()
    sort = Sort({"name": (_("heading"), BY_NAME)})


def _with_records(rows: Rows, ask: Ask) -> Rows:
    """How many public records stand under each heading itself."""
    links = ask.scope.rows(EntryTopic).filter(topic_id=OuterRef("entry_id")).order_by().values("topic_id")
    under: Rows = rows.annotate(
        records=Subquery(links.annotate(n=Count("entry_id", distinct=True)).values("n"))
    )
    return under


TOPICS = Listing(
    kind="topic",
    model=Topic,
    filters=TopicFilterSet,
    api="topics",
    path="/topics/",
    title=_("Topics"),
    description=_(
        "Subject headings, from the broad to the narrow; records stand under as many as they touch."
    ),
    heading=("label_en", "label_ru"),
    summary=("definition_en", "definition_ru"),
    columns=(
        Text("name_en", _("heading"), "label_en"),
        Text("name_ru", _("heading (Russian)"), "label_ru"),
        *bilingual("definition", _("what it takes in"), _("what it takes in (Russian)")),
        Ref("parent", _("broader heading")),
        Integer(
            "records",
            _("records under this very heading"),
            lambda row, made: row["records"] or 0,
            needs=("records",),
        ),
    ),
    base=_with_records,
)

# -- sources -------------------------------------------------------------------------------------------------------

BY_TITLE = (Key("entry__sort", text=True),)


class WordFilter(Question):
    """Rows with any of some exact words in a column of free text."""

    def read(self, values: list[str]) -> list[str]:
        return values

    def filter(self, qs: Rows, value: list[str]) -> Rows:
        return qs.filter(**{f"{self.field_name}__in": value})

    def facet(self, qs: Rows) -> Rows | None:
        return count_by(qs.exclude(**{self.field_name: ""}), self.field_name)


class SourceFilterSet(StrictFilterSet):
    """Sources."""

    type = ChoiceFilter("type", SourceType, _("kind"))
    lang = ChoiceFilter("language", Language, _("language"))
    publisher = WordFilter(_("publisher"), field_name="publisher")
    year = Year("published_on")
    after = After("published_on")
    before = Before("published_on")
    dated = Dated("published_on")
    known_on = KnownOn()
    sort = Sort(
        {"title": (_("title"), BY_TITLE), "published_on": (_("published"), newest_first("published_on"))}
    )


def _backed(rows: Sequence[Row], ask: Ask) -> Mapping[int, int]:
    """How many public records each source backs or contradicts."""
    ids = [row["entry_id"] for row in rows]
    evidence = ask.scope.rows(Evidence).filter(source_id__in=ids).order_by().values("source_id")
    return dict(evidence.annotate(n=Count("entry_id", distinct=True)).values_list("source_id", "n"))


def source_card(line: Line, ask: Ask) -> dict[str, Any]:
    """A source with its publisher, language and how many records rest on it."""
    values = line.values
    language = str(Language(values["language"]).label) if values["language"] else ""
    meta = [values["publisher"], str(SourceType(values["type"]).label), language]
    return {
        "title": line.label,
        "url": line.url,
        "lang": title_language(line.label, values["language"], ask.language),
        "on": line.dates["published_on"],
        "meta": [part for part in meta if part],
    }


SOURCES = Listing(
    kind="source",
    model=Source,
    filters=SourceFilterSet,
    api="sources",
    path="/sources/",
    title=_("Sources"),
    description=_("Where the facts are written: official publications, press, reference works and files."),
    order=BY_NAME,
    facets=("type", "lang", "publisher"),
    dated="published_on",
    columns=(
        Text("title", _("title")),
        Texts(
            "other_titles",
            _("other titles"),
            lambda row, made: row["other_titles"].splitlines(),
            needs=("other_titles",),
        ),
        Text("publisher", _("publisher")),
        Url("address", _("address of the source itself"), "url"),
        Url("archived_url", _("archived copy")),
        Choice("type", _("kind"), words=SourceType),
        Choice("language", _("language"), words=Language),
        Date("published_on", _("published on")),
        Day("accessed_on", _("read on")),
        Text("file_name", _("file")),
        Text("checksum", _("SHA-256 of the file")),
        Integer(
            "records",
            _("records that it backs or contradicts"),
            lambda row, made: made.get(row["entry_id"], 0),
        ),
    ),
    prepare=_backed,
    card=source_card,
)

# -- evidence ------------------------------------------------------------------------------------------------------


class KindFilter(Question):
    """Evidence of records of any of some kinds."""

    def read(self, values: list[str]) -> list[str]:
        allowed = sorted(record_models())
        for value in values:
            if value not in allowed:
                raise Refused(
                    "unknown_word",
                    gettext("There is no kind of record of this name."),
                    value=value,
                    allowed=allowed,
                )
        return values

    def filter(self, qs: Rows, value: list[str]) -> Rows:
        return qs.filter(entry__kind__in=value)

    def facet(self, qs: Rows) -> Rows | None:
        return count_by(qs, "entry__kind")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": sorted(record_models())}


class BacksFilter(Question):
    """Evidence of any of some records, each given by its id; ``kind`` tells records of one id apart."""

    def read(self, values: list[str]) -> list[int]:
        wanted = [value.strip().lower() for value in values]
        found = list(Entry.objects.filter(visible(self.ask.scope), slug__in=wanted).values_list("slug", "pk"))
        missing = [value for value in wanted if value not in {slug for slug, _pk in found}]
        if missing:
            raise Refused("names_nothing", gettext("No record has this id."), value=missing[0])
        return [pk for _slug, pk in found]

    def filter(self, qs: Rows, value: list[int]) -> Rows:
        return qs.filter(entry_id__in=value)


class EvidenceFilterSet(StrictFilterSet):
    """Evidence."""

    source = RecordFilter("source", "source", _("source"))
    record = BacksFilter(_("id of the record"))
    kind = KindFilter(_("kind of record"))
    stance = ChoiceFilter("stance", Stance, _("stance"))
    rank = ChoiceFilter("rank", Rank, _("rank"))
    known_on = KnownOn()
    sort = Sort({"record": (_("record"), (Key("entry__kind", text=True), Key("entry__slug", text=True)))})


EVIDENCE = Listing(
    kind="evidence",
    model=Evidence,
    filters=EvidenceFilterSet,
    api="evidence",
    title=_("Evidence"),
    description=_("What each source says of which record, or of which field of it."),
    order=(Key("entry_id"),),
    identity="uid",
    base=lambda rows, ask: from_public_sources(rows, ask.scope),
    columns=(
        Text("kind", _("kind of the record"), "entry__kind"),
        Ref("record", _("the record"), "entry"),
        RefName("record_name", _("name of the record"), "entry"),
        Ref("source", _("source")),
        RefName("source_name", _("title of the source"), "source"),
        Text("field", _("field that it speaks of; null: the record as a whole")),
        Text("value", _("reading that the source gives, where it differs")),
        Text("locator", _("place in the source")),
        Text("quotation", _("short quotation")),
        Choice("stance", _("supports or contradicts"), words=Stance),
        Choice("rank", _("how the editors weigh it"), words=Rank),
        *bilingual("note", _("note"), _("note (Russian)")),
    ),
)

LISTINGS = (TOPICS, SOURCES, EVIDENCE)
