"""ListingPage: a Listing as a page, and under the same address with a suffix as CSV, XLSX, JSON, NDJSON and Atom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext as _

from cstokb.listing import bibliography, feeds, surfaces
from cstokb.listing.ask import Ask
from cstokb.listing.bibliography import RIS
from cstokb.listing.blocks import Block
from cstokb.listing.citing import Titled, cite_question_url
from cstokb.listing.clocks import Clocks, Day
from cstokb.listing.conditional import HTML, ConditionalView
from cstokb.listing.days import On
from cstokb.listing.errors import (
    BadQuestion,
    NothingHere,
)
from cstokb.listing.evidence import Beside
from cstokb.listing.export import COUNTING, FORMATS, all_blocks, blocks_of, exported, require_fits
from cstokb.listing.frame import frame
from cstokb.listing.listing import Listing, Page
from cstokb.listing.names import name_too
from cstokb.listing.pagination import MOST_ROWS, Pager, Slice, Wish
from cstokb.listing.selection import Selection
from cstokb.listing.shape import Shape
from cstokb.listing.slider import slider

SUFFIXES = (*FORMATS, "atom")
PAGING = surfaces.PAGE
LABELS = {
    "csv": "CSV",
    "xlsx": "XLSX",
    "json": "JSON",
    "ndjson": "NDJSON",
    "atom": "Atom",
    RIS: bibliography.LABEL,
}


class ListingPage(ConditionalView):
    """A Listing as a page and in every export format.

    A subclass names ``listing`` and, where rows need more than the plain table, ``template_name``, which extends
    ``listing/list.html`` and fills its block ``rows``.
    """

    listing: ClassVar[Listing]
    template_name: ClassVar[str] = "listing/list.html"
    #: Whether the page shows the evidence of its rows.
    shows_evidence: ClassVar[bool] = False

    @classmethod
    def clocks(cls) -> Clocks:
        return of_filters(cls.listing.filters.base_filters)

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The addresses: the page with a slash, the formats with a suffix."""
        bare = cls.listing.path.strip("/")
        name = f"{cls.listing.api}-list"
        view = cls.as_view()
        suffixes = "|".join(suffixes_of(cls.listing))
        return [
            path(f"{bare}/", view, name=name),
            re_path(rf"^{bare}\.(?P<form>{suffixes})$", view, name=f"{name}-as"),
        ]

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        if form == HTML:
            return self.page(request, ask)
        selection = self.listing.select(ask, surfaces.PAGE if form in ("atom", RIS) else surfaces.EXPORT)
        wish = Wish.read(ask.params, size=MOST_ROWS)
        if form == RIS:
            return references(selection, wish)
        return self.feed(selection, wish) if form == "atom" else export(selection, wish, form)

    def titled(self, ask: Ask, **kwargs: Any) -> Titled:
        selection = self.listing.examine(ask, surfaces.PAGE)
        selection.require_sound(strict=False)
        return Titled(str(self.listing.title), selection.set_aside)

    # -- formats ---------------------------------------------------------------------------------------------------

    def feed(self, selection: Selection, wish: Wish) -> HttpResponse:
        """A page of at most 200 rows as Atom."""
        part = cut(selection, wish, None)
        return feeds.feed(selection, part, selection.listing.lines(part.rows, selection.ask))

    # -- the page --------------------------------------------------------------------------------------------------

    def page(self, request: HttpRequest, ask: Ask) -> HttpResponse:
        """The page for readers."""
        selection = self.listing.examine(ask, surfaces.PAGE)
        try:
            selection.require_sound(strict=False)
            wish = Wish.read(ask.params)
            count = selection.tallied_count
            part = self._cut_for_readers(selection, wish, count)
        except BadQuestion as problem:
            return self._form_again(request, selection, problem)
        page = self._described(selection, part)
        lines = page.lines(part.rows)
        context = {
            **self._common(request, selection),
            "count": count,
            "facets": selection.facets(page.names),
            "lines": lines,
            "records": self.listing.cards(lines, ask),
            "empty": {"title": _("No record fits."), "text": "", "links": []},
            "unknown": selection.unknown,
            "notices": selection.notices,
            "pager": self._pager(ask, part, count),
            **self.context(selection, lines),
        }
        return render(request, self.template_name, context)

    def _described(self, selection: Selection, part: Slice) -> Page:
        """The rows with the names of all that they and the facets mention, and with their evidence if it is shown."""
        beside, facets = Beside.kept(selection.ask), selection.facet_ids()
        name_too(facets, selection.ask)
        page = selection.listing.prepared(part.rows, selection.ask, beside.names)
        backed = [row["entry_id"] for row in part.rows] if self.shows_evidence else ()
        beside.fetch(names={*page.refers(part.rows), *facets}, evidence=backed)
        return page

    def context(self, selection: Selection, lines: Sequence[Any]) -> dict[str, Any]:
        """What a subclass adds for its template."""
        return {}

    def first_day(self, ask: Ask) -> date | None:
        """The day from which something can be seen to change, for the slider of years; None: the band has none."""
        return None

    def _cut_for_readers(self, selection: Selection, wish: Wish, count: int) -> Slice:
        if wish.page and (wish.page - 1) * wish.size >= max(count, 1):
            raise NothingHere(_("There is no such page."))
        part = Pager(selection, wish)
        return part.by_cursor(count) if wish.cursor else part.by_number(count)

    def _form_again(self, request: HttpRequest, selection: Selection, problem: BadQuestion) -> HttpResponse:
        """The form with what was typed and what is wrong with it, the way out, and no rows in any format."""
        without = {"formats": [], "feed_url": "", "clear_url": selection.ask.path}
        context = {**self._common(request, selection), **without, "errors": problem.faults, "refused": True}
        return render(request, self.template_name, context, status=problem.status)

    def _common(self, request: HttpRequest, selection: Selection) -> dict[str, Any]:
        ask, listing = selection.ask, selection.listing
        return {
            **frame(ask, listing.path),
            "listing": listing,
            "ask": ask,
            "form": bound_form(selection),
            "keep": kept(selection),
            "asof": as_of(selection, self.first_day(ask)),
            "set_aside": selection.set_aside,
            "clean_url": ask.address(without=selection.set_aside),
            "clear_url": ask.path
            if any(ask.params.get(name) for name in narrowing(selection.filterset.filters))
            else "",
            "formats": formats_of(ask, listing, selection.set_aside),
            "feed_url": suffixed(ask, listing, "atom", selection.set_aside),
            "cite_url": cite_question_url(ask, (*selection.set_aside, *PAGING)),
        }

    def _pager(self, ask: Ask, part: Slice, count: int) -> dict[str, Any]:
        first = part.first
        return {
            "first": first,
            "last": first + len(part.rows) - 1 if first else None,
            "count": count,
            "size": part.size,
            "next_url": f"{ask.path}?{part.next.urlencode()}" if part.next else "",
            "previous_url": f"{ask.path}?{part.previous.urlencode()}" if part.previous else "",
        }


