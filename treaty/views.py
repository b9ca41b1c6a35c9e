"""Pages of instruments, of their provisions, and of how states stand to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django.db.models import Q
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext as _

from cstokb.listing import clocks
from cstokb.listing.ask import Ask
from cstokb.listing.citation import Cited
from cstokb.listing.citing import Asked, Titled
from cstokb.listing.clocks import Clocks
from cstokb.listing.conditional import HTML, ConditionalView
from cstokb.listing.errors import Moved, NothingHere
from cstokb.listing.export import FORMATS
from cstokb.listing.frame import frame
from cstokb.listing.listing import Line, Listing
from cstokb.listing.moments import about_the_moment
from cstokb.listing.pages import LABELS, SUFFIXES, ListingPage
from cstokb.listing.pagination import MOST_ROWS, Slice, Wish
from cstokb.listing.record_pages import (
    ID,
    Beyond,
    RecordPage,
    aside,
    explain_absence,
    find_row,
    moved_like,
)
from cstokb.listing.selection import Selection
from cstokb.listing.slider import slider
from treaty import linked_data, page_expression, page_instrument, page_provision
from treaty.acts import STATUS_KEYS, standing_records
from treaty.citing import instrument_cited
from treaty.editions import edition_on
from treaty.listings import INSTRUMENTS, PROVISIONS
from treaty.matrix import MATRIX
from treaty.models import TreatyAction
from treaty.page_matrix import day_strip, first_day, legend, matrix_table
from treaty.page_parties import Roster, notable_days, parties_context
from treaty.page_parts import band, language_asked, own, with_time, within
from treaty.reader import STATE, read_state
from treaty.values import editions_of

#: Ids of provisions, told from reserved words by what sort of part they begin with.
PROVISION_ID = r"(?P<id>[^/.?#]+/(?:preamble|ch|art|p|annex)(?:-[^/.?#]+)?(?:/[^/.?#]+)*)"
_SUFFIXES = "|".join(FORMATS)


def row_at(listing: Listing, public_id: str, ask: Ask, below: str = "") -> dict[str, Any]:
    """The row of a record below ``/treaties/``. Records of other bodies have ids but no page here.

    ``below`` is the page of the record that was asked for (``parties/``), which stands below its new address too.

    Raises:
        Moved: to where the record stands now.
        Withdrawn: with the tombstone of one that was taken off.
        NothingHere: for everything else, drafts included.
    """
    try:
        return find_row(listing, public_id, ask)
    except NothingHere:
        reason = explain_absence(listing, public_id, f"/treaties/{public_id}/", ask)
        if isinstance(reason, Moved):
            reason = Moved(moved_like(ask, f"{reason.path}{below}"))
        raise reason from None


class InstrumentList(ListingPage):
    """Instruments, newest first, and whether each is in force on the day shown."""

    listing = INSTRUMENTS
    template_name = "treaty/instruments.html"


class InstrumentPage(RecordPage):
    """An instrument read whole as of a day."""

    listing = INSTRUMENTS
    template_name = "treaty/instrument.html"
    parameters: ClassVar[tuple[str, ...]] = ("lang", STATE)

    def row(self, ask: Ask, **kwargs: Any) -> dict[str, Any]:
        if STATE in self.parameters:
            read_state(ask)
        return row_at(self.listing, str(kwargs["id"]), ask)

    def citation(self, ask: Ask, row: dict[str, Any], line: Line, asked_for: Asked, place: str) -> Cited:
        return instrument_cited(super().citation(ask, row, line, asked_for, place), row)

    def beyond(self, ask: Ask, row: dict[str, Any]) -> Beyond:
        return page_instrument.mentioned(ask, row)

    def context(self, ask: Ask, row: dict[str, Any], line: Line) -> dict[str, Any]:
        language = language_asked(ask)
        whole, edition = page_instrument.Whole.of(ask, row, line), edition_on(editions_of(row, ask), ask.day)
        return {
            **page_instrument.context(whole, language),
            "formats": page_expression.formats_of_day(ask, line.id, edition),
            "linked_data": linked_data.script(linked_data.instrument(whole, edition, language)),
        }


class ProvisionPage(RecordPage):
    """A provision: the wording of the day first, then the others, with the sources of each."""

    listing = PROVISIONS
    template_name = "treaty/provision.html"
    parameters = ("lang", STATE)

    @classmethod
    def urls(cls, pattern: str = PROVISION_ID) -> list[URLPattern]:
        view = cls.as_view()
        return [
            re_path(rf"^treaties/{pattern}/$", view, name="provision"),
            re_path(rf"^treaties/{pattern}\.(?P<form>json)$", view, name="provision-as"),
        ]

    def row(self, ask: Ask, **kwargs: Any) -> dict[str, Any]:
        read_state(ask)
        return row_at(self.listing, str(kwargs["id"]), ask)

    def citation(self, ask: Ask, row: dict[str, Any], line: Line, asked_for: Asked, place: str) -> Cited:
        return page_provision.cited(ask, row, line, asked_for)

    def beyond(self, ask: Ask, row: dict[str, Any]) -> Beyond:
        return page_provision.mentioned(ask, row)

    def context(self, ask: Ask, row: dict[str, Any], line: Line) -> dict[str, Any]:
        single = page_provision.Single.of(ask, row, line)
        instrument = single.instrument
        crumbs = [{"label": str(INSTRUMENTS.title), "url": with_time(ask, INSTRUMENTS.path)}]
        if instrument:
            crumbs.append({"label": instrument.label(ask.language), "url": within(ask, instrument.path)})
        language = language_asked(ask)
        made = page_provision.context(single, line, language)
        made["linked_data"] = linked_data.script(linked_data.provision(single, language))
        formats = [
            {
                "url": with_time(ask, f"/treaties/{line.id}.{suffix}"),
                "label": page_expression.WORK_FORMATS[suffix],
            }
            for suffix in ("xml", "json", "jsonld")
        ]
        return {**made, "formats": formats, "crumbs": [*crumbs, {"label": single.name, "url": line.url}]}


class StatusView(ConditionalView):
    """A page about standings on a day, which is a table in other formats too."""

    template_name: str

    @classmethod
    def clocks(cls) -> Clocks:
        return clocks.BOTH

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        ask.require_days()
        set_aside = aside(ask, self.clocks().taken, strict=form != HTML)
        context, keys, records = self.told(ask, **kwargs)
        if form == HTML:
            more = {"set_aside": set_aside, "clean_url": ask.path, "ask": ask}
            return render(request, self.template_name, {**context, **more})
        media_type, write = FORMATS[form]
        head: dict[str, Any] = {
            "on": ask.day.isoformat(),
            "count": len(records),
            "next": None,
            "previous": None,
        }
        if context["notices"]:
            head["notice"] = " ".join(context["notices"])
        return StreamingHttpResponse(write(keys, iter(records), head), content_type=media_type)

    def titled(self, ask: Ask, **kwargs: Any) -> Titled:
        ask.require_days()
        set_aside = aside(ask, self.clocks().taken, strict=False)
        return Titled(self.title(ask, **kwargs), set_aside)

    def title(self, ask: Ask, **kwargs: Any) -> str:
        """What the page is called."""
        raise NotImplementedError

    def told(self, ask: Ask, **kwargs: Any) -> tuple[dict[str, Any], Sequence[str], list[dict[str, Any]]]:
        """What the page shows (``notices`` among it), and the columns and rows of its other formats."""
        raise NotImplementedError

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The address of the page, and of its other formats."""
        raise NotImplementedError


