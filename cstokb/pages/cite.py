"""How any page of this site is cited: in words by several styles, or as a file for programs that keep references."""

from __future__ import annotations

import io
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import SplitResult, unquote, urlencode, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, URLPattern, path, resolve
from django.utils.translation import gettext as _
from django.utils.translation import override

from cstokb.listing.ask import Ask
from cstokb.listing.citation import FORMATS, Cited
from cstokb.listing.citation_styles import STYLES
from cstokb.listing.citing import CITE
from cstokb.listing.conditional import HTML, ConditionalView
from cstokb.listing.errors import BadQuestion, Fault, Moved, NothingHere, Problem, nearest, repeated
from cstokb.listing.frame import frame
from cstokb.listing.record_pages import aside
from cstokb.pages.addresses import english_path

#: The formats by the names that ``style`` takes, each with its suffix.
FILES = {"bibtex": "bib", "ris": "ris", "csl": "csl"}
WORDS = tuple(STYLES)
ALLOWED = (*WORDS, *FILES)
PARAMETERS = ("url", "style")
#: A longer address is no page of this site.
LONGEST = 2_000
#: A record that has moved is followed so often: an address may name one that was merged into another that moved.
MOST_MOVES = 3


class Place(NamedTuple):
    """An address of this site in its parts: the English path, the query, the fragment."""

    path: str
    query: str
    fragment: str

    @property
    def url(self) -> str:
        """The address without its host."""
        query = f"?{self.query}" if self.query else ""
        return f"{self.path}{query}" + (f"#{self.fragment}" if self.fragment else "")


