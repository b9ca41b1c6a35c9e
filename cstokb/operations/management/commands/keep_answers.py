"""``manage.py keep_answers``: have the answers to the commonest questions ready, and the lists that are downloaded."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone, translation

from cstokb.listing.remaking import make_anew
from cstokb.search.ready import SECONDS, refresh


class Command(BaseCommand):
    """To be run every minute, as often as liked; where nothing was published it asks three queries."""

    help = (
        "Keeps ready the answers to the commonest words of the search, and then the whole lists that readers have"
        " downloaded in the last days. What is not ready is made as always, only later; what was published since is"
        " never passed over."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seconds",
            type=float,
            default=SECONDS,
            help="after how long the rest is left to the next run (%(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        end = time.monotonic() + options["seconds"]
        with translation.override("en"):
            number = refresh(timezone.now(), options["seconds"])
            self.say("Answers", number)
            if number is not None:
                self.say("Lists", make_anew(timezone.now(), end - time.monotonic()))

    def say(self, what: str, number: int | None) -> None:
        """What came of it; of nothing that was to do nothing."""
        if number is None:
            self.stdout.write(f"{what}: the rest is left to the next run.")
        elif number:
            self.stdout.write(f"{what}: {number} are kept ready.")
