"""Notes when somebody who is signed in was last seen; readers without an account leave no trace."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from cstokb.accounts import sessions


class LastSeen:
    """Notes a session as seen after a page that asked who is there.

    What nobody had to be known for, such as every public page, asks nothing, reads no session and sets no cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        user = getattr(request, "_cached_user", None)  # what Django keeps of whom a page asked for
        key = request.session.session_key if user is not None and user.is_authenticated else None
        if key:
            sessions.note_seen(key, at=timezone.now())
        return response
