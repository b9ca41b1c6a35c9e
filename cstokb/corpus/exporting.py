"""The answers of the tools as files."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from django.http import JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import override

from cstokb.corpus.filters import CorpusFilters
from cstokb.corpus.tools import PAGE, Tool
from cstokb.listing.ask import Ask
from cstokb.listing.errors import SearchAway
from cstokb.listing.export import FORMATS, require_fits
from cstokb.records.indexing import is_away
from cstokb.search.views import wish_of

#: Rows that are told at a time.
CHUNK = 200


def asked(tool: Tool, ask: Ask, surface: tuple[str, ...] = ()) -> CorpusFilters:
    """The question read.

    Raises:
        BadQuestion: naming every value that cannot be read, every unknown parameter, or the question that is missing.
    """
    filters = tool.read(ask, surface)
    filters.require_sound(strict=True)
    tool.require_question(filters)
    return filters


def answer(tool: Tool, filters: CorpusFilters) -> Any:
    """One page of the answer, or the whole where there are no pages.

    Raises SearchAway where there is no index that could answer.
    """
    made = tool.make(filters, *page_of(tool, filters.ask)) if tool.size else tool.make(filters)
    require_index(nothing=made.is_empty)
    return made


def require_index(*, nothing: bool) -> None:
    """Tell nothing found from an index that is away. Raises SearchAway."""
    if nothing and is_away():
        raise SearchAway


def page_of(tool: Tool, ask: Ask) -> tuple[int, int]:
    """The number of the page and its size. Raises BadQuestion, also beyond row 10,000."""
    wish = wish_of(ask, tool.size)
    return wish.page or 1, wish.size


def as_json(tool: Tool, filters: CorpusFilters) -> JsonResponse:
    """The answer as the API gives it."""
    body = tool.body(answer(tool, filters))
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def as_file(tool: Tool, filters: CorpusFilters, form: str) -> HttpResponseBase:
    """Every row of the answer as a file; one page where the question names one."""
    ask = filters.ask
    page = page_of(tool, ask) if tool.size and any(ask.params.get(name) for name in PAGE) else None
    if form == "xlsx" and tool.size and not page:
        require_fits(form, tool.make(filters).count)
    rows = tool.rows(filters, page)
    first = list(islice(rows, 1))
    require_index(nothing=not first)
    media_type, write = FORMATS[form]
    told = _in_language(chain(first, rows), ask.language)
    response = StreamingHttpResponse(write(tool.keys, told, {}), content_type=media_type)
    if form in ("csv", "xlsx"):
        response["Content-Disposition"] = f'attachment; filename="{tool.name}.{form}"'
    return response


def _in_language(rows: Iterator[dict[str, Any]], language: str) -> Iterator[dict[str, Any]]:
    """A file is written after the request, when its language is no longer the active one."""
    while True:
        with override(language):
            part = list(islice(rows, CHUNK))
        if not part:
            return
        yield from part
