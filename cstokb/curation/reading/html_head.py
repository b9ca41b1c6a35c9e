"""What a page says of itself outside of its text: its title, its day, who published it, its address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from cstokb.curation.reading.cleaning import clean

_DAY = re.compile(r"\s*((?:19|20)\d\d-\d\d-\d\d)")
_IN_SCRIPT = re.compile(r'"datePublished"\s*:\s*"((?:19|20)\d\d-\d\d-\d\d)')
#: Where pages say when they were published, the best first.
_DAYS = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='pubdate' or @name='date' or @name='DC.date' or @name='DC.date.issued']/@content",
    "//article//time/@datetime",
    "//main//time/@datetime",
)
#: Elements that by their names hold a day, and how it is written in them.
_DATED = "//*[self::p or self::div or self::span or self::time or self::li][@class or @id]"
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:date|time|dt|published|pubdate|post-?date|news-?date|article-?date)(?:$|[\s_-])", re.I
)
_WRITTEN = re.compile(r"(?<!\d)([0-3]?\d)\.([01]?\d)\.((?:19|20)\d\d)(?!\d)")
_LONGEST = 60
_PUBLISHERS = (
    "//meta[@property='og:site_name']/@content",
    "//meta[@name='publisher' or @name='DC.publisher']/@content",
)
_ADDRESSES = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")
_MOST = 500


@dataclass(frozen=True)
class Head:
    """What a page says of itself; each is empty where it does not. ``published`` is a day as EDTF."""

    title: str = ""
    published: str = ""
    publisher: str = ""
    url: str = ""


def head_of(root: Any) -> Head:
    """What a page says of itself; to be asked before anything is taken out of its tree."""
    address = _first(root, _ADDRESSES)
    return Head(
        title=clean(" ".join(root.xpath("//head/title//text()")))[:_MOST],
        published=_day(root),
        publisher=_first(root, _PUBLISHERS),
        url=address if re.match(r"https?://[^\s<>\"']+$", address) else "",
    )


def _day(root: Any) -> str:
    for path in _DAYS:
        for said in root.xpath(path):
            if match := _DAY.match(said):
                return match[1]
    for script in root.xpath("//script[@type='application/ld+json']/text()"):
        if match := _IN_SCRIPT.search(script):
            return match[1]
    return _written(root)


def _written(root: Any) -> str:
    """The day that stands in an element for it, in figures."""
    for element in root.xpath(_DATED):
        if _NAMED.search(f"{element.get('class', '')} {element.get('id', '')}"[:_MOST]):
            match = _WRITTEN.search(clean(element.text_content()[:_MOST])[:_LONGEST])
            if match and int(match[2]) <= 12:
                return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"
    return ""


def _first(root: Any, paths: tuple[str, ...]) -> str:
    found = (clean(said) for path in paths for said in root.xpath(path))
    return next(filter(None, found), "")[:_MOST]
