"""Which downloads readers ask for: their addresses and on which days, for as long as somebody asks; never who.

Each has a note of its own beside the folders of the states, so that the next state knows what to make anew. There are
so many notes at most, and what was asked for on the most days stays: who walks through every address once passes by.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, astuple, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.http import HttpRequest

#: The folder of the notes, among those of the states.
FOLDER = "asked"
#: So many downloads are noted.
MOST = 100
#: After so many days without a reader a download is not made anew.
DAYS = 30


@dataclass(frozen=True)
class Question:
    """What to ask to get a download again: whatever its validators rest on beside the state."""

    scheme: str
    host: str
    script: str
    path: str
    query: str
    media_type: str

    @classmethod
    def of(cls, request: HttpRequest, media_type: str) -> Question:
        """The question of a request that was answered with a media type."""
        said = (request.META.get(name, "") for name in ("SCRIPT_NAME", "QUERY_STRING"))
        script, query = map(str, said)
        bare = media_type.partition(";")[0]
        return cls(str(request.scheme), request.get_host(), script, request.path_info, query, bare)

    @property
    def name(self) -> str:
        """The name of its note."""
        return hashlib.sha256("\x1f".join(astuple(self)).encode()).hexdigest()[:32]

    def environ(self) -> dict[str, Any]:
        """The request of a reader who says nothing of himself, as a server hands it over."""
        environ: dict[str, Any] = {
            "SCRIPT_NAME": self.script,
            "PATH_INFO": self.path.encode().decode("latin-1"),
            "QUERY_STRING": self.query,
            "HTTP_HOST": self.host,
            "HTTP_ACCEPT": self.media_type,
            "wsgi.url_scheme": self.scheme,
        }
        setup_testing_defaults(environ)
        return environ


@dataclass
class Anew:
    """Marks a request as ours, which makes a download anew; a header cannot. ``size`` is that of the file, if any."""

    asked_at: float
    size: int = 0

    @staticmethod
    def within(request: HttpRequest) -> Anew | None:
        """That of a request; None for a reader's."""
        found: Anew | None = request.META.get(_ANEW)
        return found

    def environ(self, question: Question) -> dict[str, Any]:
        """The request that makes the download anew."""
        return {**question.environ(), _ANEW: self}

    def note(self, media_type: str, size: int) -> None:
        """Take note that the file is there."""
        self.size = size


_ANEW = "cstokb.anew"


@dataclass(frozen=True)
class Noted:
    """A question, how large its download was, on which of the last days it was asked, and when it was noted last."""

    question: Question
    size: int
    days: tuple[str, ...]
    at: float = 0.0

    def since(self, day: date) -> Noted:
        """The same without the days before."""
        return replace(self, days=tuple(one for one in self.days if one >= day.isoformat()))


def note(question: Question, size: int, today: date) -> None:
    """Note that a reader asked; once a day. Raises OSError where the disk refuses it."""
    place = _folder() / question.name
    noted = _read(place)
    if noted is not None and today.isoformat() in noted.days:
        return
    days = noted.since(_first(today)).days if noted else ()
    _write(place, Noted(question, size, (*days, today.isoformat())))
    if noted is None:
        for one in standing(today)[MOST:]:
            forget(one.question.name)


def standing(today: date) -> list[Noted]:
    """What readers ask for: first what they asked on the most days, and of equals what they asked last."""
    found = (_read(place) for place in _folder().glob("*") if not place.suffix)
    recent = (one.since(_first(today)) for one in found if one)
    return sorted((one for one in recent if one.days), key=lambda one: (len(one.days), one.at), reverse=True)


def forget(name: str) -> None:
    """Take a note away."""
    (_folder() / name).unlink(missing_ok=True)


def forget_old(today: date) -> None:
    """Take away the notes of what nobody asks for any more, and those that cannot be read."""
    kept = {one.question.name for one in standing(today)}
    for place in _folder().glob("*"):
        if place.stem not in kept:
            place.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DOWNLOADS_DIR, FOLDER)


def _first(today: date) -> date:
    """The first of the days that count."""
    return today - timedelta(days=DAYS - 1)


def _read(place: Path) -> Noted | None:
    """A note; None where there is none, or the machine stopped before it was on the disk."""
    try:
        told = json.loads(place.read_bytes())
        question = Question(**told.pop("question"))
        return Noted(question, told["size"], tuple(told["days"]), place.stat().st_mtime)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _write(place: Path, noted: Noted) -> None:
    told = {"question": asdict(noted.question), "size": noted.size, "days": noted.days}
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_suffix(".new")
    unfinished.write_text(json.dumps(told), encoding="ascii")
    unfinished.replace(place)
