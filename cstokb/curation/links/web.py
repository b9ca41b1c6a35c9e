"""Asking an address of the web, politely: one question at a time, each host with a pause, as robots.txt has it."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from cstokb.curation.links.guard import Guard, NotAllowed, Target

#: Of a body no more is read: robots.txt, and the answer of an archive.
MOST_BYTES = 64_000
MOST_REDIRECTS = 5
#: A pause that robots.txt or an answer asks for is kept up to so many seconds.
LONGEST_PAUSE = 30.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
#: Answers after which the same is asked again with GET: servers that know no HEAD, or answer it wrongly.
ASK_AGAIN = frozenset({400, 403, 404, 405, 406, 410, 500, 501, 503})
#: Answers that may say for how long the host wants to be left alone.
LATER = frozenset({429, 503})


@dataclass(frozen=True)
class Answer:
    """What a server said: the status, where it leads, and the beginning of the body where it was asked for.

    ``after`` says in how many seconds it wants to be asked again, where it puts the question off.
    """

    status: int
    location: str = ""
    body: bytes = b""
    after: float | None = None


class Unreachable(OSError):
    """No whole answer came; the message says why."""


@dataclass
class Web:
    """The way to the web.

    Args:
        agent: who asks, as the servers are told.
        guard: what may be asked.
        pause: seconds between two questions to one host.
        seconds: how long one question may take, its answer included.
        wait: how to wait; the command sleeps.
        clock: seconds that go on evenly.
    """

    agent: str
    guard: Guard
    pause: float
    seconds: float
    wait: Callable[[float], None]
    clock: Callable[[], float]
    _asked: dict[str, float] = field(default_factory=dict)
    _rules: dict[str, RobotFileParser] = field(default_factory=dict)
    _left_until: dict[str, float] = field(default_factory=dict)

    def follow(self, url: str) -> tuple[Answer, str, bool]:
        """The last answer on the way from an address, where it came from, and whether every step there was permanent.

        Raises:
            NotAllowed: when the address, or one that it leads to, may not be asked.
            NoSuchHost: when a name on the way means nothing.
            Unreachable: when no whole answer came, or the way has no end.
        """
        permanent = True
        for _step in range(MOST_REDIRECTS + 1):
            target = self.guard.target(url)
            self._require_welcome(target, url)
            answer = self.ask("HEAD", target)
            if answer.status in ASK_AGAIN:
                answer = self.ask("GET", target, {"Range": "bytes=0-0"})
            if answer.status not in REDIRECTS or not answer.location:
                return answer, url, permanent
            permanent = permanent and answer.status in PERMANENT
            url = urljoin(url, answer.location)
        raise Unreachable("it leads on and on")

    def ask(
        self, method: str, target: Target, headers: dict[str, str] | None = None, *, read: bool = False
    ) -> Answer:
        """One question to the very number that was looked at, after the pause that its host is given.

        Raises:
            NotAllowed: when the host has asked to be left alone for longer than anybody waits.
            Unreachable: when no whole answer came.
        """
        self._rest(target)
        sent = {"User-Agent": self.agent, "Accept": "*/*", "Connection": "close", **(headers or {})}
        try:
            with self._connected(target) as connection:
                connection.request(method, target.path, headers=sent)
                response = connection.getresponse()
                body = response.read(MOST_BYTES) if read else b""
                after = _retry_after(response.headers) if response.status in LATER else None
                if after is not None:
                    self._left_until[target.host] = self.clock() + after
                return Answer(response.status, response.headers.get("Location", ""), body, after)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unreachable(_words(error)) from error
        finally:
            self._asked[target.host] = self.clock()

    def _rest(self, target: Target) -> None:
        last = self._asked.get(target.host)
        rules = self._rules.get(target.origin)
        asked_for = float(rules.crawl_delay(self.agent) or 0) if rules else 0.0
        pause = max(self.pause, min(asked_for, LONGEST_PAUSE))
        now = self.clock()
        left = max(
            last + pause - now if last is not None else 0.0, self._left_until.get(target.host, now) - now
        )
        if left > LONGEST_PAUSE:
            raise NotAllowed("the host asks to be left alone for now")
        if left > 0:
            self.wait(left)

    @contextmanager
    def _connected(self, target: Target) -> Iterator[http.client.HTTPConnection]:
        """A connection that ends when its time is over, however slowly the other side talks."""
        connection = http.client.HTTPConnection(target.host, target.port, timeout=self.seconds)
        plain = socket.create_connection((target.number, target.port), timeout=self.seconds)
        end = threading.Timer(self.seconds, _cut, [plain])
        end.start()
        try:
            secure = target.scheme == "https"
            context = ssl.create_default_context() if secure else None
            connection.sock = (
                context.wrap_socket(plain, server_hostname=target.host) if context is not None else plain
            )
            yield connection
        finally:
            end.cancel()
            connection.close()
            plain.close()

    def _require_welcome(self, target: Target, url: str) -> None:
        """Raise where robots.txt asks programs to stay away."""
        rules = self._rules.get(target.origin)
        if rules is None:
            rules = self._rules[target.origin] = self._robots(target)
        if not rules.can_fetch(self.agent, url):
            raise NotAllowed("robots.txt asks programs to stay away")

    def _robots(self, target: Target) -> RobotFileParser:
        """What the host asks of programs; where it says nothing that can be read, anything may be asked."""
        rules = RobotFileParser()
        place = Target(target.scheme, target.host, target.port, target.number, "/robots.txt")
        answer = self.ask("GET", place, read=True)
        good = answer.status == http.HTTPStatus.OK
        rules.parse(answer.body.decode("utf-8", "replace").splitlines() if good else [])
        return rules

    def json(self, url: str) -> Any:
        """A short JSON document, for which a service is asked; None where there is none.

        The service is for programs, so its robots.txt is not asked. What it puts off for a while that anybody waits is
        asked once more.
        """
        try:
            answer = self._whole(url)
            if answer.after is not None:
                answer = self._whole(url)
            return json.loads(answer.body) if answer.status == http.HTTPStatus.OK else None
        except (OSError, ValueError, RecursionError):
            return None

    def _whole(self, url: str) -> Answer:
        """The answer with its body, at the end of the way from an address."""
        for _step in range(MOST_REDIRECTS + 1):
            answer = self.ask("GET", self.guard.target(url), read=True)
            if answer.status not in REDIRECTS or not answer.location:
                return answer
            url = urljoin(url, answer.location)
        raise Unreachable("it leads on and on")


def _retry_after(headers: Message) -> float | None:
    """In how many seconds a host wants to be asked again: it says a number, or a moment by its own clock."""
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        left = parsedate_to_datetime(said) - parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError, OverflowError):
        return None
    return max(left.total_seconds(), 0.0)


def _cut(plain: socket.socket) -> None:
    try:
        plain.shutdown(socket.SHUT_RDWR)
    except OSError:  # it is closed already
        return


def _words(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it does not answer in time"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not good: {error.verify_message}"
    return str(error) or type(error).__name__


def host_of(url: str) -> str:
    """The name in an address, for taking hosts in turn; an empty text where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