def export(selection: Selection, wish: Wish, form: str) -> HttpResponseBase:
    """All rows of a selection; those of one page where the question names one."""
    params, shape = selection.ask.params, Shape.read(selection.ask.params, selection.listing)
    # The other formats do not say how many rows there are, and need not wait until that is known.
    count = selection.count(exact=True) or 0 if surfaces.is_page(params) or form in COUNTING else None
    if count is not None:
        require_fits(form, count)
    records = _blocks(selection, shape, wish, count)
    return exported(selection, form, shape, records, envelope(selection, count) if form == "json" else {})


def references(selection: Selection, wish: Wish) -> HttpResponseBase:
    """The rows of a selection as references; those of one page where the question names one."""
    ask, listing = selection.ask, selection.listing
    shape = Shape.read(ask.params, listing)
    blocks = _blocks(selection, shape, wish, None)
    records = (record for block in blocks for record in block.records())
    return bibliography.response(bibliography.of_records(listing, records, ask), listing.api)


def _blocks(selection: Selection, shape: Shape, wish: Wish, count: int | None) -> Iterator[Block]:
    """The rows of a selection as records; those of one page where the question names one."""
    if surfaces.is_page(selection.ask.params):
        return blocks_of(selection, shape, [cut(selection, wish, count).rows])
    return all_blocks(selection, shape)


