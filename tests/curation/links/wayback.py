"""A server of this machine that answers as the service of the public archive does, on good days and bad."""

from __future__ import annotations

import json
import threading
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from tests.curation.links.server import Site

STAMP = "20160105120000"


def told(page: str, /, **fields: Any) -> dict[str, Any]:
    """What the service says of a page of which it holds a copy."""
    place = f"http://web.archive.org/web/{STAMP}/{page}"
    closest = {"status": "200", "available": True, "url": place, "timestamp": STAMP} | fields
    return {"url": page, "archived_snapshots": {"closest": closest}, "timestamp": STAMP}


class Wayback(Site):
    """Answers by the page it is asked about: ``https://old.example/busy`` is put off, and so on."""

    asked: ClassVar[list[tuple[str, str, str, str]]] = []
    silent = threading.Event()
    #: How often each page was asked about.
    times: ClassVar[dict[str, int]] = {}

    def _answer(self, *, with_body: bool) -> None:
        parts = urlsplit(self.path)
        self.asked.append((self.command, self.headers["Host"], self.path, self.headers.get("User-Agent", "")))
        asked = parse_qs(parts.query).get("url", [""])[0]
        if parts.path != "/wayback/available":
            self.say(404)
            return
        page = urlsplit(asked).path.strip("/")
        self.times[page] = self.times.get(page, 0) + 1
        answer = getattr(self, page.replace("-", "_"), None)
        if answer is None:
            self.say(200, {"url": asked, "archived_snapshots": {}})
        else:
            answer(asked)

    def say(self, status: int, document: Any = None, **headers: str) -> None:
        """An answer; bytes are sent as they are."""
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def held(self, asked: str) -> None:
        self.say(200, told(asked))

    def of_an_error(self, asked: str) -> None:
        self.say(200, told(asked, status="404"))

    def of_a_redirect(self, asked: str) -> None:
        self.say(200, told(asked, status="301"))

    def blocked(self, asked: str) -> None:
        self.say(200, told(asked, available=False))

    def nearly(self, asked: str) -> None:
        self.say(200, told(asked, available="true"))

    def elsewhere(self, asked: str) -> None:
        self.say(200, told(asked, url="https://web.archive.org.evil.example/web/1/x"))

    def a_script(self, asked: str) -> None:
        self.say(200, told(asked, url="javascript:alert(1)"))

    def too_long(self, asked: str) -> None:
        self.say(200, told(asked, url=f"https://web.archive.org/web/1/{'x' * 2000}"))

    def no_text(self, asked: str) -> None:
        self.say(200, told(asked, url=7))

    def no_address(self, asked: str) -> None:
        self.say(200, told(asked, url="https://[web.archive.org"))

    def a_list(self, asked: str) -> None:
        self.say(200, [told(asked)])

    def no_document(self, asked: str) -> None:
        self.say(200, {"archived_snapshots": {"closest": "none"}})

    def broken(self, asked: str) -> None:
        self.say(200, json.dumps(told(asked)).encode()[:-9])

    def a_page(self, asked: str) -> None:
        self.say(200, b"<html>Sorry</html>")

    def odd_bytes(self, asked: str) -> None:
        self.say(200, b'{"archived_snapshots": "\xff\xfe"}')

    def deep(self, asked: str) -> None:
        self.say(200, b"[" * 60_000)

    def endless(self, asked: str) -> None:
        self.say(200, json.dumps(told(asked, note="x" * 100_000)).encode())

    def cut_off(self, asked: str) -> None:
        self.send_response_only(200)
        self.send_header("Content-Length", "500")
        self.end_headers()
        self.wfile.write(b'{"archived')

    def in_error(self, asked: str) -> None:
        self.say(500, told(asked))

    def silent_one(self, asked: str) -> None:
        self.silent.wait(5)

    def moved(self, asked: str) -> None:
        self.say(301, None, Location=self.path.replace("moved", "held"))

    def round(self, asked: str) -> None:
        self.say(302, None, Location=self.path)

    def to_inner(self, asked: str) -> None:
        self.say(302, None, Location="http://c.example/wayback/available")

    def put_off(self, asked: str) -> None:
        self._later(asked, Retry_After="7")

    def put_off_until(self, asked: str) -> None:
        self._later(asked, Date="Sun, 29 Nov 2026 12:00:00 GMT", Retry_After="Sun, 29 Nov 2026 12:00:09 GMT")

    def away(self, asked: str) -> None:
        self._later(asked, 503, Retry_After="4")

    def _later(self, asked: str, status: int = 429, **headers: str) -> None:
        first = self.times[urlsplit(asked).path.strip("/")] == 1
        self.say(status, None, **headers) if first else self.held(asked)

    def put_off_again(self, asked: str) -> None:
        self.say(429, None, Retry_After="7")

    def put_off_for_long(self, asked: str) -> None:
        self.say(429, None, Retry_After="3600")

    def put_off_somehow(self, asked: str) -> None:
        self.say(429, None, Retry_After="soon")

    def too_many(self, asked: str) -> None:
        self.say(429)
