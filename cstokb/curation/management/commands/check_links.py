"""Ask whether the addresses of sources still answer."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections import Counter
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cstokb import __version__
from cstokb.curation.links.check import check, due, in_turn
from cstokb.curation.links.guard import Guard
from cstokb.curation.links.web import Web
from cstokb.records.models import LinkCheck


class Command(BaseCommand):
    """Asks every address that is due, keeps each answer at once, and prints what no longer answers.

    It may be stopped at any moment: the next run goes on with what was not asked.
    """

    help = "Ask the addresses of sources politely whether they still answer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often, how many, and how patiently."""
        parser.add_argument("--days", type=int, default=30, help="ask again after so many days (30)")
        parser.add_argument("--all", action="store_true", help="ask all, whenever they were asked")
        parser.add_argument("--most", type=int, default=0, help="ask at most so many")
        parser.add_argument(
            "--pause", type=float, default=2.0, help="seconds between two questions to a host (2)"
        )
        parser.add_argument("--seconds", type=float, default=20.0, help="how long one answer may take (20)")
        parser.add_argument(
            "--archive", action="store_true", help="ask archive.org for copies of what no longer answers"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["days"] < 0 or options["pause"] < 0 or options["seconds"] <= 0 or options["most"] < 0:
            raise CommandError("Days, pause, seconds and most are not negative.")
        web = Web(
            agent=agent(),
            guard=Guard(),
            pause=options["pause"],
            seconds=options["seconds"],
            wait=time.sleep,
            clock=time.monotonic,
        )
        self.run(web, options)

    def run(self, web: Web, options: dict[str, Any]) -> None:
        """Ask what is due; told apart from the options so that a test can hand in a way of its own."""
        every = timedelta(days=options["days"])
        waiting = due(at=timezone.now(), every=every, again=options["all"])
        waiting = waiting[: options["most"] or None]
        found: Counter[str] = Counter()
        for source in in_turn(waiting):
            kept = check(source, web, at=timezone.now(), archive=options["archive"])
            found[kept.state] += 1
            if kept.has_rotted or kept.moved_to:
                self.stdout.write(_line(source.public_id, kept))
        told = ", ".join(f"{count} {state}" for state, count in sorted(found.items()))
        self.stdout.write(f"{sum(found.values())} addresses asked{': ' if told else ''}{told}.")


def _line(public_id: str, kept: LinkCheck) -> str:
    why = kept.moved_to or kept.said or (f"status {kept.status}" if kept.status else "")
    return f"{kept.state}: source {public_id} {kept.url}: {why}"


def agent() -> str:
    """Who asks, with a place where a host can complain."""
    contact = f"; {settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else ""
    return f"CSTO-Knowledge-Base/{__version__} (+{settings.SITE_URL}{contact})"
