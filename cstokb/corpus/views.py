"""The tools as pages, and under the same addresses with a suffix as CSV, XLSX, JSON and NDJSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cstokb.corpus import exporting, shown
from cstokb.corpus.filters import CorpusFilters
from cstokb.corpus.tools import COLLOCATIONS, CONCORDANCE, KEYNESS, PAGE, TOOLS, TRENDS, Tool, notices_of
from cstokb.listing.ask import Ask
from cstokb.listing.citing import Titled, cite_question_url
from cstokb.listing.conditional import HTML, ConditionalView
from cstokb.listing.errors import BadQuestion, NothingHere
from cstokb.listing.export import FORMATS
from cstokb.listing.frame import frame
from cstokb.listing.pages import LABELS
from cstokb.listing.pagination import LAST_NUMBERED_ROW
from cstokb.records.choices import Language

#: Boxes for the names of records and for words, in this order.
NAMES = ("state", "speaker", "organ", "topic", "year")
DAYS = ("after", "before")
LANGUAGES = (
    ("", pgettext_lazy("language", "any")),
    *((one.value, one.label) for one in (Language.ENGLISH, Language.RUSSIAN)),
)


class ToolPage(ConditionalView):
    """One of the tools."""

    tool: ClassVar[Tool]
    #: What the template shows of an answer.
    show: ClassVar[Callable[[Any], dict[str, Any]]]

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The page with a slash, the formats with a suffix."""
        view, name = cls.as_view(), cls.tool.name
        return [
            path(f"search/{name}/", view, name=name),
            re_path(rf"^search/{name}\.(?P<form>{'|'.join(FORMATS)})$", view, name=f"{name}-as"),
        ]

    def titled(self, ask: Ask, **kwargs: Any) -> Titled:
        filters = self.tool.read(ask)
        filters.require_sound(strict=False)
        words = ask.params.get("q", "")
        return Titled(f"{words} · {self.tool.title}" if words else str(self.tool.title), filters.set_aside)

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        if form == HTML:
            return self.page(request, ask)
        filters = exporting.asked(self.tool, ask)
        return (
            exporting.as_json(self.tool, filters)
            if form == "json"
            else exporting.as_file(self.tool, filters, form)
        )

    def page(self, request: HttpRequest, ask: Ask) -> HttpResponse:
        """The page for readers; without a question it says what may be asked."""
        tool, filters = self.tool, self.tool.read(ask)
        template, context = f"corpus/{tool.name}.html", common(tool, filters)
        try:
            filters.require_sound(strict=False)
            answer = exporting.answer(tool, filters) if tool.asks(filters) else None
        except BadQuestion as problem:
            context |= {"errors": problem.faults, "refused": True}
            return render(request, template, context, status=problem.status)
        if answer is not None:
            if tool.size and answer.page > 1 and not answer.results:
                raise NothingHere(_("There is no such page."))
            context |= {"answer": answer, "notices": notices_of(answer), **type(self).show(answer)}
            context |= {"pager": pager(answer)} if tool.size else {}
        return render(request, template, context)


class ConcordancePage(ToolPage):
    """Words in context."""

    tool = CONCORDANCE
    show = shown.concordance


class TrendsPage(ToolPage):
    """Words over time."""

    tool = TRENDS
    show = shown.trends


class CollocationsPage(ToolPage):
    """Words that go together."""

    tool = COLLOCATIONS
    show = shown.collocations


class KeynessPage(ToolPage):
    """Words peculiar to some texts."""

    tool = KEYNESS
    show = shown.keyness


PAGES = (ConcordancePage, TrendsPage, CollocationsPage, KeynessPage)


