"""The index of the API, what changed, and which downloads there are."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from cstokb import __version__
from cstokb.listing import registry
from cstokb.listing.ask import Ask
from cstokb.listing.changes import described, public_events
from cstokb.listing.days import KnownOn
from cstokb.listing.errors import BadQuestion, Fault, nearest
from cstokb.listing.export import FORMATS
from cstokb.listing.filterset import unreadable
from cstokb.listing.pagination import MOST_ROWS, PAGE_SIZE, Wish
from cstokb.listing.schema import query_parameter
from cstokb.listing.services import NULL_WORD, WORD, ServiceView, listed, of_objects
from cstokb.records.choices import ChangeKind
from cstokb.records.models import ChangeEvent
from cstokb.records.registry import record_models

#: Endpoints beside the lists.
SERVICES = (
    *("search", "suggest", "concordance", "trends", "collocations", "keyness"),
    *("status", "resolve", "changes", "exports", "statement-comparison"),
)


class IndexView(ServiceView):
    """Every address of the API."""

    name = "index"
    answer_schema = of_objects(
        {
            "name": WORD,
            "version": WORD,
            "documentation": WORD,
            "schema": WORD,
            "resources": {"type": "object", "additionalProperties": WORD},
            "services": {"type": "object", "additionalProperties": WORD},
        }
    )

    def answer(self, request: Request, ask: Ask) -> HttpResponseBase:
        def at(name: str) -> str:
            return ask.absolute(f"/api/v1/{name}/")

        return Response(
            {
                "name": str(settings.SITE_NAME),
                "version": __version__,
                "documentation": at("docs"),
                "schema": at("schema"),
                "resources": {listing.api: at(listing.api) for listing in registry.listings()},
                "services": {name: at(name) for name in SERVICES},
            }
        )


CHANGE = of_objects(
    {
        "cursor": WORD,
        "at": {"type": "string", "format": "date-time"},
        "kind": {"type": "string", "enum": list(ChangeKind.values)},
        "type": WORD,
        "id": WORD,
        "html_url": NULL_WORD,
        "changes": listed(of_objects({"field": WORD, "old": {}, "new": {}})),
        "reason": WORD,
    }
)


class ChangesView(ServiceView):
    """What was created, changed, corrected, withdrawn or merged, oldest first; ``after`` goes on behind a cursor.

    Applying the same changes twice gives the same result: an event names the record, which is read at its own address.
    """

    name = "changes"
    described = (
        query_parameter("after", WORD, "The cursor of the last event that was read."),
        query_parameter("kind", {"type": "string", "enum": list(ChangeKind.values)}, "What happened."),
        query_parameter("type", {"type": "string", "enum": sorted(record_models())}, "The kind of record."),
        query_parameter(
            "page_size",
            {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": PAGE_SIZE},
            "Events on a page.",
        ),
        query_parameter(
            "known_on", KnownOn().schema(), "Only what had happened by a moment, or by the end of a day."
        ),
    )
    answer_schema = of_objects(
        {"count": {"type": "integer"}, "next": NULL_WORD, "previous": NULL_WORD, "results": listed(CHANGE)}
    )

    def answer(self, request: Request, ask: Ask) -> HttpResponseBase:
        ask.require_days()
        wish = Wish.read(ask.params)
        events = public_events(ask)
        kind, record = (_word(name, ask, words) for name, words in self._vocabularies())
        if kind:
            events = events.filter(kind=kind)
        if record:
            events = events.filter(entry__kind=record)
        after = _place(ask)
        if after:
            events = events.filter(id__gt=after)
        rows = list(events.select_related("entry")[: wish.size + 1])
        results = described(rows[: wish.size], ask)
        following = results[-1]["cursor"] if len(rows) > wish.size else None
        body = {"count": events.count(), "next": _next(ask, following), "previous": None, "results": results}
        return Response(body)

    def _vocabularies(self) -> tuple[tuple[str, list[str]], ...]:
        return ("kind", list(ChangeKind.values)), ("type", sorted(record_models()))


def _word(name: str, ask: Ask, allowed: list[str]) -> str:
    given = [value for value in ask.params.getlist(name) if value.strip()]
    word = given[-1] if given else ""
    if word and word not in allowed:
        detail = _("It is none of the words allowed here.")
        raise BadQuestion(
            faults=[Fault(name, word[:200], "unknown_word", detail, allowed, nearest(word, allowed))]
        )
    return word


def _place(ask: Ask) -> int | None:
    """The row of the event that a cursor names. Raises BadQuestion for one that names none."""
    cursor = ask.params.get("after", "").strip()
    if not cursor:
        return None
    event = None
    if cursor.isascii() and cursor.isalnum() and not unreadable(cursor):
        event = ChangeEvent.objects.filter(public=True, chain__startswith=cursor).only("pk").first()
    if event is None:
        detail = _("No event has this cursor. Begin without one.")
        raise BadQuestion(faults=[Fault("after", cursor[:200], "cursor", detail)])
    return event.pk


def _next(ask: Ask, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    params = ask.params.copy()
    params["after"] = cursor
    return ask.absolute(f"{ask.path}?{params.urlencode()}")


class ExportsView(ServiceView):
    """The downloads: the whole as one file, and every list in every format."""

    name = "exports"
    answer_schema = of_objects(
        {
            "everything": WORD,
            "results": listed(
                of_objects(
                    {
                        "resource": WORD,
                        "title": WORD,
                        "formats": {"type": "object", "additionalProperties": WORD},
                    }
                )
            ),
        }
    )

    def answer(self, request: Request, ask: Ask) -> HttpResponseBase:
        return Response(
            {
                "everything": ask.absolute("/data/records.ndjson"),
                "results": [
                    {
                        "resource": listing.api,
                        "title": str(listing.title),
                        "formats": {form: ask.absolute(f"/api/v1/{listing.api}.{form}") for form in FORMATS},
                    }
                    for listing in registry.listings()
                ],
            }
        )


VIEWS: tuple[Any, ...] = (ChangesView, ExportsView)
