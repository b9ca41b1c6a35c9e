"""Pages of subject headings and of sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cstokb.listing import shared
from cstokb.listing.ask import Ask
from cstokb.listing.evidence import Beside
from cstokb.listing.listing import Line
from cstokb.listing.pages import ListingPage
from cstokb.listing.record_pages import Beyond, RecordPage
from cstokb.listing.selection import Selection
from cstokb.listing.tongue import title_language
from cstokb.records.choices import Language, LinkState, SourceType
from cstokb.records.models import LinkCheck

Heading = dict[str, Any]


class TopicList(ListingPage):
    """Subject headings as a tree."""

    listing = shared.TOPICS
    template_name = "pages/topics.html"

    def context(self, selection: Selection, lines: Sequence[Line]) -> dict[str, Any]:
        return {"groups": tree(lines)}


def tree(lines: Sequence[Line]) -> list[Heading]:
    """Broad headings with the narrower ones under them; one whose broader heading is no line stands alone."""
    headings = {line.id: _heading(line) for line in lines}
    groups = []
    for line in lines:
        broader = headings.get(line.values["parent"] or "")
        if broader:
            broader["narrower"].append(headings[line.id])
        else:
            groups.append(headings[line.id])
    return groups


def _heading(line: Line) -> Heading:
    return {"label": line.label, "url": line.url, "count": line.values["records"], "narrower": []}


class TopicPage(RecordPage):
    """A subject heading: what it takes in, its neighbours in the tree, and everything under it."""

    listing = shared.TOPICS
    template_name = "pages/topic.html"

    def beyond(self, ask: Ask, row: dict[str, Any]) -> Beyond:
        return Beyond([row["entry_id"]])

    def context(self, ask: Ask, row: dict[str, Any], line: Line) -> dict[str, Any]:
        parent = line.refs.get("parent")
        broader = [{"label": parent.label(ask.language), "url": ask.localised(parent.path)}] if parent else []
        definition = (line.values["definition_ru"] if ask.language == "ru" else None) or line.values[
            "definition_en"
        ]
        return {
            "kind": _("Topic"),
            "lede": definition,
            "narrower": narrower(row["entry_id"], ask),
            "facts": [
                {"label": _("Broader"), "links": broader},
                {
                    "label": _("Heading in the other language"),
                    "text": _other_name(line, ask),
                    "lang": "en" if ask.language == "ru" else "ru",
                },
            ],
            "topics": [],
        }


def _other_name(line: Line, ask: Ask) -> str:
    return line.values["name_en" if ask.language == "ru" else "name_ru"] or ""


def narrower(entry_id: int, ask: Ask) -> list[Heading]:
    """The headings right below one, by name, each with how many records stand under it."""
    listing = shared.TOPICS
    rows = listing.rows(ask).filter(parent_id=entry_id)
    rows = rows.order_by(*(key.expression() for key in listing.order_in(ask.language)))
    return [
        _heading(line) for line in listing.lines(list(listing.fetch(rows)), ask, known=Beside.of(ask).names)
    ]


class SourceList(ListingPage):
    """Sources by title."""

    listing = shared.SOURCES


class SourcePage(RecordPage):
    """A source: where it is found, and every record that rests on it."""

    listing = shared.SOURCES
    template_name = "pages/source.html"

    def context(self, ask: Ask, row: dict[str, Any], line: Line) -> dict[str, Any]:
        values = line.values
        return {
            "kind": _("Source"),
            "title_lang": title_language(line.label, values["language"], ask.language),
            "lede": values["publisher"],
            "topics": [],
            "facts": source_facts(line.dates, values),
            "notices": link_notices(row["entry_id"], values, ask),
        }


def link_notices(entry_id: int, values: Mapping[str, Any], ask: Ask) -> list[dict[str, Any]]:
    """What a reader should know before following the address: that it led nowhere when it was last asked.

    Of an earlier moment nothing is said: nobody knows how the address was then.
    """
    if not values["address"] or ask.scope.known_on is not None:
        return []
    found = LinkCheck.objects.filter(entry_id=entry_id, url=values["address"]).first()
    copy = values["archived_url"]
    links = [{"url": copy, "label": _("Archived copy")}] if copy else []
    if found is not None and found.has_rotted:
        said = _("The address did not answer on %(day)s.") % {"day": found.checked_at.date().isoformat()}
        return [{"kind": "warn", "title": said, "links": links}]
    if found is not None and found.state == LinkState.MOVED:
        moved = {"url": found.moved_to, "label": _("New address")}
        return [{"title": _("The address has moved."), "links": [moved, *links]}]
    return []


def source_facts(dates: Mapping[str, Any], values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is known of a source."""
    language = Language(values["language"]).label if values["language"] else ""
    return [
        {"label": _("Address"), "text": values["address"] or "", "url": values["address"] or ""},
        {
            "label": _("Archived copy"),
            "text": values["archived_url"] or "",
            "url": values["archived_url"] or "",
        },
        {"label": _("Publisher"), "text": values["publisher"]},
        {"label": _("Kind"), "text": SourceType(values["type"]).label},
        {"label": _("Language"), "text": language},
        {"label": _("Published"), "date": dates["published_on"]},
        {"label": _("Read on"), "text": values["accessed_on"]},
        {"label": _("Other titles"), "text": "; ".join(values["other_titles"])},
        {"label": _("File"), "text": values["file_name"]},
        {"label": _("SHA-256"), "text": values["checksum"]},
    ]