class CitePage(ConditionalView):
    """How the page at an address is cited."""

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The address of the page."""
        return [path(CITE.lstrip("/"), cls.as_view(), name="cite")]

    def get(self, request: HttpRequest, form: str = HTML, **kwargs: Any) -> HttpResponseBase:
        """The page; the file where the style names a format."""
        style = request.GET.get("style", "").strip()
        return super().get(request, FILES.get(style, form), **kwargs)

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        aside(ask, PARAMETERS, strict=True)
        if form == HTML and not ask.params.get("url", "").strip():
            return page_of_form(request, ask)
        place, style = read(ask)
        of = cited(request, ask, place)
        if form != HTML:
            write, media_type, _label = FORMATS[form]
            made = HttpResponse(write(of), content_type=media_type)
            made["Content-Disposition"] = f'inline; filename="{of.key}.{form}"'
            return made
        return render(request, "pages/cite.html", context(ask, of, place, style))

    def refuse(self, request: HttpRequest, ask: Ask, form: str, problem: Problem) -> HttpResponseBase:
        """A reader keeps what was typed, and reads beside it why it cannot be cited."""
        if form == HTML and isinstance(problem, BadQuestion | NothingHere):
            return page_of_form(request, ask, problem)
        return super().refuse(request, ask, form, problem)


def page_of_form(request: HttpRequest, ask: Ask, problem: Problem | None = None) -> HttpResponse:
    """The page that asks what is cited, and what is wrong with what was asked."""
    style = ask.params.get("style", "").strip()
    told = {
        **frame(ask, CITE),
        "ask": ask,
        "action": ask.localised(CITE),
        "given": ask.params.get("url", "").strip()[:LONGEST],
        "style": style if style in ALLOWED else "",
        "problem": problem,
        "errors": problem.faults if problem else (),
    }
    return render(request, "pages/cite_form.html", told, status=problem.status if problem else HTTPStatus.OK)


def context(ask: Ask, of: Cited, place: Place, style: str) -> dict[str, Any]:
    """What the page shows: the words of the style that is asked for, or of all of them, and the formats."""
    here = f"{ask.localised(CITE)}?{urlencode({'url': place.url})}"
    return {
        **frame(ask, CITE),
        "ask": ask,
        "cited": {"label": of.named(ask.language), "url": ask.localised(place.url)},
        "citations": [shown(of, name, ask.language) for name in ([style] if style else WORDS)],
        "all_url": here if style else "",
        "files": [
            {"url": f"{here}&style={name}", "label": FORMATS[suffix][2]} for name, suffix in FILES.items()
        ],
    }


def shown(of: Cited, style: str, language: str) -> dict[str, Any]:
    """A citation in words, for the template."""
    label, write, own = STYLES[style]
    spoken = own or language
    return {
        "name": style,
        "label": label or _("In words"),
        "lang": spoken if spoken != language else "",
        "runs": write(of, spoken),
    }


# -- what is asked -------------------------------------------------------------------------------------------------


def read(ask: Ask) -> tuple[Place, str]:
    """The page that is cited, and the style; empty for all. Raises BadQuestion."""
    faults: list[Fault] = []
    values = {name: _one(ask, name, faults) for name in PARAMETERS}
    style = values["style"]
    if style and style not in ALLOWED:
        detail = _("There is no style of this name. There are: %(names)s.") % {"names": ", ".join(ALLOWED)}
        faults.append(
            Fault("style", style[:200], "unknown_word", detail, list(ALLOWED), nearest(style, ALLOWED))
        )
    place = _place(values["url"], ask, faults)
    if faults or place is None:
        raise BadQuestion(faults=faults)
    return place, style


def _one(ask: Ask, name: str, faults: list[Fault]) -> str:
    given = list(dict.fromkeys(text.strip() for text in ask.params.getlist(name) if text.strip()))
    if len(given) > 1:
        faults.append(repeated(name, given))
    return given[0] if given else ""


def _place(url: str, ask: Ask, faults: list[Fault]) -> Place | None:
    """An address of this site in its parts; notes what is wrong with any other."""
    detail, code = "", "invalid"
    if not url:
        code, detail = "required", _("Name the page that is cited: its address or its path.")
    elif len(url) > LONGEST or not url.isprintable():
        detail = _("This is no address of a page.")
    else:
        try:
            parts = urlsplit(url)
            if parts.netloc and not _is_ours(parts, ask):
                detail = _("This address is of another site.")
            elif not parts.path.startswith("/") or (parts.scheme and not parts.netloc):
                detail = _("An address of this site begins with its host or with a slash.")
            else:
                return Place(english_path(unquote(parts.path, errors="strict")), parts.query, parts.fragment)
        except ValueError:  # also of bytes that are no text
            detail = _("This is no address of a page.")
    faults.append(Fault("url", url[:200], code, detail))
    return None


def _is_ours(parts: SplitResult, ask: Ask) -> bool:
    """Whether an address is of this site, under its own name or the one by which it was asked."""
    ours = {urlsplit(site).netloc.lower() for site in (str(settings.SITE_URL), ask.base)}
    return parts.scheme in ("", "http", "https") and parts.netloc.lower() in ours


# -- the page that is cited ----------------------------------------------------------------------------------------


def cited(request: HttpRequest, ask: Ask, place: Place) -> Cited:
    """How the page at a place is cited: its own view says it, and refuses what it would refuse a reader.

    Raises:
        NothingHere: where no public page stands.
        Withdrawn: with the tombstone of a record that was taken off.
        BadQuestion: naming ``url``, where the page cannot read its own question.
    """
    for _turn in range(MOST_MOVES):
        try:
            return _cited(request, ask, place)
        except Moved as moved:
            parts = urlsplit(moved.path)
            place = Place(english_path(parts.path), parts.query, place.fragment)
        except BadQuestion as problem:
            faults = [_within(one, place) for one in problem.faults]
            raise BadQuestion(problem.detail, faults=faults, status=problem.status) from None
    raise NothingHere(_("Nothing stands at this address."))


def _within(fault: Fault, place: Place) -> Fault:
    """A fault in the question of the page that is cited, as one of ``url``."""
    detail = f"{fault.parameter}: {fault.detail}"
    return Fault("url", place.url[:200], fault.code, detail, fault.allowed, fault.nearest)


def _cited(request: HttpRequest, ask: Ask, place: Place) -> Cited:
    view_class, kwargs = _view_at(place)
    asked = _request(request, place)
    view = view_class()
    view.setup(asked, **kwargs)
    question = view.question(asked, **kwargs)
    return view.cited(question, place.path, unquote(place.fragment), **kwargs)


def _view_at(place: Place) -> tuple[type[ConditionalView], dict[str, Any]]:
    """The view of the page at a place, and what the path says to it. Raises NothingHere, or Moved without a slash."""
    found = _resolved(place.path)
    if found is None and not place.path.endswith("/") and _resolved(f"{place.path}/"):
        raise Moved(place._replace(path=f"{place.path}/", fragment="").url)
    if found is None:
        raise NothingHere(_("Nothing stands at this address."))
    view_class = getattr(found.func, "view_class", None)
    if not (isinstance(view_class, type) and issubclass(view_class, ConditionalView)):
        raise NothingHere(_("No page that could be cited stands at this address."))
    if found.kwargs.get("form", HTML) != HTML:
        raise NothingHere(
            _("A file is cited by the page that it is of: leave out the suffix of the address.")
        )
    return view_class, dict(found.kwargs)


def _resolved(english: str) -> ResolverMatch | None:
    with override(settings.LANGUAGE_CODE):
        try:
            return resolve(english)
        except Resolver404:
            return None


def _request(request: HttpRequest, place: Place) -> WSGIRequest:
    """What a reader asks who opens the page; of the request at hand only by which host and how it was asked."""
    said = ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "SCRIPT_NAME")
    environ = {name: request.META[name] for name in said if name in request.META}
    environ |= {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": place.path.encode().decode("latin-1"),
        "QUERY_STRING": place.query.encode().decode("latin-1"),
        "wsgi.url_scheme": request.scheme,
        "wsgi.input": io.BytesIO(),
    }
    return WSGIRequest(environ)
