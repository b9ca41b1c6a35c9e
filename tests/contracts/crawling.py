"""Following links from page to page, as a reader or a harvester does.

Each language is crawled by itself, so that two processes may share the work: a link into the other language is noted
and not followed. Addresses that differ in what does not choose other code are alike, and of those that are alike a few
are opened; of the others the link alone is looked at. Alike are

- the pages of records of one kind in one format (every one is opened by ``make test-long``), but for the pages of
  instruments, which alone name their provisions,
- the questions to pages of records of one kind that name the same parameters: the days of an article, say,
- the questions to one list, of which there is no end, since every filter may be set beside every other; its own later
  pages are all opened.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.test import Client

from cstokb.pages.addresses import english_path
from tests.listing.asking import body
from tests.pages.wellformed import Page
from tests.scale import at_scale

#: How many pages of records that are alike are opened, and how many questions to them.
SAMPLE = at_scale(6, inf)
ASKED_OF_RECORDS = at_scale(6, 400)
#: How many questions to one list are asked.
QUESTIONS = at_scale(3, 12)
#: Kinds whose every page is opened, since no list leads to their parts.
NAMES_ITS_PARTS = ("instrument",)
SUFFIX = re.compile(r"\.[a-z]+$")
TEXT = re.compile(r"/treaties/[^/]+/[0-9]{4}-[0-9]{2}-[0-9]{2}/[a-z]{2}/")
MEDIA = (".css", ".js", ".svg", ".woff2")


@dataclass
class Crawl:
    """What is reached by links from the first page in a language; ``prefix`` is what stands before its addresses."""

    records: dict[str, str]
    prefix: str = ""
    statuses: dict[str, int] = field(default_factory=dict)
    named_on: dict[str, str] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    opened: Counter[str] = field(default_factory=Counter)

    def run(self) -> None:
        """Follow links until there are no more."""
        start = f"{self.prefix}/"
        client, waiting = Client(), deque([start])
        self.named_on[start] = ""
        while waiting:
            here = waiting.popleft()
            if not self.is_foreign(here) and not self.is_enough(here):
                for path in self.links_of(client, here):
                    if path not in self.named_on:
                        self.named_on[path] = here
                        waiting.append(path)

    def links_of(self, client: Client, here: str) -> list[str]:
        """Open an address, note what it answers, and give the addresses that it names."""
        response = client.get(here)
        self.statuses[here] = response.status_code
        raw = body(response)
        if not response.get("Content-Type", "").startswith("text/html"):
            return []
        page = Page(raw.decode())
        if page.errors:
            self.errors[here] = page.errors
        return list(links(page, here))

    def is_foreign(self, path: str) -> bool:
        """Whether the other crawl follows it; what has no language is the English one's."""
        return path.startswith("/ru/") != bool(self.prefix)

    def is_enough(self, path: str) -> bool:
        """Whether enough addresses like this one were opened."""
        bare, mark, query = path.partition("?")
        names = sorted({name for name, _value in parse_qsl(query, keep_blank_values=True)})
        kind = self.record_kind(bare)
        if kind and (mark or kind not in NAMES_ITS_PARTS or not bare.endswith("/")):
            like, most = f"{kind} {SUFFIX.findall(bare)} {names}", ASKED_OF_RECORDS if mark else SAMPLE
        elif mark and not kind and names != ["page"]:
            like, most = bare, QUESTIONS
        else:
            return False
        self.opened[like] += 1
        return self.opened[like] > most

    def record_kind(self, path: str) -> str:
        """The kind of the public record whose page or other format stands at an address; empty for any other.

        The lasting address of a text, with its day and language, is one more address of the instrument.
        """
        page = english_path(SUFFIX.sub("/", path))
        text = TEXT.fullmatch(page)
        return "text" if text else self.records.get(page, "")


def links(page: Page, here: str) -> Iterator[str]:
    """The addresses of our own that a page links to, without what only browsers fetch."""
    for tag, attributes in page.tags:
        if tag not in ("a", "link") or not attributes.get("href"):
            continue
        parts = urlsplit(urldefrag(urljoin(f"http://testserver{here}", attributes["href"])).url)
        ours = parts.scheme == "http" and parts.netloc in ("testserver", "localhost:8000")
        if ours and not parts.path.endswith(MEDIA):
            yield parts._replace(scheme="", netloc="").geturl()
