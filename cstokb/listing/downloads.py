"""Downloads that were sent once are sent again from a file, until what is public changes.

What a download holds follows from what its validators say: the state of the public whole, the address, the language,
the day and the release. So they name the file, and a file is true for as long as somebody asks with the same ones:
nothing has to be taken back, and what was withdrawn is never sent, since whoever asks then asks under another name.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from typing import IO, cast

from django.conf import settings
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase

from cstokb.listing.etag import Validators

log = logging.getLogger(__name__)

#: Bytes of a download from which on a file is quicker than making it again.
LEAST = 256 * 1024
PIECE = 256 * 1024
#: What is said of a download beside its validators.
HEADERS = ("Content-Type", "Content-Disposition")
#: How a file begins that is being written, and after how many seconds nobody can be writing it any more.
UNFINISHED, GIVEN_UP = "unfinished-", 24 * 60 * 60


def once(validators: Validators, build: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The download that is kept under these validators, else what ``build`` makes; that is kept once it was sent whole.

    Answers that are no downloads are made each time.
    """
    place = _place(validators)
    if place is None:
        return build()
    kept = _kept(place)
    if kept is not None:
        return kept
    response = build()
    if isinstance(response, StreamingHttpResponse) and response.status_code == HTTPStatus.OK:
        pieces = cast("Iterable[bytes]", response.streaming_content)
        response.streaming_content = _keeping(pieces, place, _said(response))
    return response


def _place(validators: Validators) -> Path | None:
    """Where a download is kept; nowhere where that is switched off, or nothing was ever published."""
    if not settings.DOWNLOADS_KEPT or not validators.revision:
        return None
    return Path(settings.DOWNLOADS_DIR, validators.revision[:32], validators.etag.strip('"'))


def _said(response: HttpResponseBase) -> bytes:
    told = {name: response[name] for name in HEADERS if response.has_header(name)}
    return json.dumps(told).encode() + b"\n"


def _kept(place: Path) -> HttpResponseBase | None:
    try:
        file = place.open("rb")
    except OSError:
        return None
    said = json.loads(file.readline())
    size = os.fstat(file.fileno()).st_size - file.tell()
    with suppress(OSError):
        os.utime(place)  # what is asked for least goes first
    return StreamingHttpResponse(_sent(file), headers={**said, "Content-Length": str(size)})


def _sent(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _keeping(pieces: Iterable[bytes], place: Path, said: bytes) -> Iterator[bytes]:
    """The pieces as they come; once all were taken, they stand in the file."""
    copy = _Copy(place, said)
    try:
        for piece in pieces:
            copy.add(piece)
            yield piece
        copy.finish()
    finally:
        copy.give_up()


class _Copy:
    """A file that is there whole or not at all. Whoever downloads is never told that the disk is full."""

    def __init__(self, place: Path, said: bytes) -> None:
        self._place, self._begun = place, said
        self._file: IO[bytes] | None = None
        self._name = place
        self._size, self._off = 0, False

    def add(self, piece: bytes) -> None:
        """Write one piece more; little is held until it is known to be worth a file."""
        if self._off:
            return
        self._size += len(piece)
        if self._size > settings.DOWNLOADS_KEPT:
            self.give_up()
            return
        with self._forgiving():
            if self._file is not None:
                self._file.write(piece)
                return
            self._begun += piece
            if self._size >= LEAST:
                self._place.parent.mkdir(parents=True, exist_ok=True)
                number, name = tempfile.mkstemp(dir=self._place.parent, prefix=UNFINISHED)
                self._file, self._name = os.fdopen(number, "wb"), Path(name)
                self._file.write(self._begun)
                self._begun = b""

    def finish(self) -> None:
        """Give the file its name, and make room for it."""
        if self._file is None:
            return
        with self._forgiving():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._name.replace(self._place)
            self._file, self._off = None, True
            _make_room(self._place.parent)

    def give_up(self) -> None:
        """Leave nothing behind that is not finished."""
        self._off, self._begun = True, b""
        if self._file is not None:
            self._file.close()
            self._name.unlink(missing_ok=True)
            self._file = None

    @contextmanager
    def _forgiving(self) -> Iterator[None]:
        """Give the copy up where the disk refuses it, and say so in the log."""
        try:
            yield
        except OSError as error:
            log.warning("A download is not kept: %s", error)
            with suppress(OSError):
                self.give_up()


def _make_room(folder: Path) -> None:
    """Take away what was kept of earlier states, what nobody finished, and of this state what is asked for least."""
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    files = sorted(((one.stat().st_mtime, one) for one in folder.iterdir()), reverse=True)
    size, now = 0, time.time()
    for changed, one in files:
        size += one.stat().st_size
        unfinished = one.name.startswith(UNFINISHED)
        if size > settings.DOWNLOADS_KEPT if not unfinished else now - changed > GIVEN_UP:
            one.unlink(missing_ok=True)
