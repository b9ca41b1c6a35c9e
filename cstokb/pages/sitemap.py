"""The sitemap: every public page in both languages, with the moment at which it last changed.

Addresses name the configured domain, whatever host was asked. /sitemap.xml lists parts of at most 20,000 pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse

from cstokb.listing import registry
from cstokb.listing.ask import Ask
from cstokb.listing.clocks import Clocks
from cstokb.listing.columns import utc
from cstokb.listing.conditional import ConditionalView
from cstokb.listing.errors import NothingHere
from cstokb.listing.etag import public_revision
from cstokb.records.models import Entry

PART = 20_000
MEDIA_TYPE = "application/xml; charset=utf-8"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
#: Pages that are no list of the catalogue and no record.
FIXED = ("/", "/timeline/", "/about/", "/about/search/", "/glossary/", "/data/", "/feeds/", "/corrections/")
PAGES = "pages"


def with_pages() -> QuerySet[Entry]:
    """Public records that have a page of their own; a passage is a place on another page."""
    return Entry.objects.public().exclude(path="").exclude(path__contains="#")


class SitemapIndex(ConditionalView):
    """The parts of the sitemap."""

    @classmethod
    def clocks(cls) -> Clocks | None:
        """A file that reads no question."""
        return None

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        return StreamingHttpResponse(_index(ask), content_type=MEDIA_TYPE)

    def get(self, request: HttpRequest, form: str = "xml", **kwargs: Any) -> HttpResponseBase:
        return super().get(request, "xml", **kwargs)


class SitemapPart(SitemapIndex):
    """The pages of one kind."""

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        kind, number = str(kwargs["kind"]), int(kwargs["number"])
        if kind == PAGES and number == 1:
            pages: Iterable[tuple[str, datetime | None]] = _fixed(ask)
        else:
            entries = with_pages().filter(kind=kind).order_by("pk").values_list("path", "changed_at")
            pages = entries[(number - 1) * PART : number * PART].iterator(chunk_size=2_000)
            if not entries[(number - 1) * PART :].exists():
                raise NothingHere
        return StreamingHttpResponse(_urls(pages), content_type=MEDIA_TYPE)


def _index(ask: Ask) -> Iterator[str]:
    yield f"{HEAD}<sitemapindex {NAMESPACES}>\n"
    yield _part(PAGES, 1, public_revision(ask).at)
    kinds = with_pages().order_by("kind").values("kind").annotate(n=Count("pk"), at=Max("changed_at"))
    for kind, n, at in kinds.values_list("kind", "n", "at"):
        for number in range(1, -(-n // PART) + 1):
            yield _part(kind, number, at)
    yield "</sitemapindex>\n"


def _part(kind: str, number: int, at: datetime | None) -> str:
    address = f"{settings.SITE_URL}/sitemap-{kind}-{number}.xml"
    return f"<sitemap><loc>{escape(address)}</loc>{_lastmod(at)}</sitemap>\n"


def _fixed(ask: Ask) -> Iterator[tuple[str, datetime | None]]:
    at = public_revision(ask).at
    for path in (*FIXED, *(listing.path for listing in registry.listings() if listing.path)):
        yield path, at


def _urls(pages: Iterable[tuple[str, datetime | None]]) -> Iterator[str]:
    yield f"{HEAD}<urlset {NAMESPACES}>\n"
    for path, at in pages:
        addresses = {code: f"{settings.SITE_URL}{_prefix(code)}{path}" for code, _label in settings.LANGUAGES}
        others = {**addresses, "x-default": addresses[settings.LANGUAGE_CODE]}
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(url)}/>'
            for code, url in others.items()
        )
        for address in addresses.values():
            yield f"<url><loc>{escape(address)}</loc>{_lastmod(at)}{links}</url>\n"
    yield "</urlset>\n"


def _prefix(code: str) -> str:
    return "" if code == settings.LANGUAGE_CODE else f"/{code}"


def _lastmod(at: datetime | None) -> str:
    return f"<lastmod>{utc(at)}</lastmod>" if at else ""
