"""What the search found, as JSON has it and as rows of files."""

from __future__ import annotations

import html
import re
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from cstokb.listing import registry
from cstokb.listing.ask import Ask
from cstokb.listing.columns import utc
from cstokb.listing.errors import Fault
from cstokb.search.answer import Answer, Found

_TAG = re.compile("<[^>]*>")
ROW_KEYS = (
    "id",
    "type",
    "kind",
    "title_en",
    "title_ru",
    "date",
    "date_precision",
    "organs",
    "states",
    "speakers",
    "languages",
    "passage",
    "passage_url",
    "url",
    "html_url",
    "changed_at",
)
#: What stands beside a found record, by the facet that knows it.
BESIDE = {"organs": "organ", "states": "state", "speakers": "speaker", "languages": "lang"}


def resource_of(kind: str) -> str:
    """The API resource of a kind of record."""
    return next(listing.api for listing in registry.listings() if listing.kind == kind)


def address_of(entry: Any) -> str:
    """The address of a record, on the configured domain, that never changes."""
    return f"{settings.SITE_URL}/api/v1/{resource_of(entry.kind)}/{entry.slug}/"


def fault(parameter: str, value: str, code: str, detail: str) -> Fault:
    """Something wrong with a parameter that no filter reads."""
    return Fault(parameter, value[:200], code, detail)


def plain(marked: SafeString) -> str:
    """An excerpt without marks."""
    return html.unescape(_TAG.sub("", marked))


def answer_as_json(answer: Answer, ask: Ask) -> dict[str, Any]:
    """The answer of the search."""
    query = answer.filters.query
    return {
        "query": query.text if query else "",
        "explained": query.explained if query else "",
        "notice": " ".join(one["text"] for one in answer.notices) or None,
        "notices": answer.notices,
        "did_you_mean": _meant(answer, ask),
        "count": answer.count,
        "next": _page(answer, ask, 1),
        "previous": _page(answer, ask, -1),
        "facets": {
            name: [{"value": one.value, "label": one.label, "count": one.count} for one in values]
            for name, values in answer.facets.items()
        },
        "results": [result(found, ask) for found in answer.found],
    }


def result(found: Found, ask: Ask) -> dict[str, Any]:
    """One found record."""
    entry = found.entry
    page = ask.absolute(found.page(ask)) if entry.path else None
    return {
        "type": entry.kind,
        "kind": entry.finer,
        "id": entry.slug,
        "title": entry.label(ask.language),
        "title_ru": entry.label_ru or None,
        "url": ask.absolute(f"/api/v1/{resource_of(entry.kind)}/{entry.slug}/"),
        "html_url": page,
        "date": found.on.edtf if found.on else None,
        "date_precision": found.on.precision if found.on else None,
        **{name: [one.id for one in found.beside[facet]] for name, facet in BESIDE.items()},
        "passages": [
            {
                "anchor": excerpt.anchor,
                "language": excerpt.language,
                "role": excerpt.role,
                "html": str(excerpt.html),
                "html_url": f"{page}#{excerpt.anchor}" if page and excerpt.anchor else page,
            }
            for excerpt in found.passages
        ],
        "changed_at": utc(entry.changed_at),
    }


def rows(answer: Answer, ask: Ask) -> list[dict[str, Any]]:
    """Found records as rows of a file."""
    return [_row(found, ask) for found in answer.found]


def _row(found: Found, ask: Ask) -> dict[str, Any]:
    told = result(found, ask)
    best = next(iter(found.passages), None)
    more = {
        "title_en": found.entry.label_en,
        "passage": plain(best.html) if best else None,
        "passage_url": told["passages"][0]["html_url"] if best else None,
    }
    return {key: {**told, **more}[key] for key in ROW_KEYS}


def _meant(answer: Answer, ask: Ask) -> dict[str, Any] | None:
    """What may have been meant, with the way to ask for it here and on the page."""
    if answer.meant is None:
        return None
    params = ask.params.copy()
    params["q"] = answer.meant.query
    params.pop("page", None)
    return {
        "query": answer.meant.query,
        "count": answer.meant.count,
        "url": ask.absolute(f"{ask.path}?{params.urlencode()}"),
        "html_url": ask.absolute(f"{ask.localised('/search/')}?{params.urlencode()}"),
    }


def _page(answer: Answer, ask: Ask, step: int) -> str | None:
    """The address of the page before or after; None where there is none."""
    number = answer.page + step
    if number < 1 or (step > 0 and answer.page * answer.size >= answer.count):
        return None
    params = ask.params.copy()
    params["page"] = str(number)
    return ask.absolute(f"{ask.path}?{params.urlencode()}")
