"""Instruments, provisions, wordings, acts and the status of states in the API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from django.db.models import Q
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cstokb.dates import Answer
from cstokb.listing import clocks
from cstokb.listing.api import ApiView, ListingViewSet, refuse_unknown
from cstokb.listing.ask import Ask
from cstokb.listing.clocks import Clocks
from cstokb.listing.errors import BadQuestion, Fault, NothingHere
from cstokb.listing.export import FORMATS
from cstokb.listing.moments import about_the_moment
from cstokb.listing.record_pages import find_row
from cstokb.listing.renderers import RENDERERS
from cstokb.records import naming
from cstokb.records.models import Entry
from cstokb.records.naming import Wanted
from treaty.acts import SPELLS, STATUS_KEYS, parties_of, spell_records, standing_records
from treaty.choices import PartyStatus
from treaty.listings import (
    AMENDMENTS,
    FINAL_CLAUSES,
    INSTRUMENTS,
    PROVISION_TEXTS,
    PROVISIONS,
    TREATY_ACTIONS,
)
from treaty.models import TreatyAction
from treaty.pauses import pauses_by_state
from treaty.reader import STATE, read_state

_EVERY_INSTRUMENT = replace(INSTRUMENTS, base=None)
#: What a text is asked beside the day.
FOR_A_STATE = {STATE: gettext_lazy("A state, by its id or name: the text that binds it on the day.")}


class InstrumentViewSet(ListingViewSet):
    """Legal acts as works. Those of other bodies are in no list, but answer where another record names them."""

    listing = INSTRUMENTS
    asked = FOR_A_STATE

    def find(self, ask: Ask, public_id: str) -> dict[str, Any]:
        read_state(ask)
        try:
            return find_row(_EVERY_INSTRUMENT, public_id, ask)
        except NothingHere:
            return super().find(ask, public_id)


class ProvisionViewSet(ListingViewSet):
    """Addressable parts of instruments, as they stand on the day asked about, or as they bind a state."""

    listing = PROVISIONS
    asked = FOR_A_STATE

    def find(self, ask: Ask, public_id: str) -> dict[str, Any]:
        read_state(ask)
        return super().find(ask, public_id)


class ProvisionTextViewSet(ListingViewSet):
    """Wordings of provisions; with ``on`` those in force on the day."""

    listing = PROVISION_TEXTS


class AmendmentViewSet(ListingViewSet):
    """What instruments changed in others, provision by provision; with ``on`` those that hold on the day."""

    listing = AMENDMENTS


class TreatyActionViewSet(ListingViewSet):
    """Acts of states upon instruments."""

    listing = TREATY_ACTIONS


class SpellOfState(serializers.Serializer[Any]):
    """A time in which a state stood to an instrument in one way, its last day included."""

    status = serializers.ChoiceField(choices=PartyStatus.values)
    again = serializers.BooleanField(help_text="A party again, after an earlier time as a party.")
    disputed = serializers.BooleanField(help_text="Sources disagree whether it was so at all.")
    began_on = serializers.CharField(help_text="An EDTF date; XXXX: not known.")
    ended_on = serializers.CharField(allow_null=True, help_text="An EDTF date. Null: it goes on.")
    begun_by = serializers.ListField(child=serializers.CharField(), help_text="Acts that may have begun it.")
    ended_by = serializers.ListField(child=serializers.CharField(), help_text="Acts that may have ended it.")


class StandingOnDay(serializers.Serializer[Any]):
    """How one state stands to an instrument on a day."""

    state = serializers.CharField()
    answer = serializers.ChoiceField(
        choices=[answer.value for answer in Answer], help_text="Whether it is a party."
    )
    status = serializers.ChoiceField(choices=PartyStatus.values)
    since = serializers.CharField(allow_null=True, help_text="An EDTF date.")
    act = serializers.CharField(allow_null=True, help_text="The act by which it came to stand so.")
    blocked_by = serializers.ListField(
        child=serializers.CharField(), help_text="Acts that keep the answer or the status from being known."
    )
    paused = serializers.BooleanField(
        allow_null=True,
        help_text="Whether it had stopped taking part in the Organization; changes no status. Null: not known.",
    )
    spells = SpellOfState(many=True, required=False, help_text="With spells=yes: every status over time.")


class StatusAnswer(serializers.Serializer[Any]):
    """How every state with an act upon an instrument stands to it on a day."""

    instrument = serializers.CharField()
    on = serializers.DateField()
    count = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = StandingOnDay(many=True)


class FinalClauseViewSet(ListingViewSet):
    """What instruments lay down about their own time; the dates that follow stand with the instrument."""

    listing = FINAL_CLAUSES


class StatusView(ApiView):
    """How each state that ever acted upon an instrument stands to it on a day."""

    renderer_classes = list(RENDERERS)

    @classmethod
    def clocks(cls, *actions: str) -> Clocks:
        """Both."""
        return clocks.BOTH

    @extend_schema(
        operation_id="status",
        parameters=[
            OpenApiParameter(
                "instrument", str, required=True, description="An id, or any spelling of the title."
            ),
            OpenApiParameter("on", str, description="The day; today without it."),
            OpenApiParameter("known_on", str, description="What the knowledge base said at a moment."),
            OpenApiParameter(
                "spells", str, enum=["yes", "no"], description="Whether to tell every status over time too."
            ),
        ],
        responses=StatusAnswer,
    )
    def get(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        """The status of each state, by its id."""
        return self.conditional(request, lambda ask: self._status(request, ask))

    def _status(self, request: Request, ask: Ask) -> HttpResponseBase:
        refuse_unknown(ask, ("instrument", "on", "known_on", SPELLS, "format"))
        ask.require_days()
        key, public_id = instrument_asked(ask)
        told = parties_of([key], ask).get(key)
        records = standing_records(told, ask.day, pauses_by_state(ask)) if told else []
        keys: tuple[str, ...] = STATUS_KEYS
        if told and spells_asked(ask):
            records = [{**one, SPELLS: spell_records(told, one["state"])} for one in records]
            keys = (*STATUS_KEYS, SPELLS)
        head = {"instrument": public_id, "on": ask.day.isoformat(), "count": len(records)}
        envelope = {**head, "next": None, "previous": None}
        notices = about_the_moment(ask, TreatyAction, only=Q(instrument_id=key))
        if notices:
            envelope["notice"] = " ".join(notices)
        form = str(request.accepted_renderer.format)
        if form == "json":
            return Response({**envelope, "results": records})
        media_type, write = FORMATS[form]
        return StreamingHttpResponse(write(keys, iter(records), envelope), content_type=media_type)

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The address below ``/api/v1/``, also with a format as suffix."""
        view = cast("Callable[..., HttpResponseBase]", cls.as_view())
        return [
            re_path(r"^status/$", view, name="api-status"),
            re_path(r"^status\.(?P<format>[a-z0-9]+)$", view, name="api-status-as"),
        ]


