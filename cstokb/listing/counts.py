"""How long lists are and how they divide, counted once by each process until something is published.

A page of a list shows twenty rows, which an index gives, and counts them all. What is counted follows from the state of
the public whole and from the question: these name what is kept, and nothing ever has to be taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.core.cache import caches

from cstokb.listing import surfaces
from cstokb.listing.etag import state_of

if TYPE_CHECKING:
    from cstokb.listing.ask import Ask
    from cstokb.listing.selection import Selection

T = TypeVar("T")

#: The name among the caches of the settings.
CACHE = "counts"
#: Parameters that say how rows are shown, and not which there are.
_SHOWN = frozenset((*surfaces.API, "sort"))


def once(selection: Selection, what: str, count: Callable[[], T]) -> T:
    """What ``count`` tells of a selection, asked once in each state; always asked where nothing was ever published."""
    state = state_of(selection.ask)
    if not state:
        return count()
    return cast("T", caches[CACHE].get_or_set(_name(selection, state, what), count))


#: What ``know`` keeps, as it is, with its state: the cache, which would take it apart, says whether it still holds.
_known: dict[str, tuple[str, Any]] = {}


def known(ask: Ask, what: str) -> Any | None:
    """What this process has read of the whole in this state; None where it has not."""
    state = _now(ask)
    held, value = _known.get(what, ("", None))
    return value if state and held == state == caches[CACHE].get(what) else None


def know(ask: Ask, what: str, value: Any) -> None:
    """Keep what was read of the whole, which nobody may change, until something is published."""
    if state := _now(ask):
        _known[what] = (state, value)
        caches[CACHE].set(what, state)


def _now(ask: Ask) -> str:
    """The state that a question asks about; empty for one about an earlier moment."""
    return "" if ask.scope.known_on else state_of(ask)


def _name(selection: Selection, state: str, what: str) -> str:
    ask = selection.ask
    said = sorted((name, values) for name, values in ask.params.lists() if name not in _SHOWN)
    # A matrix is a Listing of the records of another, with rows and facets of its own: only the path tells them apart.
    listing = (selection.listing.api, selection.listing.path)
    told = (state, listing, what, ask.language, ask.on, ask.scope.known_on, said)
    return sha256(repr(told).encode(errors="surrogatepass")).hexdigest()