def formats_of(path: str, ask: Ask) -> list[dict[str, str]]:
    """A status page in other formats, with the same question."""
    bare = path.rstrip("/")
    return [{"url": with_time(ask, f"{bare}.{suffix}"), "label": LABELS[suffix]} for suffix in FORMATS]


class PartiesPage(StatusView):
    """How each state stands to one instrument on a day, and every act that made it so."""

    template_name = "treaty/parties.html"

    @classmethod
    def urls(cls) -> list[URLPattern]:
        view = cls.as_view()
        return [
            re_path(rf"^treaties/{ID}/parties/$", view, name="parties"),
            re_path(rf"^treaties/{ID}/parties\.(?P<form>{_SUFFIXES})$", view, name="parties-as"),
        ]

    def title(self, ask: Ask, **kwargs: Any) -> str:
        return _title(row_at(INSTRUMENTS, str(kwargs["id"]), ask, below="parties/"), ask)

    def told(self, ask: Ask, **kwargs: Any) -> tuple[dict[str, Any], Sequence[str], list[dict[str, Any]]]:
        row = row_at(INSTRUMENTS, str(kwargs["id"]), ask, below="parties/")
        roster = Roster.of(ask, row)
        return (
            self._context(ask, row, roster),
            STATUS_KEYS,
            standing_records(roster.told, ask.day, roster.pauses),
        )

    def _context(self, ask: Ask, row: dict[str, Any], roster: Roster) -> dict[str, Any]:
        path = f"{row['entry__path']}parties/"
        label = own(row, "entry__label", ask)
        signed = row["signed_on"].earliest if row["signed_on"] else None
        return {
            **frame(ask, path),
            "title": _title(row, ask),
            "notices": about_the_moment(ask, TreatyAction, only=Q(instrument_id=row["entry_id"])),
            "crumbs": [
                {"label": str(INSTRUMENTS.title), "url": with_time(ask, INSTRUMENTS.path)},
                {"label": label, "url": with_time(ask, row["entry__path"])},
                {"label": _("Parties"), "url": path},
            ],
            "asof": {
                **band(ask, path, "", notable_days(roster), signed),
                "slider": slider(ask, signed),
            },
            "formats": formats_of(path, ask),
            **parties_context(roster),
        }


def _title(row: dict[str, Any], ask: Ask) -> str:
    return _("Parties: %(instrument)s") % {"instrument": own(row, "entry__label", ask)}


class StatusPage(ListingPage):
    """Instruments by states on a day. Its exports hold the words of the vocabulary."""

    listing = MATRIX
    template_name = "treaty/status.html"

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """Addresses under names of their own, since the rows are those of the list of instruments."""
        view = cls.as_view()
        suffixes = "|".join(SUFFIXES)
        return [
            path("treaties/status/", view, name="treaty-status"),
            re_path(rf"^treaties/status\.(?P<form>{suffixes})$", view, name="treaty-status-as"),
        ]

    def _cut_for_readers(self, selection: Selection, wish: Wish, count: int) -> Slice:
        """As many rows as a page may hold: a matrix is read whole."""
        asked = selection.ask.params.get("page_size")
        return super()._cut_for_readers(selection, wish if asked else replace(wish, size=MOST_ROWS), count)

    def first_day(self, ask: Ask) -> date | None:
        return first_day(ask)

    def context(self, selection: Selection, lines: Sequence[Line]) -> dict[str, Any]:
        ask = selection.ask
        return {
            "crumbs": [
                {"label": str(INSTRUMENTS.title), "url": with_time(ask, INSTRUMENTS.path)},
                {"label": str(MATRIX.title), "url": MATRIX.path},
            ],
            "strip": day_strip(ask, MATRIX.path),
            "matrix": matrix_table(selection, lines),
            "legend": legend(),
        }
