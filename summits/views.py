"""Pages of sessions, attendance, chairmanships, invocations, activities and milestones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from django.urls import URLPattern, path, re_path
from django.utils.translation import ngettext

from cstokb.listing.ask import Ask
from cstokb.listing.evidence import Beside
from cstokb.listing.listing import Line
from cstokb.listing.pages import SUFFIXES, ListingPage
from cstokb.listing.pagination import MOST_ROWS, Slice, Wish
from cstokb.listing.record_pages import Beyond, RecordPage
from cstokb.listing.selection import Selection
from summits import (
    listings,
    matrix,
    page_activity,
    page_chairs,
    page_invocation,
    page_milestone,
    page_session,
)
from summits.cards import seat_table
from summits.facts import own
from summits.parts import contingents_of, invocation_parts, requests_of, session_parts
from summits.representation import section
from summits.signs import LEGEND


class SessionList(ListingPage):
    """Sessions, newest first; what counts as a meeting is said above them."""

    listing = listings.SESSIONS
    template_name = "summits/sessions.html"

    def context(self, selection: Selection, lines: Sequence[Line]) -> dict[str, Any]:
        counted = selection.filterset.filters["counted"].count(selection.tally, "yes")
        if counted is None:
            return {}
        said = ngettext(
            "%(n)d of them is a meeting that took place.",
            "%(n)d of them are meetings that took place.",
            counted,
        )
        return {"counted": said % {"n": counted}}


class SessionPage(RecordPage):
    """A session: who sat, what was on the agenda, what was adopted, what the sources say."""

    listing = listings.SESSIONS
    template_name = "summits/session.html"

    def beyond(self, ask: Ask, row: dict[str, Any]) -> Beyond:
        parts = session_parts(row, ask)
        return Beyond(parts.names(), (seat["entry_id"] for seat in parts.seats))

    def context(self, ask: Ask, row: dict[str, Any], line: Line) -> dict[str, Any]:
        beside = Beside.of(ask)
        return page_session.context(line, session_parts(row, ask), beside.names, beside.evidence, ask)


class AttendanceMatrix(ListingPage):
    """Meetings down, states across. Its exports hold the words of the cells."""

    listing = matrix.MATRIX
    template_name = "summits/attendance.html"

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """Addresses under names of their own, since the rows are those of the list of sessions."""
        view = cls.as_view()
        suffixes = "|".join(SUFFIXES)
        return [
            path("summits/attendance/", view, name="attendance-matrix"),
            re_path(rf"^summits/attendance\.(?P<form>{suffixes})$", view, name="attendance-matrix-as"),
        ]

    def _cut_for_readers(self, selection: Selection, wish: Wish, count: int) -> Slice:
        """As many rows as a page may hold: a matrix is read whole."""
        asked = selection.ask.params.get("page_size")
        return super()._cut_for_readers(selection, wish if asked else replace(wish, size=MOST_ROWS), count)

    def context(self, selection: Selection, lines: Sequence[Line]) -> dict[str, Any]:
        ask, across = selection.ask, matrix.states_across(selection)
        grid = matrix.grid([line.entry_id for line in lines], ask)
        cells = {
            line.entry_id: [grid.cell(line.entry_id, line.dates["began_on"], key) for key in across]
            for line in lines
        }
        columns = [
            {"label": named.id.upper(), "title": named.label(ask.language), "url": ask.localised(named.path)}
            for named in across.values()
        ]
        rows = [_matrix_row(line, cells[line.entry_id], ask) for line in lines]
        foot = [matrix.attended(column) for column in zip(*cells.values(), strict=True)]
        return {"columns": columns, "rows": rows, "foot": foot, "legend": LEGEND}


def _matrix_row(line: Line, cells: Sequence[matrix.Cell], ask: Ask) -> dict[str, Any]:
    column = {one.name: one for one in matrix.MATRIX.columns}
    chair = line.refs.get("chair_state")
    kind = cast("Any", column["type"]).label_of(line.values["type"])
    meeting = cast("Any", column["format"]).label_of(line.values["format"])
    return {
        "url": line.url,
        "date": line.dates["began_on"],
        "place": own(line.values, "city", ask) or meeting,
        "kind": kind,
        "chair": chair.label(ask.language) if chair else "",
        "cells": cells,
    }


class AttendanceList(ListingPage):
    """Who sat for whom, meeting by meeting; of one state also at what level over time."""

    listing = listings.ATTENDANCES
    template_name = "summits/attendances.html"

    def context(self, selection: Selection, lines: Sequence[Line]) -> dict[str, Any]:
        ask = selection.ask
        seats = {"seats": seat_table(lines, ask), "timeline": None}
        states: list[int] = selection.filterset.answers.get("state") or []
        if len(states) != 1 or ask.on:
            return seats
        named = Beside.of(ask).names.get(states[0])
        made = section(states[0], named.id, ask) if named else None
        if named is None or made is None:
            return seats
        return {**seats, "timeline": {**made, "state": named.label(ask.language), "all_url": ""}}


class ChairmanshipList(ListingPage):
    """Who held the chair, what follows from the Charter, and which sources say so."""

    listing = listings.CHAIRMANSHIPS
    template_name = "summits/chairmanships.html"
    shows_evidence = True

    def context(self, selection: Selection, lines: Sequence[Line]) -> dict[str, Any]:
        return page_chairs.ChairView.of(lines, selection.ask).context()


class InvocationList(ListingPage):
    """Requests, newest first; rows kept as context are marked."""

    listing = listings.INVOCATIONS
    template_name = "summits/invocations.html"

    def context(self, selection: Selection, lines: Sequence[Line]) -> dict[str, Any]:
        counted = selection.filterset.filters["context"].count(selection.tally, "no")
        if counted is None:
            return {}
        said = ngettext(
            "%(n)d of them is a request; the others are context.",
            "%(n)d of them are requests; the others are context.",
            counted,
        )
        return {"counted": said % {"n": counted}}


class InvocationPage(RecordPage):
    """An invocation: request, decision, outcome and dated steps; of context, why it is no more."""

    listing = listings.INVOCATIONS
    template_name = "summits/invocation.html"

    def beyond(self, ask: Ask, row: dict[str, Any]) -> Beyond:
        parts = invocation_parts(row, ask)
        return Beyond(parts.names(), parts.backed())

    def context(self, ask: Ask, row: dict[str, Any], line: Line) -> dict[str, Any]:
        parts, beside = invocation_parts(row, ask), Beside.of(ask)
        return page_invocation.context(line, parts, beside.names, beside.evidence, ask)


class ActivityList(ListingPage):
    """Operations and exercises, newest first."""

    listing = listings.ACTIVITIES


class ActivityPage(RecordPage):
    """An operation or exercise: where, when, with which states and how many."""

    listing = listings.ACTIVITIES
    template_name = "summits/activity.html"

    def beyond(self, ask: Ask, row: dict[str, Any]) -> Beyond:
        parts = contingents_of(row, ask)
        named = (*(part["state_id"] for part in parts), *(one["session_id"] for one in requests_of(row, ask)))
        return Beyond(named, (part["entry_id"] for part in parts))

    def context(self, ask: Ask, row: dict[str, Any], line: Line) -> dict[str, Any]:
        parts, beside = contingents_of(row, ask), Beside.of(ask)
        sessions = [one["session_id"] for one in requests_of(row, ask)]
        return page_activity.context(line, parts, sessions, beside.names, beside.evidence, ask)


class MilestoneList(ListingPage):
    """Dated facts of the Organization, newest first."""

    listing = listings.MILESTONES


class MilestonePage(RecordPage):
    """A milestone: what happened, when and where, whom it concerned, and what the sources say."""

    listing = listings.MILESTONES
    template_name = "summits/milestone.html"

    def context(self, ask: Ask, row: dict[str, Any], line: Line) -> dict[str, Any]:
        return page_milestone.context(line, Beside.of(ask).evidence, ask)
