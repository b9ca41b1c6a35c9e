"""Which record a reference means: an id, a name, or an article with its instrument, in English or Russian."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from cstokb.fulltext.normalise import fold
from cstokb.listing.ask import Ask
from cstokb.records import naming
from cstokb.records.choices import Visibility
from cstokb.records.models import Entry, NameForm
from cstokb.records.naming import Wanted
from cstokb.search.kinds import KINDS

TREATY, CHARTER = "cst", "charter"
#: How the two founding texts are called without their title.
CALLED = {
    "treaty": TREATY,
    "договор": TREATY,
    "договора": TREATY,
    "договоре": TREATY,
    "charter": CHARTER,
    "устав": CHARTER,
    "устава": CHARTER,
    "уставе": CHARTER,
}
_ARTICLE = re.compile(
    r"(?:article|articles|art\.?|статья|статьи|статье|статью|ст\.?|§)\s*(?P<number>\d+(?:[.-]\d+)?[a-zа-я]{0,4})"
    r"(?:\s*,)?(?:\s*(?:of|to|in)\b)?\s*(?P<rest>.*)",
    re.IGNORECASE,
)
MOST = 20


def matches(text: str, ask: Ask) -> list[dict[str, Any]]:
    """Records that a reference may mean; several where it does not say which."""
    folded = fold(text)
    article = _ARTICLE.fullmatch(folded)
    entries = _provisions(article["number"], article["rest"], ask) if article else _named(text.strip(), ask)
    return [_told(entry, ask) for entry in entries[:MOST]]


def _provisions(number: str, rest: str, ask: Ask) -> list[Entry]:
    """Articles of this number: of the instrument named, else of every instrument."""
    rows = Entry.objects.public().filter(kind="provision").order_by("slug")
    ends = f"/art-{number}"
    if not rest:
        return list(rows.filter(slug__endswith=ends)[:MOST])
    rest = rest.removeprefix("the ")
    called = CALLED.get(rest)
    slugs = [called] if called else list(_instruments(rest, ask))
    return list(rows.filter(slug__in=[f"{slug}{ends}" for slug in slugs])[:MOST])


def _instruments(text: str, ask: Ask) -> Iterator[str]:
    wanted = Wanted("instrument", text)
    yield from naming.find_slugs([wanted], ask.scope)[wanted]


def _named(text: str, ask: Ask) -> list[Entry]:
    """Records with this id, or else with this name."""
    rows = Entry.objects.public().filter(kind__in=KINDS)
    exact = list(rows.filter(Q(slug=text.lower()) | Q(path=_path(text))).order_by("kind", "slug")[:MOST])
    if exact:
        return exact
    names = NameForm.objects.filter(
        folded=fold(text)[: naming.LONGEST_NAME], entry__visibility=Visibility.PUBLIC
    )
    called = CALLED.get(fold(text).removeprefix("the "))
    wanted = Q(pk__in=names.values("entry_id")) | Q(kind="instrument", slug=called or "-")
    return list(rows.filter(wanted).order_by("kind", "slug")[:MOST])


def _path(text: str) -> str:
    """An address of a page of ours, given whole or without its host."""
    path = re.sub(r"^https?://[^/]+", "", text.strip())
    path = re.sub(r"^/ru(?=/)", "", path).partition("?")[0].partition("#")[0]
    return path if path.startswith("/") else "-"


def _told(entry: Entry, ask: Ask) -> dict[str, Any]:
    return {
        "type": entry.kind,
        "id": entry.slug,
        "html_url": ask.absolute(ask.localised(entry.path)) if entry.path else None,
        "label": entry.label(ask.language),
    }