def common(tool: Tool, filters: CorpusFilters) -> dict[str, Any]:
    """What a page shows whether or not its question could be read."""
    ask = filters.ask
    form = bound_form(filters)
    query = ask.params.get("q", "")
    return {
        **frame(ask, tool.path),
        "ask": ask,
        "tool": tool,
        "query": query,
        "action": ask.localised(tool.path),
        "tools": neighbours(tool, filters),
        "form": form,
        "keep": [{"name": "q", "value": query}] if query else [],
        "keep_in_box": kept(filters),
        "set_aside": filters.set_aside,
        "clean_url": ask.address(without=filters.set_aside),
        "clear_url": ask.address(only=("q",)) if len(filters.answers) > ("q" in filters.answers) else "",
        "formats": formats(tool, filters),
        "cite_url": cite_question_url(ask, (*filters.set_aside, *PAGE)),
        "help_url": ask.localised("/about/search/"),
    }


def formats(tool: Tool, filters: CorpusFilters) -> list[dict[str, Any]]:
    """The formats of the answer; none where nothing is asked."""
    if not tool.asks(filters):
        return []
    return [{"url": as_format(tool, filters, form), "label": LABELS[form]} for form in FORMATS]


def neighbours(tool: Tool, filters: CorpusFilters) -> list[dict[str, Any]]:
    """The tools and the search with the same words and the same narrowing; what only one of them knows is left out."""
    ask = filters.ask
    common_names = [name for name in CorpusFilters.base_filters if ask.params.get(name)]
    params = ask.params.copy()
    for name in list(params):
        if name not in common_names:
            params.pop(name)
    asked = f"?{params.urlencode()}" if params else ""
    search = {"url": ask.localised("/search/") + asked, "label": _("Search"), "current": False}
    every = [
        {"url": ask.localised(one.path) + asked, "label": one.short, "current": one is tool} for one in TOOLS
    ]
    return [search, *every]


def kept(filters: CorpusFilters) -> list[dict[str, str]]:
    """What the box of words sends along: all that narrows the question."""
    params = filters.ask.params
    return [
        {"name": name, "value": value}
        for name in filters.filters
        if name != "q"
        for value in params.getlist(name)
        if value.strip()
    ]


def bound_form(filters: CorpusFilters) -> forms.Form:
    """The boxes beside the answer, with what was typed and what is wrong with it."""
    fields: dict[str, forms.Field] = {}
    own = [name for name in filters.filters if name not in ("q", *NAMES, *DAYS)]
    for name in (*own, *NAMES, *DAYS):
        box = name_box(filters.filters[name].label) if name in NAMES else filters.filters[name].form_field()
        if name == "lang":
            box = forms.ChoiceField(choices=LANGUAGES, label=_("Language"), required=False)
        if box:
            fields[name] = box
    made = type("Boxes", (forms.Form,), fields)
    form = cast("forms.Form", made(filters.ask.params, auto_id="f-%s"))
    form.is_valid()
    form.errors.clear()  # the filters have read the values; their refusals count
    for name in fields:
        for sentence in filters.errors_of(name):
            form.add_error(name, sentence)
    return form


def name_box(label: Any) -> forms.Field:
    """A box for a name or a year."""
    box = forms.TextInput(attrs={"size": 14, "autocomplete": "off"})
    return forms.CharField(label=label, required=False, widget=box)


def pager(answer: Any) -> dict[str, Any]:
    """The way to the neighbouring pages."""
    start, shown_rows = (answer.page - 1) * answer.size, len(answer.results)
    last = start + shown_rows
    further = last < answer.count and (answer.page + 1) * answer.size <= LAST_NUMBERED_ROW
    return {
        "first": start + 1 if shown_rows else 0,
        "last": last,
        "count": answer.count,
        "size": answer.size,
        "previous_url": answer.ask.address(page=answer.page - 1) if answer.page > 1 else "",
        "next_url": answer.ask.address(page=answer.page + 1) if further else "",
    }


def as_format(tool: Tool, filters: CorpusFilters, form: str) -> str:
    """The same question in a format; the page and what was set aside are left out."""
    return filters.ask.in_form(tool.path, form, (*filters.set_aside, *PAGE))
