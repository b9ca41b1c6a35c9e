"""Concordance, trends, collocations and keyness in the API."""

from __future__ import annotations

from typing import ClassVar

from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from cstokb.corpus import exporting
from cstokb.corpus.tools import COLLOCATIONS, CONCORDANCE, KEYNESS, TRENDS, Tool
from cstokb.listing.ask import Ask
from cstokb.listing.pagination import MOST_ROWS
from cstokb.listing.renderers import RENDERERS
from cstokb.listing.schema import Schema, filter_parameters, format_parameter
from cstokb.listing.services import NULL_WORD, WORD, ServiceView, listed, of_objects, paging

NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer"}
NULL_COUNT: Schema = {"type": ["integer", "null"]}
NULL_NUMBER: Schema = {"type": ["number", "null"]}
NOTICES: dict[str, Schema] = {
    "notice": NULL_WORD,
    "notices": listed(of_objects({"text": WORD, "suggestion": WORD})),
}


def paged(more: dict[str, Schema], row: dict[str, Schema]) -> Schema:
    """The answer of a tool that has pages."""
    return of_objects(
        {
            "query": WORD,
            "explained": WORD,
            **NOTICES,
            "count": COUNT,
            "next": NULL_WORD,
            "previous": NULL_WORD,
            **more,
            "results": listed(of_objects(row)),
        }
    )


class ToolView(ServiceView):
    """One of the tools."""

    tool: ClassVar[Tool]
    throttle_scope = "search"
    renderer_classes = RENDERERS
    example = "q=security"

    @classmethod
    def parameters(cls) -> list[Schema]:
        filters = cls.tool.read(Ask.about(QueryDict(), now=timezone.now()))
        asked = filter_parameters(filters)
        words = {"required": True} if cls.tool.needs_words else {}
        asked = [one | words if one["name"] == "q" else one for one in asked]
        pages = paging(cls.tool.size, MOST_ROWS) if cls.tool.size else []
        return [*asked, *pages, format_parameter([str(one.format) for one in cls.renderer_classes])]

    def answer(self, request: Request, ask: Ask) -> HttpResponseBase:
        filters = exporting.asked(self.tool, ask, ("format",))
        form = str(request.accepted_renderer.format)
        if form != "json":
            return exporting.as_file(self.tool, filters, form)
        return Response(self.tool.body(exporting.answer(self.tool, filters)))

    def _known(self, request: Request, ask: Ask) -> HttpResponseBase:
        # The filters know their own parameters and say of an unknown one which was meant.
        return self.answer(request, ask)


class ConcordanceView(ToolView):
    """Every place where the texts hold what the query finds: a line for each, with what stands on either side."""

    name = "concordance"
    tool = CONCORDANCE
    answer_schema = paged(
        {
            "group": NULL_WORD,
            "groups": listed(of_objects({"value": WORD, "label": WORD, "count": COUNT})),
        },
        {
            **dict.fromkeys(("left", "keyword", "right"), WORD),
            **dict.fromkeys(("statement", "provision"), NULL_WORD),
            "title": WORD,
            "anchor": NULL_WORD,
            "language": WORD,
            **dict.fromkeys(("date", "date_precision", "speaker", "speaker_name"), NULL_WORD),
            **dict.fromkeys(("state", "organ", "group"), NULL_WORD),
            "html_url": WORD,
        },
    )


class TrendsView(ToolView):
    """How often the texts hold what each query finds, by year, state, speaker or organ.

    ``per_10k`` is per 10,000 words of the same texts; a period without text has nulls, for nothing was counted there,
    and one with fewer words than ``threshold`` is ``thin``.
    """

    name = "trends"
    tool = TRENDS
    answer_schema = of_objects(
        {
            **NOTICES,
            "by": WORD,
            "threshold": COUNT,
            "left_out": COUNT,
            "series": listed(
                of_objects(
                    {
                        "query": WORD,
                        "explained": WORD,
                        "languages": listed(WORD),
                        "count": COUNT,
                        "words": COUNT,
                        "without_period": of_objects({"count": COUNT, "words": COUNT}),
                        "points": listed(
                            of_objects(
                                {
                                    "period": WORD,
                                    "label": WORD,
                                    "count": NULL_COUNT,
                                    "words": COUNT,
                                    "per_10k": NULL_NUMBER,
                                    "thin": {"type": "boolean"},
                                }
                            )
                        ),
                    }
                )
            ),
        }
    )


class CollocationsView(ToolView):
    """The words that stand near what the query finds more often than chance would have it."""

    name = "collocations"
    tool = COLLOCATIONS
    answer_schema = paged(
        {
            "languages": listed(WORD),
            **dict.fromkeys(("window", "least", "hits", "words", "near_words"), COUNT),
        },
        {
            "word": WORD,
            "together": COUNT,
            "expected": NUMBER,
            "frequency": COUNT,
            **dict.fromkeys(("log_likelihood", "mi", "log_dice"), NUMBER),
        },
    )


class KeynessView(ToolView):
    """The words that the texts named by the question use more often, or less often, than all others."""

    name = "keyness"
    tool = KEYNESS
    answer_schema = paged(
        {
            "language": NULL_WORD,
            "direction": WORD,
            **dict.fromkeys(("least", "words", "rest_words"), COUNT),
        },
        {
            "word": WORD,
            "count": COUNT,
            "rest": COUNT,
            **dict.fromkeys(("per_10k", "rest_per_10k", "log_likelihood", "log_ratio"), NUMBER),
        },
    )


VIEWS = (ConcordanceView, TrendsView, CollocationsView, KeynessView)
