"""A server of this machine that answers as sites do, and the way to it that tests alone have."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from cstokb.curation.links.guard import Guard, NoSuchHost
from cstokb.curation.links.web import Web

#: What each path answers: a status, or where it leads. ``{port}`` is the server's own.
PATHS = {
    "/ok": 200,
    "/gone": 404,
    "/gone-for-good": 410,
    "/broken": 500,
    "/turned-away": 403,
    "/busy": 429,
    "/moved": (301, "/ok"),
    "/moved-twice": (308, "/moved"),
    "/elsewhere": (301, "http://b.example:{port}/ok"),
    "/for-now": (302, "/ok"),
    "/to-a-missing-page": (301, "/gone"),
    "/round": (301, "/round"),
    "/step-5": (301, "/step-4"),
    "/step-4": (301, "/step-3"),
    "/step-3": (301, "/step-2"),
    "/step-2": (301, "/step-1"),
    "/step-1": (301, "/ok"),
    "/step-6": (301, "/step-5"),
    "/to-inner": (302, "http://169.254.169.254/latest/meta-data/"),
    "/to-this-machine": (301, "http://c.example/"),
    "/to-another-port": (301, "http://b.example:25/"),
    "/to-a-file": (301, "file:///etc/passwd"),
    "/with-a-password": (301, "http://me:secret@b.example:{port}/ok"),
    "/no-way": (301, ""),
    "/kept-out": 200,
}
#: Names that the tests' resolver knows.
NAMES = {
    "a.example": "127.0.0.1",
    "b.example": "127.0.0.1",
    "c.example": "10.1.2.3",
    "shut.example": "127.0.0.1",
    "archive.example": "127.0.0.1",
}


class Site(BaseHTTPRequestHandler):
    """Answers HEAD and GET; notes who asked for what."""

    asked: ClassVar[list[tuple[str, str, str, str]]] = []
    silent = threading.Event()

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def _answer(self, *, with_body: bool) -> None:
        self.asked.append((self.command, self.headers["Host"], self.path, self.headers.get("User-Agent", "")))
        if self.path == "/silent":
            self.silent.wait(5)
            return
        if self.path == "/robots.txt":
            self._send(200, body=b"User-agent: *\nDisallow: /kept-out\n")
            return
        if self.path == "/no-head":
            self._send(405 if self.command == "HEAD" else 206)
            return
        found: Any = PATHS.get(self.path, 404)
        status, place = found if isinstance(found, tuple) else (found, None)
        port = self.server.server_address[1]  # type: ignore[index]  # a pair
        self._send(status, None if place is None else place.format(port=port), b"x" if with_body else b"")

    def _send(self, status: int, place: str | None = None, body: bytes = b"") -> None:
        self.send_response(status)
        if place is not None:
            self.send_header("Location", place)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class calls it so
        """Say nothing."""


class Clock:
    """Seconds that go on when somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def read(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@contextmanager
def serving(site: type[Site] = Site) -> Iterator[int]:
    """The port of a server that runs meanwhile."""
    site.asked.clear()
    site.silent.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server.server_port
    site.silent.set()
    server.shutdown()
    server.server_close()


def way(port: int, clock: Clock, *, seconds: float = 5) -> Web:
    """The way to that server and to nothing else."""

    def resolve(host: str, _port: int) -> list[str]:
        if host not in NAMES:
            raise NoSuchHost(f"{host} cannot be found")
        return [NAMES[host]]

    guard = Guard(resolve=resolve, beside=frozenset({("127.0.0.1", port)}))
    return Web("Tester/1 (+https://example.org)", guard, 2.0, seconds, clock.wait, clock.read)
