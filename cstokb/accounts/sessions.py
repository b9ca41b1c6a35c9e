"""The sessions of a person: in which browsers somebody is signed in, and how they are ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import QuerySet

from cstokb.accounts.models import User

#: So long a session counts as seen just now: at most one is written in that time.
SEEN_AGAIN = timedelta(minutes=5)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
#: In this order, since most browsers also name those that they descend from.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("YaBrowser", "Yandex Browser"),
    ("Vivaldi", "Vivaldi"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Safari/", "Safari"),
)


def browser(user_agent: str) -> str:
    """Browser and system in words, such as "Firefox, Windows"; else the beginning of what was sent."""
    found = [next((name for sign, name in signs if sign in user_agent), "") for signs in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in found if name) or user_agent[:60].strip()


def open_sessions(user: User) -> list[UserSession]:
    """The sessions of a person that are still open, the last seen first; what has ended is forgotten."""
    standing: list[UserSession] = UserSession.objects.purge_and_list(user)
    return sorted(standing, key=lambda session: (session.last_seen_at, session.pk), reverse=True)


def note_seen(key: str, *, at: datetime) -> None:
    """Note that somebody was there in a session, unless that was noted within the last five minutes.

    One question by the key; the row is asked for again while it is written, so that of processes at once one writes.
    """
    stale = UserSession.objects.filter(session_key=key, last_seen_at__lt=at - SEEN_AGAIN)
    if stale.exists():
        stale.update(last_seen_at=at)


def end(sessions: Iterable[UserSession]) -> int:
    """End sessions: whoever sits there has to sign in again. Says how many ended."""
    with transaction.atomic():
        standing = list(sessions)
        for session in standing:
            session.end()
    return len(standing)


def end_all(user: User) -> int:
    """End every session of a person."""
    return end(of(user))


def of(user: User) -> QuerySet[UserSession]:
    """What is kept of a person's sessions."""
    kept: QuerySet[UserSession] = UserSession.objects.filter(user=user)
    return kept
