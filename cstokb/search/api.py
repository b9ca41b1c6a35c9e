"""Search, suggestions and references in the API."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from cstokb.listing.ask import Ask
from cstokb.listing.errors import BadQuestion, Fault, repeated
from cstokb.listing.filterset import unreadable
from cstokb.listing.pagination import MOST_ROWS
from cstokb.listing.renderers import RENDERERS
from cstokb.listing.schema import Schema, filter_parameters, format_parameter, query_parameter
from cstokb.listing.services import NULL_WORD, WORD, ServiceView, listed, of_objects, paging
from cstokb.search import told
from cstokb.search.answer import PAGE_SIZE, Answer, asked
from cstokb.search.filters import SearchFilters
from cstokb.search.resolve import matches
from cstokb.search.suggest import FITS, suggestions
from cstokb.search.views import PAGE, export, page_of

LONGEST_REFERENCE = 300
LANGUAGES = [code for code, _name in settings.LANGUAGES]

RESULT = of_objects(
    {
        "type": WORD,
        "kind": NULL_WORD,
        "id": WORD,
        "title": WORD,
        "title_ru": NULL_WORD,
        "url": WORD,
        "html_url": NULL_WORD,
        "date": NULL_WORD,
        "date_precision": NULL_WORD,
        **{name: listed(WORD) for name in told.BESIDE},
        "passages": listed(
            of_objects({"anchor": WORD, "language": WORD, "role": WORD, "html": WORD, "html_url": NULL_WORD})
        ),
        "changed_at": {"type": "string", "format": "date-time"},
    }
)
MEANT = of_objects({"query": WORD, "count": {"type": "integer"}, "url": WORD, "html_url": WORD})
FACETS: Schema = {
    "type": "object",
    "additionalProperties": listed(of_objects({"value": WORD, "label": WORD, "count": {"type": "integer"}})),
}


class SearchView(ServiceView):
    """Full text over states, people, organs, treaties, sessions, statements, invocations, activities and topics.

    ``did_you_mean`` is the query with its misspelt words put right, where that finds more; it is never asked instead.
    """

    name = "search"
    throttle_scope = "search"
    renderer_classes = RENDERERS
    answer_schema = of_objects(
        {
            "query": WORD,
            "explained": WORD,
            "notice": NULL_WORD,
            "notices": listed(of_objects({"text": WORD, "suggestion": WORD})),
            "did_you_mean": {"oneOf": [MEANT, {"type": "null"}]},
            "count": {"type": "integer"},
            "next": NULL_WORD,
            "previous": NULL_WORD,
            "facets": FACETS,
            "results": listed(RESULT),
        }
    )

    @classmethod
    def parameters(cls) -> list[Schema]:
        filters = SearchFilters(Ask.about(QueryDict(), now=timezone.now()))
        formats = format_parameter([str(one.format) for one in cls.renderer_classes])
        return [*filter_parameters(filters), *paging(PAGE_SIZE, MOST_ROWS), formats]

    def answer(self, request: Request, ask: Ask) -> HttpResponseBase:
        filters = asked(ask, (*PAGE, "format"), strict=True)
        form = str(request.accepted_renderer.format)
        if form != "json":
            return export(filters, form)
        return Response(told.answer_as_json(Answer(filters, *page_of(ask)), ask))

    def _known(self, request: Request, ask: Ask) -> HttpResponseBase:
        # The filters know their own parameters and say of an unknown one which was meant.
        return self.answer(request, ask)


class SuggestView(ServiceView):
    """Names, titles and offices that begin with what is typed, or sound like it, and articles by number: at most ten.

    Where an office fits, whoever holds it today is suggested, and last who held it; ``office`` then says which it is
    and since or until when. ``fit`` says how the text fits: ``exact``, ``name`` (its beginning), ``word`` (the
    beginning of a later word), ``sound`` (another romanisation), ``layout`` (typed on the other keyboard, English or
    Russian).
    """

    name = "suggest"
    throttle_scope = "search"
    described = (
        query_parameter("q", {"type": "string", "maxLength": 100}, "The beginning of a name."),
        query_parameter("lang", {"type": "string", "enum": LANGUAGES}, "The language of labels and pages."),
    )
    answer_schema = listed(
        of_objects(
            {
                "text": WORD,
                "type": WORD,
                "id": WORD,
                "label": WORD,
                "type_label": WORD,
                "office": NULL_WORD,
                "fit": {"type": "string", "enum": list(FITS)},
                "html_url": WORD,
            }
        )
    )

    def answer(self, request: Request, ask: Ask) -> HttpResponseBase:
        language = one_text("lang", ask) or "en"
        if language not in LANGUAGES:
            detail = _("It is none of the words allowed here.")
            raise BadQuestion(
                faults=[Fault("lang", language[:200], "unknown_word", detail, allowed=LANGUAGES)]
            )
        with translation.override(language):
            return Response(suggestions(one_text("q", ask), replace(ask, language=language)))


class ResolveView(ServiceView):
    """Which record a reference means: an id, a name, an address of a page, a UNTS number, or a provision as cited.

    One that may mean several is answered with 300 and the list; ``on`` is the day whose numbers of articles count.
    """

    name = "resolve"
    described = (
        query_parameter("ref", {"type": "string", "maxLength": LONGEST_REFERENCE}, "The reference.")
        | {"required": True},
        query_parameter(
            "on", {"type": "string"}, "The day whose numbers of articles count; today without it."
        ),
    )
    answer_schema = of_objects(
        {"matches": listed(of_objects({"type": WORD, "id": WORD, "html_url": NULL_WORD, "label": WORD}))}
    )

    def answer(self, request: Request, ask: Ask) -> HttpResponseBase:
        ask.require_days()
        text = one_text("ref", ask)
        if not text.strip():
            raise BadQuestion(faults=[told.fault("ref", "", "required", _("Write a reference."))])
        found = matches(text, ask)
        status = HTTPStatus.MULTIPLE_CHOICES if len(found) > 1 else HTTPStatus.OK
        return Response({"matches": found}, status=status)


def one_text(name: str, ask: Ask) -> str:
    """The one value of a parameter; empty where there is none.

    Raises:
        BadQuestion: for several values, too long a one, or one with characters that no text has.
    """
    given = list(dict.fromkeys(value for value in ask.params.getlist(name) if value.strip()))
    text = given[0] if given else ""
    if len(given) > 1:
        raise BadQuestion(faults=[repeated(name, given)])
    if len(text) > LONGEST_REFERENCE:
        detail = _("At most %(most)s characters.") % {"most": LONGEST_REFERENCE}
        raise BadQuestion(faults=[told.fault(name, text, "too_long", detail)])
    if unreadable(text):
        detail = _("It holds characters that no text has.")
        raise BadQuestion(faults=[told.fault(name, text, "characters", detail)])
    return text


VIEWS: tuple[Any, ...] = (SearchView, SuggestView, ResolveView)
