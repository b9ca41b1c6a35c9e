"""What this is, how complete it is, how to search it, and what its words mean."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from cstokb.fulltext.parser import MAX_DEPTH, MAX_DISTANCE
from cstokb.fulltext.query import MAX_CHARACTERS, MAX_WORDS
from cstokb.listing import registry
from cstokb.listing.ask import Ask
from cstokb.pages import completeness
from cstokb.pages.plain import PlainPage
from cstokb.pages.syntax import SECTIONS
from cstokb.pages.terms import GLOSSARY


class AboutPage(PlainPage):
    """What this is and how complete, computed from what anyone may see; how to report an error."""

    path = "/about/"
    name = "about"
    template_name = "pages/about.html"
    parameters = ("known_on",)

    def context(self, ask: Ask) -> dict[str, Any]:
        known = completeness.known(registry.listings(), ask)
        return {
            "table": table(known, ask),
            "texts": completeness.texts(ask),
            "contact": settings.CONTACT_EMAIL,
        }


def table(known: list[completeness.Known], ask: Ask) -> dict[str, Any]:
    """What is known of each kind, for components/table.html."""
    heads = (_("Kind"), _("Records"), _("Sources differ"), _("Less than sure"))
    columns = [{"label": head, "numeric": number > 0} for number, head in enumerate(heads)]
    return {
        "caption": _("What is known, kind by kind"),
        "caption_hidden": True,
        "columns": columns,
        "rows": [_row(one, ask) for one in known],
    }


def _row(one: completeness.Known, ask: Ask) -> list[dict[str, Any]]:
    listing = one.listing
    url = ask.localised(listing.path) if listing.path else f"/api/v1/{listing.api}/"
    numbers = ({"text": str(number)} for number in (one.count, one.disputed, one.unsure))
    return [{"text": str(listing.title), "url": url}, *numbers]


class SearchHelp(PlainPage):
    """The search language, by examples that can be followed."""

    path = "/about/search/"
    name = "about-search"
    template_name = "pages/search_help.html"

    def context(self, ask: Ask) -> dict[str, Any]:
        search = ask.localised("/search/")
        return {
            "sections": [
                {
                    "id": section.id,
                    "title": section.title,
                    "lead": section.lead,
                    "examples": [
                        {
                            "query": one.query,
                            "meaning": one.meaning,
                            # A link to what is refused would be a broken one.
                            "url": f"{search}?{urlencode({'q': one.query})}"
                            if section.outcome != "refused"
                            else "",
                        }
                        for one in section.examples
                    ],
                }
                for section in SECTIONS
            ],
            "limits": {
                "characters": MAX_CHARACTERS,
                "words": MAX_WORDS,
                "distance": MAX_DISTANCE,
                "depth": MAX_DEPTH,
            },
        }


class Glossary(PlainPage):
    """The words of the field as these pages use them."""

    path = "/glossary/"
    name = "glossary"
    template_name = "pages/glossary.html"

    def context(self, ask: Ask) -> dict[str, Any]:
        return {"groups": GLOSSARY}
