"""The site search as a page, and under the same address with a suffix as CSV, XLSX, JSON, NDJSON and Atom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, re_path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from cstokb.fulltext import engine
from cstokb.fulltext.wording import in_words
from cstokb.listing import bibliography, feeds
from cstokb.listing.ask import Ask
from cstokb.listing.bibliography import RIS
from cstokb.listing.citation import Cited
from cstokb.listing.citing import Titled, cite_question_url
from cstokb.listing.columns import utc
from cstokb.listing.conditional import HTML, ConditionalView
from cstokb.listing.errors import BadQuestion, NothingHere
from cstokb.listing.export import FORMATS
from cstokb.listing.frame import frame
from cstokb.listing.pages import LABELS
from cstokb.listing.pagination import LAST_NUMBERED_ROW, MOST_ROWS, Wish
from cstokb.search import answer as answers
from cstokb.search import told
from cstokb.search.answer import PAGE_SIZE, Answer, Found, asked
from cstokb.search.filters import NARROWING, SearchFilters
from cstokb.search.resolve import cited, looks_cited

PATH = "/search/"
SUFFIXES = (*FORMATS, "atom", RIS)
PAGE = ("page", "page_size")
#: What the form has boxes of its own for.
BOXES = ("after", "before", "sort")
#: Facets as the page shows them; the others are reached by fields of the query.
SHOWN = ("type", "kind", "state", "topic", "organ", "speaker", "cites", "year", "lang")
#: What narrows the search without a group of boxes: the form sends it along.
HIDDEN = tuple(name for name in NARROWING if name not in SHOWN)
NARROWED = (*NARROWING, *BOXES)
OPEN = ("type", "state")
#: A longer text is no citation, and of one that may mean more records than these the search itself is the way.
LONGEST_CITATION, MOST_MEANT = 300, 6
#: An explanation longer than this folds away.
SHORT = 160


class SearchPage(ConditionalView):
    """The search."""

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The page with a slash, the formats with a suffix."""
        view = cls.as_view()
        return [
            path("search/", view, name="search"),
            re_path(rf"^search\.(?P<form>{'|'.join(SUFFIXES)})$", view, name="search-as"),
        ]

    def titled(self, ask: Ask, **kwargs: Any) -> Titled:
        words = filter(None, (ask.params.get("q", ""), _("Search")))
        return Titled(" · ".join(words), asked(ask, PAGE, strict=False).set_aside)

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        if form == HTML:
            return self.page(request, ask)
        filters = asked(ask, PAGE, strict=True)
        if form == "atom":
            return feed(filters, wish_of(ask, MOST_ROWS))
        if form == "json":
            body = told.answer_as_json(Answer(filters, *page_of(ask)), ask)
            return JsonResponse(body, json_dumps_params={"ensure_ascii": False})
        return export(filters, form)

    def page(self, request: HttpRequest, ask: Ask) -> HttpResponse:
        """The page for readers."""
        filters = SearchFilters(ask, PAGE)
        try:
            filters.require_sound(strict=False)
            answer = Answer(filters, *page_of(ask))
        except BadQuestion as problem:
            # A question that cannot be read has no answer in any form.
            context = {**common(filters), "formats": (), "errors": problem.faults, "refused": True}
            return render(request, "search/search.html", context, status=problem.status)
        if answer.page > 1 and not answer.result.hits:
            raise NothingHere(_("There is no such page."))
        context = {**common(filters), **shown(answer), "meant": meant(ask) if answer.page == 1 else []}
        return render(request, "search/search.html", context)


def page_of(ask: Ask) -> tuple[int, int]:
    """The number of the page and its size. Raises BadQuestion, also beyond row 10,000."""
    wish = wish_of(ask, PAGE_SIZE)
    return wish.page or 1, wish.size


def wish_of(ask: Ask, size: int) -> Wish:
    """What is wished of the found rows; a relevance has no cursor, so pages end at row 10,000."""
    wish = Wish.read(ask.params, size=size)
    if (wish.page or 1) * wish.size > LAST_NUMBERED_ROW:
        detail = _("Pages end at row %(last)s; narrow the search, or sort it the other way round.")
        raise BadQuestion(
            faults=[told.fault("page", str(wish.page), "too_deep", detail % {"last": LAST_NUMBERED_ROW})]
        )
    return wish


# -- the page ------------------------------------------------------------------------------------------------------


def common(filters: SearchFilters) -> dict[str, Any]:
    """What the page shows whether or not the question could be read."""
    ask = filters.ask
    text = ask.params.get("q", "")
    return {
        **frame(ask, PATH),
        "ask": ask,
        "query": text,
        "form": bound_form(filters),
        "keep": [{"name": name, "value": value} for name, value in given(filters, ("q", *HIDDEN))],
        "narrowing": [{"name": name, "value": value} for name, value in given(filters, NARROWED)],
        "ways": ways(filters),
        "set_aside": filters.set_aside,
        "clean_url": ask.address(without=filters.set_aside),
        "clear_url": ask.address(only=("q",)) if narrowed(filters) else "",
        "formats": [{"url": as_format(filters, suffix), "label": LABELS[suffix]} for suffix in SUFFIXES],
        "feed_url": as_format(filters, "atom"),
        "cite_url": cite_question_url(ask, (*filters.set_aside, *PAGE)),
        "help_url": ask.localised("/about/search/"),
    }