def suffixes_of(listing: Listing) -> tuple[str, ...]:
    """The formats that a list has beside its page."""
    return (*SUFFIXES, RIS) if listing.citable else SUFFIXES


def cut(selection: Selection, wish: Wish, count: int | None) -> Slice:
    """The page of a selection that is wished for: by number where one is named, else by cursor."""
    pager = Pager(selection, wish)
    return pager.by_number(count) if wish.page else pager.by_cursor(count)


def envelope(selection: Selection, count: int | None) -> dict[str, Any]:
    """What stands beside the results."""
    head: dict[str, Any] = {"count": count, "next": None, "previous": None}
    if selection.filterset.three_valued:
        head["unknown"] = [row.as_json() for row in selection.unknown]
    if selection.notices:
        head["notice"] = " ".join(selection.notices)
    return head


def bound_form(selection: Selection) -> forms.Form:
    """The filters that have a box of their own, with what was typed and what is wrong with it."""
    filterset = selection.filterset
    fields = {name: one.form_field() for name, one in filterset.filters.items()}
    made = type("Boxes", (forms.Form,), {name: field for name, field in fields.items() if field})
    form = cast("forms.Form", made(selection.ask.params, auto_id="f-%s"))
    form.is_valid()
    form.errors.clear()  # the filters have read the values; their refusals count
    for name in form.fields:
        for sentence in filterset.errors_of(name):
            form.add_error(name, sentence)
    return form


def kept(selection: Selection) -> list[dict[str, str]]:
    """What the form sends along: parameters that were given and have no box and no facet in it."""
    filterset, facets = selection.filterset, selection.listing.facets
    names = [
        name for name, one in filterset.filters.items() if one.form_field() is None and name not in facets
    ]
    return _pairs(selection.ask, names)


def of_filters(filters: Mapping[str, Any]) -> Clocks:
    """What a list makes of the clocks, as its filters have it."""
    one = filters.get("on")
    day = Day.REFUSED if one is None else Day.NARROWS if isinstance(one, On) else Day.SHOWS
    return Clocks(day, known_on="known_on" in filters)


def narrowing(filters: Mapping[str, Any]) -> list[str]:
    """The filters that can be cleared: the clocks that links keep are none of them."""
    return [name for name in filters if name not in of_filters(filters).kept]


def as_of(selection: Selection, first: date | None) -> dict[str, Any] | None:
    """The band of the day shown: of a list that shows a day always, of one that a day narrows where one is asked.

    A slider of years goes from a first day, where there is one.
    """
    ask, filters = selection.ask, selection.filterset.filters
    day = of_filters(filters).on
    if day == Day.REFUSED or (day == Day.NARROWS and ask.on is None):
        return None
    others = [name for name in filters if name != "on"]
    return {
        "day": ask.day,
        "today": ask.day == ask.today and day == Day.SHOWS,
        "subject": filters["on"].says if day == Day.NARROWS else "",
        "leave": _("show all days") if day == Day.NARROWS else "",
        "today_url": ask.address(without=("on", *PAGING)),
        "keep": _pairs(ask, others),
        "slider": slider(ask, first),
    }


def _pairs(ask: Ask, names: Sequence[str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name in names for value in ask.params.getlist(name) if value]


def formats_of(ask: Ask, listing: Listing, leave_out: Sequence[str]) -> list[dict[str, str]]:
    """This list in other formats, with the same question."""
    return [
        {"url": suffixed(ask, listing, suffix, leave_out), "label": LABELS[suffix]}
        for suffix in suffixes_of(listing)
    ]


def suffixed(ask: Ask, listing: Listing, suffix: str, leave_out: Sequence[str]) -> str:
    """The address of the list in a format; the page and what was set aside are left out of the question."""
    return ask.in_form(listing.path, suffix, (*leave_out, *PAGING))
