"""Downloads that readers asked for under earlier states are made anew, so that the next reader is sent a file.

Each is asked for as its readers asked, through the server's own door and by nobody: what is kept is to the letter what
an anonymous reader would be sent, from an address that is still allowed, and no limit counts it.
"""

from __future__ import annotations

import fcntl
import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest, get_script_name
from django.http import QueryDict
from django.urls import set_script_prefix

from cstokb.listing import asked, downloads
from cstokb.listing.ask import Ask
from cstokb.listing.asked import Anew, Noted
from cstokb.listing.etag import state_of

log = logging.getLogger(__name__)

#: Says for which state everything is made, and which question is being asked; one at a time holds it.
PROGRESS = "progress"


def make_anew(now: datetime, seconds: float) -> int | None:
    """Make what readers asked for, for at most so many seconds and one download; how many were made.

    None where the rest is left to the next run or somebody else is at it; 0 where there is nothing to do, which one
    query and one file tell.
    """
    end = time.monotonic() + seconds
    state = state_of(Ask.about(QueryDict(), now=now))
    if not settings.DOWNLOADS_KEPT or not state:
        return 0
    try:
        with _claimed() as progress:
            if progress is None:
                return None
            return 0 if progress.state == state else _Run(progress, now, end).make(state)
    except OSError as error:
        log.warning("Downloads are not made anew: %s", error)
        return None


class _Run:
    """One pass over what is noted."""

    def __init__(self, progress: _Progress, now: datetime, end: float) -> None:
        self._progress, self._now, self._end = progress, now, end
        self._door = WSGIHandler()
        self._made = self._size = 0

    def make(self, state: str) -> int | None:
        """Make everything, until the time has come. Raises OSError where the disk refuses it."""
        began = time.time()
        self._tidy()
        for noted in asked.standing(self._now.date()):
            if time.monotonic() >= self._end or not self._one(noted):
                return None
        folder = downloads.folder_of(state)
        folder.mkdir(exist_ok=True)
        downloads.make_room(folder, began)
        self._progress.tell(state=state)
        return self._made

    def _tidy(self) -> None:
        """Take away what nobody asks for any more, and what a run left that was killed.

        What that was making is not made again: it might kill each run. A reader who asks for it is noted as ever.
        """
        if self._progress.making:
            asked.forget(self._progress.making)
        for half in Path(settings.DOWNLOADS_DIR).glob(f"*/{downloads.MADE_ANEW}*"):
            half.unlink(missing_ok=True)
        asked.forget_old(self._now.date())

    def _one(self, noted: Noted) -> bool:
        """Make one, or forget what can no longer be made; False where that is for now alone."""
        if self._size + noted.size > settings.DOWNLOADS_KEPT:
            return True
        name, anew = noted.question.name, Anew(noted.at)
        self._progress.tell(making=name)
        try:
            status = self._ask(noted, anew)
        except OSError:
            raise
        except Exception:
            log.exception("A download breaks off and is not made anew: %s", noted.question.path)
            status = HTTPStatus.INTERNAL_SERVER_ERROR
        finally:
            self._progress.tell()
        if not anew.size and status != HTTPStatus.SERVICE_UNAVAILABLE:
            asked.forget(name)
        self._size += anew.size
        return status != HTTPStatus.SERVICE_UNAVAILABLE

    def _ask(self, noted: Noted, anew: Anew) -> int:
        """The status of the answer, which was taken whole."""
        environ = anew.environ(noted.question)
        set_script_prefix(get_script_name(environ))
        response = self._door.get_response(WSGIRequest(environ))
        stood = anew.size
        for _piece in response:
            pass
        self._made += anew.size > stood
        return int(response.status_code)


class _Progress:
    """The file that says how far the work is. Without a word both are empty."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        try:
            told = json.load(file)
            self.state, self.making = str(told["state"]), str(told["making"])
        except (ValueError, KeyError, TypeError):
            self.state = self.making = ""

    def tell(self, state: str = "", making: str = "") -> None:
        """Say for which state everything is made, or what is being made."""
        self._file.truncate(0)
        self._file.write(json.dumps({"state": state, "making": making}).encode())


@contextmanager
def _claimed() -> Iterator[_Progress | None]:
    """The progress, which nobody else has at the same time; None where somebody has."""
    folder = Path(settings.DOWNLOADS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / PROGRESS).open("a+b", buffering=0) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        file.seek(0)
        yield _Progress(file)