def shown(answer: Answer) -> dict[str, Any]:
    """What was found, for the template."""
    ask, query = answer.ask, answer.filters.query
    labels = {name: one.label for name, one in answer.filters.filters.items()}
    explained = in_words(query, labels) if query else ""
    notices = [
        {"text": one["text"], "suggestion": one["suggestion"], "url": _searching(one["suggestion"], ask)}
        for one in answer.notices
    ]
    return {
        "count": answer.count,
        "explained": explained,
        "explained_at_length": len(explained) > SHORT,
        "notices": notices,
        "chosen": chosen(answer),
        "did_you_mean": did_you_mean(answer),
        "records": [card(found, ask) for found in answer.found],
        "facets": [facet(answer, name) for name in SHOWN if answer.facets.get(name)],
        "pager": pager(answer),
        "empty": {
            "title": _("No record fits."),
            "text": _("Fewer or other words may find more."),
            "links": ways_on(answer.filters),
        },
    }


def ways_on(filters: SearchFilters) -> list[dict[str, str]]:
    """Where a reader goes who found nothing: the same words without what narrows, then what can be read through."""
    ask = filters.ask
    wider = {"url": ask.address(only=("q",)), "label": _("Clear")}
    shelves = (("/topics/", _("Topics")), ("/treaties/", _("Treaties")), ("/summits/", _("Summits")))
    through = [{"url": ask.localised(path), "label": label} for path, label in shelves]
    return [wider, *through] if narrowed(filters) else through


def ways(filters: SearchFilters) -> list[dict[str, str]]:
    """The same words in the corpus tools, which stand above the search, with all that narrows and they know too."""
    params = QueryDict(mutable=True)
    for name, value in given(filters, ("q", *NARROWED)):
        if name not in ("type", "person", "sort"):
            params.appendlist(name, value)
    if not params.get("q"):
        return []
    named = (("concordance", _("In context")), ("trends", _("Over time")))
    return [
        {"url": f"{filters.ask.localised(PATH)}{tool}/?{params.urlencode()}", "label": label}
        for tool, label in named
    ]


def did_you_mean(answer: Answer) -> dict[str, Any] | None:
    """The query that was probably meant, with the way to ask it; the boxes beside it stay as they are."""
    if (better := answer.meant) is None:
        return None
    params = answer.ask.params.copy()
    params["q"] = better.query
    params.pop("page", None)
    return {"query": better.query, "count": better.count, "url": f"{answer.ask.path}?{params.urlencode()}"}


def meant(ask: Ask) -> list[dict[str, str]]:
    """What the words cite, where they are a citation: the way there stands above all that was found."""
    text = ask.params.get("q", "")
    if len(text) > LONGEST_CITATION or not looks_cited(text):
        return []
    return [
        {"label": entry.label(ask.language), "url": ask.localised(entry.path) if entry.path else ""}
        for entry in cited(text, ask)[:MOST_MEANT]
    ]


def card(found: Found, ask: Ask) -> dict[str, Any]:
    """A found record as components/record.html shows it."""
    entry = found.entry
    url = found.page(ask)
    return {
        "title": entry.label(ask.language),
        "lang": "en" if ask.language == "ru" and entry.label_ru in ("", entry.label_en) else "",
        "url": url,
        "on": found.on,
        "meta": [part for part in (*found.kinds, found.office(ask), *beside(found)) if part],
        "who": ", ".join(one.label for one in found.beside["state"]),
        "passages": [_passage(excerpt, found, url, ask) for excerpt in _in_one_language(found, ask)],
    }


def beside(found: Found) -> Iterator[str]:
    """The organ, the speakers and the languages of a found record, in words."""
    for facet in ("organ", "speaker", "lang"):
        yield ", ".join(one.label for one in found.beside[facet])


def chosen(answer: Answer) -> list[dict[str, str]]:
    """Every value that narrows the search, with the address of the search without it."""
    told = []
    for name, value in answer.chosen:
        params = answer.ask.params.copy()
        # A value may have been given by name: then its parameter goes as a whole.
        others = [one for one in params.getlist(name) if one != value.id]
        params.setlist(name, others if len(others) < len(params.getlist(name)) else [])
        for page in PAGE:
            params.pop(page, None)
        label = str(answer.filters.filters[name].label)
        told.append({"facet": label, "label": value.label, "url": f"{answer.ask.path}?{params.urlencode()}"})
    return told


