"""The answers of the tools as files."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.http import JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import override

from cstokb.corpus.filters import CorpusFilters
from cstokb.corpus.tools import PAGE, Tool
from cstokb.listing.ask import Ask
from cstokb.listing.export import FORMATS, require_fits
from cstokb.search.views import wish_of


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
    """One page of the answer, or the whole where there are no pages."""
    return tool.make(filters, *page_of(tool, filters.ask)) if tool.size else tool.make(filters)


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
    media_type, write = FORMATS[form]
    response = StreamingHttpResponse(
        write(tool.keys, _in_language(rows, ask.language), {}), content_type=media_type
    )
    if form in ("csv", "xlsx"):
        response["Content-Disposition"] = f'attachment; filename="{tool.name}.{form}"'
    return response


def _in_language(rows: Iterator[dict[str, Any]], language: str) -> Iterator[dict[str, Any]]:
    """A file is written after the request, when its language is no longer the active one."""
    with override(language):
        first = next(rows, None)
    yield from chain([] if first is None else [first], rows)
