"""Following links from page to page, as a reader or a harvester does."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client

from cstokb.pages.addresses import english_path
from tests.listing.asking import body
from tests.pages.wellformed import Page

#: How many pages of one kind of record are opened in each language; of the others the link alone is looked at.
SAMPLE = 12
#: Addresses of one question each, of which there is no end: a few of each path are followed.
QUESTIONS = 4
SUFFIX = re.compile(r"\.[a-z]+$")
TEXT = re.compile(r"/treaties/[^/]+/[0-9]{4}-[0-9]{2}-[0-9]{2}/[a-z]{2}/")
MEDIA = (".css", ".js", ".svg", ".woff2")


@dataclass
class Crawl:
    """What is reached from a page by links."""

    records: dict[str, str]
    statuses: dict[str, int] = field(default_factory=dict)
    named_on: dict[str, str] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    opened: Counter[str] = field(default_factory=Counter)

    def run(self, start: str) -> None:
        """Follow links until there are no more."""
        client, waiting = Client(), deque([start])
        self.named_on[start] = ""
        while waiting:
            here = waiting.popleft()
            if self.is_enough(here):
                continue
            response = client.get(here)
            self.statuses[here] = response.status_code
            if not response.get("Content-Type", "").startswith("text/html"):
                body(response)
                continue
            page = Page(body(response).decode())
            if page.errors:
                self.errors[here] = page.errors
            for path in links(page, here):
                if path not in self.named_on:
                    self.named_on[path] = here
                    waiting.append(path)

    def is_enough(self, path: str) -> bool:
        """Whether enough addresses like this one were opened."""
        bare, mark, query = path.partition("?")
        kind = self.record_kind(bare)
        like = f"{bare}?" if mark else f"{kind} {path.startswith('/ru/')} {SUFFIX.findall(path)}"
        further = query.startswith("page=") and "&" not in query
        if further or (not mark and not kind):
            return False
        self.opened[like] += 1
        return self.opened[like] > (QUESTIONS if mark else SAMPLE)

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