def given(filters: SearchFilters, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The values of some parameters as they were given."""
    for name in names:
        yield from ((name, value) for value in filters.ask.params.getlist(name) if value)


def _in_one_language(found: Found, ask: Ask) -> list[engine.Excerpt]:
    """The excerpts without our own words in the other language, where those in the page's language say the same."""
    own = [one for one in found.passages if one.language == ask.language or one.role == "body"]
    return own or list(found.passages)


def _passage(excerpt: engine.Excerpt, found: Found, url: str, ask: Ask) -> dict[str, Any]:
    role = answers.passage_role(excerpt, found.entry.kind)
    citable = url and excerpt.anchor and excerpt.role == "body"
    return {
        "anchor": excerpt.anchor,
        "url": f"{url}#{excerpt.anchor}" if citable else "",
        "html": format_html("{}: {}", role, excerpt.html) if role else excerpt.html,
        "lang": excerpt.language if excerpt.language != ask.language else "",
    }


def facet(answer: Answer, name: str) -> dict[str, Any]:
    """A facet as components/facet.html shows it."""
    values = answer.facets[name]
    label = str(answer.filters.filters[name].label)
    return {
        "name": name,
        "label": label,
        "open": name in OPEN or any(value.selected for value in values),
        "values": values,
    }


def bound_form(filters: SearchFilters) -> forms.Form:
    """The boxes beside the results, with what was typed and what is wrong with it."""
    fields = {name: filters.filters[name].form_field() for name in BOXES}
    made = type("Boxes", (forms.Form,), {name: field for name, field in fields.items() if field})
    form = cast("forms.Form", made(filters.ask.params, auto_id="f-%s"))
    form.is_valid()
    form.errors.clear()  # the filters have read the values; their refusals count
    for name in BOXES:
        for sentence in filters.errors_of(name):
            form.add_error(name, sentence)
    return form


def pager(answer: Answer) -> dict[str, Any]:
    """The way to the neighbouring pages."""
    ask, start = answer.ask, (answer.page - 1) * answer.size
    last = start + len(answer.result.hits)
    further = last < answer.count and (answer.page + 1) * answer.size <= LAST_NUMBERED_ROW
    return {
        "first": start + 1 if last > start else 0,
        "last": last,
        "count": answer.count,
        "size": answer.size,
        "previous_url": ask.address(page=answer.page - 1) if answer.page > 1 else "",
        "next_url": ask.address(page=answer.page + 1) if further else "",
    }


def narrowed(filters: SearchFilters) -> bool:
    """Whether anything but the words narrows the search."""
    return any(filters.ask.params.get(name) for name in filters.filters if name != "q")


def as_format(filters: SearchFilters, suffix: str) -> str:
    """The same search in a format; the page and what was set aside are left out."""
    return filters.ask.in_form(PATH, suffix, (*filters.set_aside, *PAGE))


def _searching(query: str, ask: Ask) -> str:
    return f"{ask.localised(PATH)}?{urlencode({'q': query})}" if query else ""


# -- formats -------------------------------------------------------------------------------------------------------


def export(filters: SearchFilters, form: str) -> HttpResponseBase:
    """Everything found, up to row 10,000, as a file; one page where the question names one."""
    ask = filters.ask
    if any(ask.params.get(name) for name in PAGE):
        made = answers.one_page(filters, *page_of(ask))
    else:
        made = answers.pages(filters, MOST_ROWS, LAST_NUMBERED_ROW)
    if form == RIS:
        return bibliography.response(
            (reference(one, ask) for answer in made for one in answer.found), "search"
        )
    records = (row for answer in made for row in told.rows(answer, ask))
    media_type, write = FORMATS[form]
    response = StreamingHttpResponse(write(told.ROW_KEYS, records, {}), content_type=media_type)
    if form in ("csv", "xlsx"):
        response["Content-Disposition"] = f'attachment; filename="search.{form}"'
    return response


def reference(found: Found, ask: Ask) -> Cited:
    """A found record as what is cited: who speaks in it stands over it, else its organ."""
    entry = found.entry
    url = f"{settings.SITE_URL}{entry.path}" if entry.path else told.address_of(entry)
    own = bool(found.beside["speaker"])
    over = found.beside["speaker"] or found.beside["organ"]
    with override("en"):  # it is written after the request, when its language is no longer the active one
        kind = ": ".join(found.kinds)
    return Cited(
        key=entry.slug,
        title={"en": entry.label_en, "ru": entry.label_ru},
        kind={"en": kind},
        authors=tuple((one.label, "", own) for one in over),
        issued=found.on,
        url=url,
        url_ru=url,
        seen=ask.today,
    )


def feed(filters: SearchFilters, wish: Wish) -> HttpResponse:
    """What is found as a feed, newest first unless another order is asked for."""
    filters.answers.setdefault("sort", "-date")
    ask, site = filters.ask, str(settings.SITE_URL)
    answer = Answer(filters, page=wish.page or 1, size=wish.size, facets=False)
    title = _("Search: %(query)s") % {"query": filters.query.text} if filters.query else _("Search")
    entries = [_entry(found, ask, site) for found in answer.found]
    return feeds.document(ask, title, entries)


def _entry(found: Found, ask: Ask, site: str) -> feeds.Entry:
    entry = found.entry
    return feeds.Entry(
        id=told.address_of(entry),
        title=entry.label(ask.language),
        updated=utc(entry.changed_at) or "",
        url=f"{site}{found.page(ask)}" if entry.path else told.address_of(entry),
        summary=" … ".join(told.plain(excerpt.html) for excerpt in found.passages),
    )
