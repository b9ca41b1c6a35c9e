"""``manage.py keep_answers``: have the answers to the commonest questions ready."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone, translation

from cstokb.search.ready import SECONDS, refresh


class Command(BaseCommand):
    """To be run every minute, as often as liked; where nothing was published it asks two queries."""

    help = (
        "Keeps the answers to the commonest words of the search ready. What is not ready is found as always, only"
        " later; what was published since is never passed over."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seconds",
            type=float,
            default=SECONDS,
            help="after how long the rest is left to the next run (%(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            number = refresh(timezone.now(), options["seconds"])
        if number is None:
            self.stdout.write("Answers: the rest is left to the next run.")
        elif number:
            self.stdout.write(f"Answers: {number} are kept ready.")
