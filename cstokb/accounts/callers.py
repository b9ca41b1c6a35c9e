"""From which address somebody asks, as failed log-ins are counted and sessions are listed."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

#: Stands for callers of whom no address is known, as behind a socket: they share one limit.
UNKNOWN = "0.0.0.0"  # noqa: S104 - nothing listens there


def caller(request: HttpRequest) -> str:
    """The address that the last trusted proxy saw; without one, the connection's own.

    What a caller writes into X-Forwarded-For himself stands further left and counts for nothing.
    """
    proxies = settings.TRUSTED_PROXIES
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if proxies else []
    nearest = told[-min(proxies, len(told))] if told else ""
    return read(nearest) or read(request.META.get("REMOTE_ADDR", "")) or UNKNOWN


def read(text: str) -> str:
    """An address in its one spelling; empty for what is none. A proxy may have added the port."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return ""
    return str(getattr(found, "ipv4_mapped", None) or found)
