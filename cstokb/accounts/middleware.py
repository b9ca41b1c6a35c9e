"""Notes when somebody who is signed in was last seen; readers without an account leave no trace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import now

from cstokb.accounts import sessions

#: Sessions of which a process remembers when they were noted.
MOST_REMEMBERED = 10_000


class LastSeen:
    """Notes a session as seen after a page that asked who is there.

    What nobody had to be known for, such as every public page, asks nothing, reads no session and sets no cookie. The
    others ask the database as seldom as they write: the session says when somebody signed in, and the process remembers
    when it last noted that somebody was there. The session itself cannot keep that, for one that is saved lasts longer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._noted: dict[str, datetime] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        user = getattr(request, "_cached_user", None)  # what Django keeps of whom a page asked for
        key = request.session.session_key if user is not None and user.is_authenticated else None
        if key:
            self._note(request, key, at=now())
        return response

    def _note(self, request: HttpRequest, key: str, *, at: datetime) -> None:
        known = self._noted.get(key) or _signed_in(request)
        if known and at - known <= sessions.SEEN_AGAIN:
            return
        sessions.note_seen(key, at=at)
        if len(self._noted) >= MOST_REMEMBERED:
            self._noted.clear()
        self._noted[key] = at


def _signed_in(request: HttpRequest) -> datetime | None:
    """When somebody signed in, with which the session began to be noted."""
    proofs = [one["at"] for one in get_authentication_records(request) if "at" in one]
    return datetime.fromtimestamp(min(proofs), UTC) if proofs else None
