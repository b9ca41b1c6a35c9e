"""Error pages for readers and problem documents for programs, wherever a request fails before a view answers it."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from cstokb.listing.errors import Problem, problem_response

API = "/api/"


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
    """500: a fault of ours. Asks neither database nor context, so that it can be told whatever failed."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    if request.path_info.startswith(API):
        return problem_response(request, Problem(_("Something went wrong on our side."), status=status))
    return HttpResponse(render_to_string("500.html"), status=status)


def _answer(request: HttpRequest, status: HTTPStatus, detail: str) -> HttpResponseBase:
    if request.path_info.startswith(API):
        return problem_response(request, Problem(detail, status=status))
    return render(request, f"{status.value}.html", status=status)
