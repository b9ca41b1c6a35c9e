"""Small files that programs look for at fixed addresses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

#: A security.txt must say until when it may be believed; six months is what its authors advise at most.
BELIEVED = timedelta(days=180)
DAY = 24 * 3600


@require_safe
@cache_control(public=True, max_age=DAY)
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may fetch: everything that is a text of ours, and no page that is made for one question."""
    lines = [
        "User-agent: *",
        "Disallow: /accounts/",
        "Disallow: /admin/",
        "Disallow: /cite/",
        "Disallow: /search/",
        "Disallow: /ru/accounts/",
        "Disallow: /ru/admin/",
        "Disallow: /ru/cite/",
        "Disallow: /ru/search/",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=DAY)
def icon(request: HttpRequest) -> HttpResponse:
    """The site's icon where browsers look for one that no page has named; they go by the type, not by the ending."""
    drawing = Path(settings.BASE_DIR) / "static" / "icon.svg"
    return HttpResponse(drawing.read_bytes(), content_type="image/svg+xml")


@require_safe
@cache_control(public=True, max_age=DAY)
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness (RFC 9116)."""
    site = settings.SITE_URL
    contact = f"mailto:{settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else f"{site}/about/#errors"
    midnight = datetime.combine(timezone.now().date(), datetime.min.time(), UTC)
    lines = [
        f"Contact: {contact}",
        f"Expires: {(midnight + BELIEVED).isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: en, ru",
        f"Canonical: {site}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=DAY)
def opensearch(request: HttpRequest) -> HttpResponse:
    """The site's search as browsers add it to their own."""
    site, name = str(settings.SITE_URL), escape(str(settings.SITE_NAME))
    short, description = escape(_("CSTO KB")), escape(_("Search treaties, sessions and statements"))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{short}</ShortName>",
        f"<LongName>{name}</LongName>",
        f"<Description>{description}</Description>",
        "<InputEncoding>UTF-8</InputEncoding>",
        f'<Image type="image/svg+xml">{site}/static/icon.svg</Image>',
        f'<Url type="text/html" template="{site}/search/?q={{searchTerms}}"/>',
        f'<Url type="application/atom+xml" template="{site}/search.atom?q={{searchTerms}}"/>',
        f'<Url type="application/json" template="{site}/api/v1/search/?q={{searchTerms}}"/>',
        "</OpenSearchDescription>",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="application/opensearchdescription+xml; charset=utf-8")
