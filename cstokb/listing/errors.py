"""What is wrong with a question, said the same way on every surface: problem+json (RFC 9457) or an error page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from cstokb.fulltext.errors import is_lost

if TYPE_CHECKING:
    from cstokb.records.models import Entry

MEDIA_TYPE = "application/problem+json"
#: When to ask again what cannot be answered while the search index is made anew.
RETRY_SECONDS = "60"


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one parameter: what was given, why it cannot be read, and what would have been valid.

    ``written`` is the piece of a longer text that holds the value, as readers wrote it; empty where it is the whole.
    """

    parameter: str
    value: str
    code: str
    detail: str
    allowed: Sequence[str] | None = None
    nearest: str | None = None
    written: str = ""

    @property
    def shown(self) -> str:
        """What of the question is wrong, as pages quote it: the piece of a text, else the parameter with its value."""
        return self.written or (f"{self.parameter}={self.value}" if self.value else self.parameter)

    def as_json(self) -> dict[str, Any]:
        """The error as problem+json carries it; the six members are always there."""
        return {
            "parameter": self.parameter,
            "value": self.value,
            "code": self.code,
            "detail": self.detail,
            "allowed": list(self.allowed) if self.allowed is not None else None,
            "nearest": self.nearest,
        }


class Problem(Exception):
    """A question that gets another answer than 200; surfaces render it, nothing logs it."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(
        self,
        detail: str = "",
        *,
        faults: Sequence[Fault] = (),
        members: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        status: HTTPStatus | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status or self.status
        self.detail = detail or (faults[0].detail if faults else "")
        self.faults = tuple(faults)
        self.members = dict(members or {})
        self.headers = dict(headers or {})

    def as_json(self, instance: str) -> dict[str, Any]:
        """The body of the problem; ``instance`` is the address that was asked."""
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": self.detail,
            "instance": instance,
        }
        if self.faults:
            body["errors"] = [fault.as_json() for fault in self.faults]
        return body | self.members


class BadQuestion(Problem):
    """Something in the question cannot be read; each fault names its parameter."""

    status = HTTPStatus.BAD_REQUEST


class NothingHere(Problem):
    """No public record, page or format stands at the address."""

    status = HTTPStatus.NOT_FOUND


class Withdrawn(Problem):
    """The record was published once and has been taken off; the members are its tombstone."""

    status = HTTPStatus.GONE


class ReadOnly(Problem):
    """The method would write, and what stands at the address is there to be read; ``allowed`` are those that read."""

    status = HTTPStatus.METHOD_NOT_ALLOWED

    def __init__(self, allowed: str) -> None:
        said = _("Nothing is written here; this address answers %(methods)s.") % {"methods": allowed}
        super().__init__(said, headers={"Allow": allowed})


class SearchAway(Problem):
    """The search index is lost, damaged or not made yet; whatever asks no full text is answered as ever."""

    status = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self) -> None:
        said = _(
            "The search index is being made anew, so nothing can be searched for a while. Everything else can be read."
        )
        super().__init__(said, headers={"Retry-After": RETRY_SECONDS})


class Moved(Exception):
    """The record stands at another address now, for good; ``entry`` is the record that stands there."""

    def __init__(self, path: str, entry: Entry | None = None) -> None:
        super().__init__(path)
        self.path, self.entry = path, entry


def repeated(name: str, values: Sequence[str]) -> Fault:
    """The fault of a parameter that takes one value and was given several."""
    return Fault(name, ", ".join(values)[:200], "repeated", _("This parameter takes one value."))


def nearest(word: str, words: Sequence[str]) -> str | None:
    """The allowed word that a slip most probably meant."""
    found = get_close_matches(word.lower()[:100], words, n=1, cutoff=0.55)
    return found[0] if found else None


def problem_response(request: HttpRequest, problem: Problem) -> JsonResponse:
    """The problem as a response of a plain Django view."""
    body = problem.as_json(request.get_full_path())
    response = JsonResponse(
        body, status=problem.status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    for name, value in problem.headers.items():
        response[name] = value
    return response


class ProblemRenderer(JSONRenderer):
    """Writes problems; chosen by the exception handler, never by negotiation."""

    media_type = MEDIA_TYPE
    format = "problem"


def problem_handler(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """DRF's exception handler: every refusal is a problem document; None leaves a fault of ours to Django."""
    request = context["request"]
    if isinstance(exc, Moved):
        return Response(status=HTTPStatus.MOVED_PERMANENTLY, headers={"Location": exc.path})
    problem = problem_of(exc)
    if problem is None:
        return None
    request.accepted_renderer = ProblemRenderer()
    request.accepted_media_type = MEDIA_TYPE
    body = problem.as_json(request.get_full_path())
    return Response(body, status=problem.status, headers=problem.headers, content_type=MEDIA_TYPE)


def problem_of(exc: Exception) -> Problem | None:
    """The problem that an exception of Django, DRF or this package stands for."""
    if isinstance(exc, Problem):
        return exc
    if isinstance(exc, Http404):
        return NothingHere(_("Nothing stands at this address."))
    if isinstance(exc, DatabaseError) and is_lost(exc):
        return SearchAway()
    if isinstance(exc, PermissionDenied):
        return Problem(_("You may not do this."), status=HTTPStatus.FORBIDDEN)
    if isinstance(exc, exceptions.APIException):
        return _of_api_exception(exc)
    return None


def _of_api_exception(exc: exceptions.APIException) -> Problem:
    headers: dict[str, str] = {}
    if getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = str(exc.auth_header)  # type: ignore[attr-defined]
    wait = getattr(exc, "wait", None)
    if wait is not None:
        headers["Retry-After"] = str(int(wait))
    faults = _not_acceptable(exc) if isinstance(exc, exceptions.NotAcceptable) else ()
    return Problem(str(exc.detail), faults=faults, headers=headers, status=HTTPStatus(exc.status_code))


def _not_acceptable(exc: exceptions.NotAcceptable) -> tuple[Fault]:
    types = [str(renderer.media_type) for renderer in exc.available_renderers or ()]
    return (Fault("Accept", "", "not_acceptable", str(exc.detail), allowed=types),)
