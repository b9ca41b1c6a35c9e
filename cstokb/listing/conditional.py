"""ConditionalView: a public page, sent to readers who do not hold it yet; it refuses in the form that was asked."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from cstokb.dates import HistoricDate
from cstokb.fulltext.errors import is_lost
from cstokb.listing import citing, clocks, downloads
from cstokb.listing.ask import Ask
from cstokb.listing.citation import Cited
from cstokb.listing.citing import Titled
from cstokb.listing.clocks import Clocks
from cstokb.listing.errors import (
    Moved,
    NothingHere,
    Problem,
    ReadOnly,
    SearchAway,
    Withdrawn,
    problem_response,
)
from cstokb.listing.etag import Validators, cache_control, not_modified
from cstokb.listing.moments import moment_band
from cstokb.listing.slider import leads_to

HTML = "html"


# Without a form to protect, a method that would write gets its own answer and not one about a missing cookie.
@method_decorator(csrf_exempt, name="dispatch")
class ConditionalView(View):
    """A public page: answers 304 for one query where the reader holds it, and refusals in the form that was asked."""

    http_method_names = ["get", "head", "options"]

    @classmethod
    def clocks(cls) -> Clocks | None:
        """What the page makes of ``on`` and ``known_on``: it refuses both unless it says otherwise.

        None is for what reads no question at all.
        """
        return clocks.NONE

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        """The page itself; may raise Problem or Moved."""
        raise NotImplementedError

    def titled(self, ask: Ask, **kwargs: Any) -> Titled:
        """What the page is called, in the language of the question, for whoever cites it; may raise as ``answer``.

        A view whose addresses are files and not pages has none. Raises NothingHere.
        """
        raise NothingHere(_("No page that could be cited stands at this address."))

    def cited(self, ask: Ask, path: str, place: str, **kwargs: Any) -> Cited:
        """How the page at an English path is cited, or a place on it; may raise as ``answer``."""
        return citing.of_page(lambda one: self.titled(one, **kwargs), ask, path, place)

    def question(self, request: HttpRequest, **kwargs: Any) -> Ask:
        """What is asked; a page whose path says what others have as a parameter reads it here."""
        return Ask.of(request)

    def get(self, request: HttpRequest, form: str = HTML, **kwargs: Any) -> HttpResponseBase:
        """The page, 304, the way to the day of a year that was chosen, or the refusal."""
        ask = self.question(request, **kwargs)
        if form == HTML and (address := leads_to(ask, self.clocks())):
            return HttpResponseRedirect(address)
        validators = Validators.of(request, ask, form)
        held = validators.match(request)
        response = not_modified(validators) if held else self._fresh(request, ask, form, validators, kwargs)
        cache_control(request, response)
        return response

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """405, said in the form that was asked."""
        allowed = ", ".join(name.upper() for name in self.http_method_names)
        refusal = self.refuse(request, Ask.of(request), kwargs.get("form", HTML), ReadOnly(allowed))
        return cast("HttpResponse", refusal)

    def _fresh(
        self, request: HttpRequest, ask: Ask, form: str, validators: Validators, kwargs: dict[str, Any]
    ) -> HttpResponseBase:
        try:
            response = downloads.once(
                request, ask, validators, lambda: self.answer(request, ask, form, **kwargs)
            )
        except Moved as moved:
            return HttpResponse(status=HTTPStatus.MOVED_PERMANENTLY, headers={"Location": moved.path})
        except Problem as problem:
            return self.refuse(request, ask, form, problem)
        except DatabaseError as error:
            if not is_lost(error):
                raise
            return self.refuse(request, ask, form, SearchAway())
        if form == HTML and isinstance(response, HttpResponse):
            response.content = clocks.kept_in_links(response.content.decode(), ask).encode()
        validators.stamp(response)
        return validators.unchanged(request, cast("HttpResponse", response))

    def refuse(self, request: HttpRequest, ask: Ask, form: str, problem: Problem) -> HttpResponseBase:
        """The refusal: a page for readers, a problem document for programs."""
        if form != HTML:
            return problem_response(request, problem)
        return refusal_page(request, ask, problem)


def refusal_page(request: HttpRequest, ask: Ask, problem: Problem) -> HttpResponse:
    """The page that says why there is no other."""
    context: dict[str, Any] = {"errors": problem.faults, "clean_url": ask.path, "problem": problem}
    context["moment"] = moment_band(ask)
    if isinstance(problem, Withdrawn):
        on = problem.members["on"]
        context["tombstone"] = {
            "reason": problem.members["reason"],
            "on": HistoricDate.parse(on) if on else None,
        }
    response = render(request, f"{problem.status.value}.html", context, status=problem.status)
    for name, value in problem.headers.items():
        response[name] = value
    return response
