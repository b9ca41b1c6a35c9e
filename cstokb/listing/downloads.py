"""Downloads that were sent once are sent again from a file, until what is public changes.

What a download holds follows from what its validators say: the state of the public whole, the address, the language,
the day and the release. So they name the file, and a file is true for as long as somebody asks with the same ones:
nothing has to be taken back, and what was withdrawn is never sent, since whoever asks then asks under another name.

The files of a state lie in a folder of its own; that of the earlier one goes as soon as the next has a file. What was
asked for is noted beside them (``asked``), and so outlives it.
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
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import IO, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from cstokb.listing import asked
from cstokb.listing.ask import Ask
from cstokb.listing.asked import Anew, Question
from cstokb.listing.etag import Validators

log = logging.getLogger(__name__)

#: Bytes of a download from which on a file is quicker than making it again.
LEAST = 256 * 1024
PIECE = 256 * 1024
#: What is said of a download beside its validators.
HEADERS = ("Content-Type", "Content-Disposition")
#: How a file begins that is being written, and after how many seconds nobody can be writing it any more.
UNFINISHED, GIVEN_UP = "unfinished-", 24 * 60 * 60
#: The same where no reader waits for it; of these one is written at a time.
MADE_ANEW = f"{UNFINISHED}anew-"


#: Takes note of a download that is kept: its media type, and how large it is.
Note = Callable[[str, int], None]


def once(
    request: HttpRequest, ask: Ask, validators: Validators, build: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """The download that is kept under these validators, else what ``build`` makes; that is kept once it was sent whole.

    Answers that are no downloads are made each time.
    """
    place = _place(validators)
    if place is None:
        return build()
    anew = Anew.within(request)
    if anew and place.exists():
        anew.size = place.stat().st_size
        return HttpResponse()
    note = anew.note if anew else _noting(request, ask)
    kept = None if anew else _kept(place, note)
    if kept is not None:
        return kept
    response = build()
    if isinstance(response, StreamingHttpResponse) and response.status_code == HTTPStatus.OK:
        pieces = cast("Iterable[bytes]", response.streaming_content)
        copy = _Copy(place, _said(response), asked_at=anew.asked_at if anew else None)
        response.streaming_content = _keeping(pieces, copy, partial(note, response["Content-Type"]))
    return response


def folder_of(state: str) -> Path:
    """Where the downloads of a state are kept."""
    return Path(settings.DOWNLOADS_DIR, state)


def _place(validators: Validators) -> Path | None:
    """Where a download is kept; nowhere where that is switched off, or nothing was ever published."""
    if not settings.DOWNLOADS_KEPT or not validators.state:
        return None
    return folder_of(validators.state) / validators.etag.strip('"')


def _noting(request: HttpRequest, ask: Ask) -> Note:
    """Notes that a reader asked."""

    def note(media_type: str, size: int) -> None:
        with suppress(OSError):
            asked.note(Question.of(request, media_type), size, ask.today)

    return note


def _said(response: HttpResponseBase) -> bytes:
    told = {name: response[name] for name in HEADERS if response.has_header(name)}
    return json.dumps(told).encode() + b"\n"


def _kept(place: Path, note: Note) -> HttpResponseBase | None:
    try:
        file = place.open("rb")
    except OSError:
        return None
    said = json.loads(file.readline())
    size = os.fstat(file.fileno()).st_size - file.tell()
    with suppress(OSError):
        os.utime(place)  # what is asked for least goes first
    note(said["Content-Type"], size)
    return StreamingHttpResponse(_Sent(file), headers={**said, "Content-Length": str(size)})


class _Sent(Iterator[bytes]):
    """A file in pieces; closed also where nobody takes them."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def __next__(self) -> bytes:
        if piece := self._file.read(PIECE):
            return piece
        raise StopIteration

    def close(self) -> None:
        """Called by the answer when it is closed."""
        self._file.close()


def _keeping(pieces: Iterable[bytes], copy: _Copy, note: Callable[[int], None]) -> Iterator[bytes]:
    """The pieces as they come; once all were taken, they stand in the file, and note is taken of its size."""
    try:
        for piece in pieces:
            copy.add(piece)
            yield piece
        if copy.finish():
            note(copy.size)
    finally:
        copy.give_up()


class _Copy:
    """A file that is there whole or not at all. Whoever downloads is never told that the disk is full.

    ``asked_at`` is when a reader asked for what is made anew, and None for the reader himself.
    """

    def __init__(self, place: Path, said: bytes, asked_at: float | None = None) -> None:
        self._place, self._begun, self._asked_at = place, said, asked_at
        self._began = time.time()
        self._file: IO[bytes] | None = None
        self._name = place
        self.size, self._off = 0, False

    def add(self, piece: bytes) -> None:
        """Write one piece more; little is held until it is known to be worth a file."""
        if self._off:
            return
        self.size += len(piece)
        if self.size > settings.DOWNLOADS_KEPT:
            self.give_up()
            return
        with self._forgiving():
            if self._file is not None:
                self._file.write(piece)
                return
            self._begun += piece
            if self.size >= LEAST:
                self._place.parent.mkdir(parents=True, exist_ok=True)
                prefix = UNFINISHED if self._asked_at is None else MADE_ANEW
                number, name = tempfile.mkstemp(dir=self._place.parent, prefix=prefix)
                self._file, self._name = os.fdopen(number, "wb"), Path(name)
                self._file.write(self._begun)
                self._begun = b""

    def finish(self) -> bool:
        """Give the file its name, and make room for it; whether there is one."""
        if self._file is None:
            return False
        with self._forgiving():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            if self._asked_at is not None:
                os.utime(self._name, (self._asked_at, self._asked_at))
            self._name.replace(self._place)
            self._file, self._off = None, True
            make_room(self._place.parent, self._began)
            return True
        return False

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
            if self._asked_at is not None:
                raise


def make_room(folder: Path, began: float) -> None:
    """Take away what was kept of earlier states, what nobody finished, and of this state what is asked for least.

    Where something was put in since ``began``, the moment at which this state was asked in, may be a later one.
    """
    for changed, _size, other in _newest_first(folder.parent):
        if changed < began and other.is_dir() and other not in (folder, folder.with_name(asked.FOLDER)):
            shutil.rmtree(other, ignore_errors=True)
    taken, now = 0, time.time()
    for changed, size, one in _newest_first(folder):
        taken += size
        unfinished = one.name.startswith(UNFINISHED)
        if taken > settings.DOWNLOADS_KEPT if not unfinished else now - changed > GIVEN_UP:
            one.unlink(missing_ok=True)


def _newest_first(folder: Path) -> list[tuple[float, int, Path]]:
    """What lies in a folder, with when it was changed and how large it is; others may take it away meanwhile."""
    found = []
    for one in folder.iterdir():
        with suppress(FileNotFoundError):
            told = one.stat()
            found.append((told.st_mtime, told.st_size, one))
    return sorted(found, reverse=True)
