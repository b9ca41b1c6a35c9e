"""Conditional answers: an ETag over the public revision, so that an unchanged page costs one query."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, time
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from cstokb import __version__
from cstokb.listing.ask import Ask
from cstokb.records.laid_out import laid_out
from cstokb.records.models import Head

#: How long a shared cache may answer by itself; a withdrawal shows within this time.
SHARED_SECONDS = 60
#: When this release was started: what its templates and its code say may be no older. The workers share the moment.
STARTED = datetime.now(UTC)
#: Representations that were sent whole, by their ETags: of any other a date is no proof that there is one.
_SENT: dict[str, None] = {}
#: So many are remembered; then all are forgotten, which costs each reader one more answer.
REMEMBERED = 20_000


@dataclass(frozen=True)
class PublicRevision:
    """The state of the public whole: the last link of its chain, and when it was added."""

    chain: str = ""
    at: datetime | None = None


def public_revision(ask: Ask) -> PublicRevision:
    """The revision that answers to this question rest on; one query, asked once a question."""
    return ask.once("public revision", _read_revision)


def _read_revision() -> PublicRevision:
    return next((PublicRevision(*row) for row in _head()), PublicRevision())


@laid_out()
def _head() -> QuerySet[Head, Any]:
    return Head.objects.filter(pk=1).values_list("chain", "changed_at")


def state_of(ask: Ask) -> str:
    """What all answers of a moment rest on: the public whole, the day, the release. Empty where nothing is public."""
    chain = public_revision(ask).chain
    return _digest(chain, ask.today.isoformat(), _release()) if chain else ""


@dataclass(frozen=True)
class Validators:
    """The ETag and the time of last change of one representation, and the state that it shows."""

    etag: str
    modified: datetime | None
    state: str = ""

    @classmethod
    def of(cls, request: HttpRequest, ask: Ask, form: str) -> Validators:
        """The validators of the address that was asked, in one form (html, json, csv ...).

        An answer without a day speaks of today, so that the day counts as a part of what was asked.
        """
        revision = public_revision(ask)
        today = "" if ask.on else ask.today.isoformat()
        digest = _digest(
            revision.chain, ask.base, request.get_full_path(), ask.language, form, today, _release()
        )
        return cls(f'"{digest}"', _latest(revision.at, ask), state_of(ask))

    def match(self, request: HttpRequest) -> bool:
        """Whether the reader holds this very representation, as can be told without making it.

        A bare * is no proof of that, and a date is one only of what was sent before.
        """
        if "If-None-Match" in request.headers:
            held = parse_etags(request.headers["If-None-Match"])
            return any(tag.removeprefix("W/") == self.etag for tag in held)
        return self.etag in _SENT and self.unchanged_since(request)

    def unchanged_since(self, request: HttpRequest) -> bool:
        """Whether nothing changed since the date that the reader names; an ETag goes before it (RFC 9110, 13.2.2)."""
        if "If-None-Match" in request.headers or not self.modified:
            return False
        since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
        return since is not None and int(self.modified.timestamp()) <= since

    def stamp(self, response: HttpResponseBase) -> None:
        """Tell the reader and the caches between."""
        if response.status_code == HTTPStatus.OK:
            if len(_SENT) >= REMEMBERED:
                _SENT.clear()
            _SENT[self.etag] = None
        response["ETag"] = self.etag
        if self.modified:
            response["Last-Modified"] = http_date(self.modified.timestamp())

    def unchanged(self, request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
        """The finished response, or 304 where the reader holds it."""
        modified = int(self.modified.timestamp()) if self.modified else None
        answer = get_conditional_response(request, self.etag, modified, response)
        return answer if answer is not None else response


def not_modified(validators: Validators) -> HttpResponseNotModified:
    """304, made without asking anything but the revision."""
    response = HttpResponseNotModified()
    validators.stamp(response)
    return response


def cache_control(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let shared caches keep what everyone may see; keep answers to those who are signed in out of them."""
    if response.has_header("Cache-Control"):
        return
    if is_private(request):
        response["Cache-Control"] = "private, no-cache"
    elif response.status_code < HTTPStatus.BAD_REQUEST:
        response["Cache-Control"] = f"public, max-age={SHARED_SECONDS}"
    else:
        response["Cache-Control"] = "no-cache"


def is_private(request: HttpRequest) -> bool:
    """Whether the answer may hold something for one reader alone."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers


def _digest(*said: str) -> str:
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:32]


def _release() -> str:
    return str(getattr(settings, "RELEASE", "") or __version__)


def _latest(at: datetime | None, ask: Ask) -> datetime | None:
    """When the answer may have changed last: with the public whole, the release, or the day where none was named."""
    if at is None:
        return None
    began = at if ask.on else datetime.combine(ask.today, time.min, UTC)
    return max(at, began, min(STARTED, ask.now))
