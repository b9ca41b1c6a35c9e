"""Which questions have their answers kept ready: everything, and the words that a great part of the records hold."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime

from django.http import QueryDict
from django.utils.http import urlencode

from cstokb.fulltext import engine, kept
from cstokb.fulltext.heavy import beginnings, heavy, with_shorter
from cstokb.listing.ask import Ask
from cstokb.search.answer import asked

#: How long one run takes at most; the next goes on.
SECONDS = 50


def refresh(now: datetime, seconds: float) -> int | None:
    """Ask anew what the index was changed under, for at most so many seconds; how many answers are kept.

    None where time was too short, and 0 where the index has not changed, which two queries tell. Whoever changes the
    index meanwhile waits for nothing, and is caught up with, the heaviest words first.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        stamp = kept.stamp()
        if kept.is_whole(stamp):
            return 0
        keys = _keep(now, stamp, end)
        if keys:
            kept.finish(keys, stamp)
            return len(keys)
    return None


def _keep(now: datetime, stamp: int, end: float) -> set[str]:
    """Keep every answer; nothing where the index was changed meanwhile or the time has come."""
    keys: set[str] = set()
    for text, *alike in questions():
        if time.monotonic() >= end or kept.stamp() != stamp:
            return set()
        query = _read(text, now)
        if query is None or query.tree is not None:
            others = filter(None, (_read(one, now) for one in alike))
            keys |= engine.keep(query, [one for one in others if one.tree is not None])
    return keys


def is_ready(text: str, now: datetime) -> bool:
    """Whether the answer to what a reader writes is kept ready."""
    return engine.is_kept(_read(text, now))


def _read(text: str, now: datetime) -> engine.Query | None:
    return asked(Ask.about(QueryDict(urlencode({"q": text})), now=now), (), strict=True).query


def questions() -> Iterator[list[str]]:
    """What is asked, as readers write it: nothing at all, words by their weight, and then what begins as they do.

    Each with the others that find the same.
    """
    words = heavy()
    forms = [word.form for word in words]
    yield [""]
    yield from ([form] for form in forms)
    begun = dict.fromkeys([*(word.stem for word in words), *beginnings(), *forms])
    yield from ([f"{one}*" for one in alike] for alike in with_shorter(begun))
