"""Choosing the format of an API answer: by suffix, by ``format=``, by Accept, and JSON wherever that is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from cstokb.listing.errors import BadQuestion, Fault, nearest

LONGEST_ACCEPT = 2_000


class Negotiation(BaseContentNegotiation):
    """Takes the renderer with the highest weight; among equals the more specific range, then the first renderer."""

    def select_parser(self, request: Request, parsers: Iterable[object]) -> None:
        """None: the API reads no bodies."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The renderer and its media type.

        Raises:
            Http404: for a suffix that is no format here.
            BadQuestion: for such a ``format=``.
            NotAcceptable: when Accept allows none.
        """
        offered = list(renderers)
        if format_suffix:
            return self._named(format_suffix, offered)
        wanted = request.query_params.get("format")
        if wanted:
            return self._asked_for(wanted, offered)
        ranges = list(_ranges(request.headers.get("Accept", "") or "*/*"))
        ranked = [(_weight(str(one.media_type), ranges), -place) for place, one in enumerate(offered)]
        (weight, _specific), place = max(ranked)
        if weight <= 0:
            raise exceptions.NotAcceptable(available_renderers=offered)
        chosen = offered[-place]
        return chosen, str(chosen.media_type)

    def _named(self, name: str, offered: Sequence[BaseRenderer]) -> tuple[BaseRenderer, str]:
        for one in offered:
            if one.format == name:
                return one, str(one.media_type)
        raise Http404

    def _asked_for(self, name: str, offered: Sequence[BaseRenderer]) -> tuple[BaseRenderer, str]:
        try:
            return self._named(name, offered)
        except Http404:
            allowed = [str(one.format) for one in offered]
            detail = _("It is none of the formats offered here.")
            fault = Fault("format", name[:200], "unknown_word", detail, allowed, nearest(name, allowed))
            raise BadQuestion(faults=[fault]) from None


Range = tuple[str, float]


def _ranges(accept: str) -> Iterator[Range]:
    """The media ranges of an Accept header with their weights; what is no range is passed over."""
    for part in accept[:LONGEST_ACCEPT].split(","):
        media, *options = (piece.strip().lower() for piece in part.split(";"))
        if media.count("/") == 1:
            yield media, _quality(options)


def _quality(options: Iterable[str]) -> float:
    for option in options:
        name, _equals, value = option.partition("=")
        if name.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


def _weight(media_type: str, ranges: Sequence[Range]) -> tuple[float, int]:
    """The weight that the most specific range gives to a media type, and how specific that range is."""
    bare = media_type.partition(";")[0].strip()
    found = [
        (specific, weight)
        for wanted, weight in ranges
        for specific, fits in (
            (2, wanted == bare),
            (1, wanted == f"{bare.partition('/')[0]}/*"),
            (0, wanted == "*/*"),
        )
        if fits
    ]
    if not found:
        return 0.0, 0
    specific, weight = max(found)
    return weight, specific
