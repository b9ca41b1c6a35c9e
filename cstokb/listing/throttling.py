"""How often one address or token may ask, and the headers that say how much is left.

Requests are counted in fixed windows. A worker leases a hundredth of the limit from the shared cache at a time, so
that most requests cost no look-up at all; small limits are leased one by one and so are exact.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

from cstokb.listing.asked import Anew

if TYPE_CHECKING:  # views read the throttles when they are first imported
    from rest_framework.views import APIView

logger = logging.getLogger(__name__)
PERIODS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
#: The attribute of the request under which the strictest allowance is kept for the headers.
ALLOWANCE = "rate_allowance"


@dataclass(frozen=True)
class Allowance:
    """What is left of a limit in the present window."""

    name: str
    limit: int
    window: int
    left: int
    resets_in: int

    def headers(self) -> dict[str, str]:
        """The RateLimit fields of the IETF draft."""
        return {
            "RateLimit-Policy": f'"{self.name}";q={self.limit};w={self.window}',
            "RateLimit": f'"{self.name}";r={max(self.left, 0)};t={self.resets_in}',
        }


class Leases:
    """Requests that this worker may still let pass, by key, for the present window."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._window = 0
        self._left: dict[str, int] = {}
        self._taken: dict[str, int] = {}

    def take(self, key: str, limit: int, window: int, now: float) -> int:
        """Count one request; gives how many are left, or -1 when this one is over the limit."""
        with self._lock:
            number = int(now // window)
            self._forget(number, window)
            if self._left.get(key, 0) < 1:
                self._lease(key, number, limit, window)
            self._left[key] = self._left.get(key, 0) - 1
            if self._left[key] < 0:
                self._left[key] = 0
                return -1
            return max(0, limit - self._taken[key] + self._left[key])

    def clear(self) -> None:
        """Forget everything; the shared cache was emptied."""
        with self._lock:
            self._left.clear()
            self._taken.clear()

    def _forget(self, number: int, window: int) -> None:
        mark = number * window
        if mark != self._window:
            self._window = mark
            self._left.clear()
            self._taken.clear()

    def _lease(self, key: str, number: int, limit: int, window: int) -> None:
        size = max(1, limit // 100)
        name = f"rate:{key}:{number}"
        cache.add(name, 0, timeout=window + 1)
        try:
            taken = cache.incr(name, size)
        except ValueError:  # the entry was dropped between the two calls
            taken = size
        granted = max(0, size - max(0, taken - limit))
        self._left[key] = granted
        self._taken[key] = min(taken, limit)


LEASES = Leases()


class Rate(BaseThrottle):
    """A limit by name from DEFAULT_THROTTLE_RATES; which requests it counts is for subclasses to say."""

    scope: ClassVar[str]

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether the request may pass. Notes the allowance for the headers."""
        who = self.who(request, view)
        if who is None or Anew.within(request._request):
            return True
        limit, window = self.rate()
        now = timezone.now().timestamp()
        key = f"{self.scope}:{hashlib.sha256(who.encode()).hexdigest()[:24]}"
        try:
            left = LEASES.take(key, limit, window, now)
        except Exception:
            # Who asks for a record is not to be refused because nobody can count; /readyz says it too.
            logger.warning("The cache is away, so that requests are not counted.", exc_info=True)
            return True
        self.resets_in = window - int(now) % window
        keep(request, Allowance(self.scope, limit, window, left, self.resets_in))
        return left >= 0

    def wait(self) -> float:
        """Seconds until the next window."""
        return float(self.resets_in)

    def who(self, request: Request, view: APIView) -> str | None:
        """By what the request is counted; None where this limit does not apply."""
        raise NotImplementedError

    def rate(self) -> tuple[int, int]:
        """The limit and its window in seconds."""
        number, period = str(api_settings.DEFAULT_THROTTLE_RATES[self.scope]).split("/")
        return int(number), PERIODS[period[0]]


class AnonymousRate(Rate):
    """Requests without a token, by address."""

    scope = "anonymous"

    def who(self, request: Request, view: APIView) -> str | None:
        is_search = getattr(view, "throttle_scope", "") == "search"
        return None if request.auth or is_search else client(request, self)


class SearchRate(Rate):
    """Searches without a token, by address; views say ``throttle_scope = "search"``."""

    scope = "search"

    def who(self, request: Request, view: APIView) -> str | None:
        is_search = getattr(view, "throttle_scope", "") == "search"
        return client(request, self) if is_search and not request.auth else None


class TokenRate(Rate):
    """Requests with a token, by token."""

    scope = "token"

    def who(self, request: Request, view: APIView) -> str | None:
        return f"token {request.auth.pk}" if request.auth else None


def client(request: Request, throttle: BaseThrottle) -> str:
    """The caller's address: the connection's own, or the one that the last trusted proxy saw.

    What a caller writes into X-Forwarded-For himself counts for nothing. An IPv6 caller counts as the network of 64
    bits that his provider gave him.
    """
    ident = str(throttle.get_ident(request) or "")
    try:
        address = ip_address(ident)
    except ValueError:
        return ident
    return (
        str(ip_network(f"{address}/64", strict=False)) if isinstance(address, IPv6Address) else str(address)
    )


def keep(request: Request, allowance: Allowance) -> None:
    """Remember the allowance with the least left."""
    standing: Allowance | None = getattr(request, ALLOWANCE, None)
    if standing is None or allowance.left < standing.left:
        setattr(request, ALLOWANCE, allowance)


def rate_headers(request: HttpRequest | Request) -> dict[str, str]:
    """The headers for an answer to the request."""
    allowance: Any = getattr(request, ALLOWANCE, None)
    return allowance.headers() if isinstance(allowance, Allowance) else {}
