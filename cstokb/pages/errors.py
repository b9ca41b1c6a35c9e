"""Error pages for readers and problem documents for programs, wherever a request fails before a view answers it."""

from __future__ import annotations

import sys
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from cstokb.databases import is_busy
from cstokb.listing.errors import Problem, problem_response

API = "/api/"
#: After so long somebody who could not write in time may try again.
BUSY_SECONDS = 30


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """400: Django could not read the request at all; 413: it is larger than a form may be."""
    if isinstance(exception, RequestDataTooBig):
        said = _("More was sent than a form may hold. Send a long text as a file.")
        return _answer(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, said)
    return _answer(request, HTTPStatus.BAD_REQUEST, _("The request cannot be read."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """403."""
    return _answer(request, HTTPStatus.FORBIDDEN, _("You may not do this."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """404: no view knows the address."""
    return _answer(request, HTTPStatus.NOT_FOUND, _("Nothing stands at this address."))


def server_error(request: HttpRequest) -> HttpResponseBase:
    """500: a fault of ours; 503 with a moment to try again: somebody has been writing for longer than others wait.

    Asks neither database nor context, so that it can be told whatever failed.
    """
    if is_busy(sys.exc_info()[1]):
        status, name, said = HTTPStatus.SERVICE_UNAVAILABLE, "busy", _("Somebody else is writing for long.")
    else:
        status, name, said = HTTPStatus.INTERNAL_SERVER_ERROR, "500", _("Something went wrong on our side.")
    headers = {"Retry-After": str(BUSY_SECONDS)} if name == "busy" else {}
    if request.path_info.startswith(API):
        return problem_response(request, Problem(said, status=status, headers=headers))
    return HttpResponse(render_to_string(f"{name}.html"), status=status, headers=headers)


def _answer(request: HttpRequest, status: HTTPStatus, detail: str) -> HttpResponseBase:
    if request.path_info.startswith(API):
        return problem_response(request, Problem(detail, status=status))
    return render(request, f"{status.value}.html", status=status)
