"""What the frame round every page needs: the canonical address and the page in the other language."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from cstokb.listing.ask import Ask
from cstokb.listing.moments import moment_band


def frame(ask: Ask, path: str) -> dict[str, Any]:
    """The context of base.html for the page at an English address: canonical link, alternates, printed address."""
    site = str(settings.SITE_URL)
    alternates = [
        {"code": code, "url": f"{site}{path if code == settings.LANGUAGE_CODE else f'/{code}{path}'}"}
        for code, _label in settings.LANGUAGES
    ]
    alternates.append({"code": "x-default", "url": f"{site}{path}"})
    here = f"{site}{ask.localised(path)}"
    return {
        "canonical_url": here,
        "alternates": alternates,
        "printed_from": here,
        "known_on": ask.scope.known_on,
        "moment": moment_band(ask),
    }