def spells_asked(ask: Ask) -> bool:
    """Whether ``spells`` asks for every status over time. Raises BadQuestion for anything but yes and no."""
    given = [value for value in ask.params.getlist(SPELLS) if value.strip()]
    if not given:
        return False
    if given in (["yes"], ["no"]):
        return given == ["yes"]
    said = ", ".join(given)[:200]
    raise BadQuestion(faults=[Fault(SPELLS, said, "unknown_word", _("Say yes or no."), ["yes", "no"])])


def instrument_asked(ask: Ask) -> tuple[int, str]:
    """The row id and public id of the one instrument that ``instrument`` names, by its id or title.

    Raises:
        BadQuestion: when it is missing, names none, or several.
    """
    given = list(dict.fromkeys(value for value in ask.params.getlist("instrument") if value.strip()))
    if len(given) != 1:
        code, detail = (
            ("repeated", _("Name one instrument.")) if given else ("required", _("Name an instrument."))
        )
        raise BadQuestion(faults=[Fault("instrument", ", ".join(given)[:200], code, detail)])
    wanted = Wanted("instrument", given[0])
    found = naming.find([wanted], ask.scope)[wanted]
    if not found:
        close = naming.nearest("instrument", given[0], ask.scope)
        detail = _("No record has this id or name.")
        raise BadQuestion(
            faults=[Fault("instrument", given[0][:200], "names_nothing", detail, nearest=close)]
        )
    slugs = dict(Entry.objects.filter(pk__in=found).values_list("pk", "slug"))
    exact = [key for key in found if slugs[key] == given[0].strip().lower()] or list(found)
    if len(exact) > 1:
        allowed = sorted(slugs.values())
        fault = Fault(
            "instrument", given[0][:200], "ambiguous", _("Several instruments bear this name."), allowed
        )
        raise BadQuestion(faults=[fault])
    return exact[0], slugs[exact[0]]


VIEWSETS = (
    InstrumentViewSet,
    ProvisionViewSet,
    ProvisionTextViewSet,
    AmendmentViewSet,
    TreatyActionViewSet,
    FinalClauseViewSet,
)
#: Endpoints that are no Listings.
ENDPOINTS = (StatusView,)
