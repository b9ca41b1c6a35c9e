"""Check the laws of the model over everything that stands."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cstokb.curation.checks import RULES, broken_laws, doubts


class Command(BaseCommand):
    """Prints what waits to be weighed, and every broken law with its record and reason; exits 1 when there is one."""

    help = "Check every law of the model and print what breaks one."

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.now().date()
        for doubt in doubts(today):
            self.stdout.write(f"to weigh: {doubt}")
        found = list(broken_laws(today))
        for broken in found:
            self.stdout.write(str(broken))
        if found:
            raise CommandError(f"{len(found)} records break a law of the model.")
        self.stdout.write(f"{len(RULES)} laws checked; no record breaks one.")
