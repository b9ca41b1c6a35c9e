"""Clocks: which of ``on`` and ``known_on`` an address takes, and links that keep what was asked of them.

``on`` asks for the world on a day, ``known_on`` for what this knowledge base said at a moment (law 5). Whoever moves
from page to page stays in both: every link of a page to a page of this site that takes a clock keeps it. That is done
once, over the finished page, so that no template, panel, facet or breadcrumb can forget it. A link that leaves a clock
on purpose says which one in ``data-now``.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import override

if TYPE_CHECKING:
    from cstokb.listing.ask import Ask

CLOCKS = ("on", "known_on")
_LINK = re.compile(r"""<a\s[^>]*?href="(/[^"#]*)[^>]*>""")
_LEAVES = re.compile(r'\bdata-now="([a-z_ ]+)"')


class Day(StrEnum):
    """What ``on`` does at an address."""

    REFUSED = "refused"
    #: Everything is shown with what held on the day.
    SHOWS = "shows"
    #: Only rows whose period holds the day, or that are of that day.
    NARROWS = "narrows"


class Clocks(NamedTuple):
    """What an address makes of the two clocks."""

    on: Day = Day.REFUSED
    known_on: bool = False

    @property
    def taken(self) -> tuple[str, ...]:
        """The names of the clocks that the address reads."""
        return tuple(
            name for name, read in zip(CLOCKS, (self.on != Day.REFUSED, self.known_on), strict=True) if read
        )

    @property
    def kept(self) -> tuple[str, ...]:
        """The clocks that links to the address keep: a day that narrows a list was not asked of another one."""
        return tuple(name for name in self.taken if name != "on" or self.on == Day.SHOWS)


NONE = Clocks()
BOTH = Clocks(Day.SHOWS, known_on=True)


def clocks_of(view: Any) -> Clocks | None:
    """What the addresses of a view make of the clocks; None for a view that reads no question at all."""
    made = getattr(view, "view_class", None) or getattr(view, "cls", None)
    told = getattr(made, "clocks", None)
    actions = getattr(view, "actions", None) or {}
    return told(*actions.values()) if told else None


@lru_cache(maxsize=8192)
def clocks_at(path: str) -> Clocks:
    """What an address of this site takes, in whatever language it is; none where nothing stands."""
    for code, _label in settings.LANGUAGES:
        if path.startswith(f"/{code}/"):
            path = path[len(code) + 1 :]
    with override(settings.LANGUAGE_CODE):
        try:
            return clocks_of(resolve(path).func) or NONE
        except Resolver404:
            return NONE


def asked(ask: Ask) -> dict[str, str]:
    """The clocks that a question names, as they were written."""
    values = {name: next((v for v in ask.params.getlist(name) if v.strip()), "") for name in CLOCKS}
    return {name: value for name, value in values.items() if value}


def without(ask: Ask, name: str) -> str:
    """The address that was asked, without one of its clocks; its page and what else it names stay."""
    params: QueryDict = ask.params.copy()
    for one in (name, *ask.said):
        params.pop(one, None)
    return ask.path + (f"?{params.urlencode()}" if params else "")


def kept_in_links(page: str, ask: Ask) -> str:
    """A finished page whose links keep the clocks that its address names."""
    told = asked(ask)
    return _LINK.sub(lambda link: _kept(link, told), page) if told else page


def _kept(link: re.Match[str], told: dict[str, str]) -> str:
    address = urlsplit(link[1].replace("&amp;", "&"))
    leaves = _LEAVES.search(link[0])
    given = {name for name, _value in parse_qsl(address.query, keep_blank_values=True)}
    given.update(leaves[1].split() if leaves else ())
    added = {name: told[name] for name in clocks_at(address.path).kept if name in told and name not in given}
    if not added:
        return link[0]
    joint = "&amp;" if address.query else "?"
    start, end = link.span(1)
    cut = start - link.start()
    query = urlencode(added).replace("&", "&amp;")
    return f"{link[0][:cut]}{link[1]}{joint}{query}{link[0][end - link.start() :]}"
