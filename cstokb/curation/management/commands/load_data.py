"""Load the starter data."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cstokb.curation.loader.files import LoadError, read_ledger
from cstokb.curation.loader.load import LoadReport, is_loaded, load
from cstokb.curation.loader.report import kinds_table, ledger_table, reasons


class Command(BaseCommand):
    """Loads data/ through the one writer; a second run changes nothing."""

    help = (
        "Load the starter data. With unchanged files this does nothing; -v 2 lists the reason of every draft."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.DATA_DIR, help="the folder of the data")
        parser.add_argument("--force", action="store_true", help="compare every record, changed files or not")

    def handle(self, *args: Any, folder: Path, force: bool, verbosity: int, **options: Any) -> None:
        if not force and is_loaded(folder):
            self.stdout.write("The starter data is loaded and unchanged.")
            return
        try:
            report = load(folder, at=timezone.now(), progress=self._progress(verbosity))
        except LoadError as error:
            raise CommandError(str(error)) from error
        self._account(report, folder, verbosity)

    def _progress(self, verbosity: int) -> Any:
        def say(kind: str, count: int) -> None:
            if verbosity >= 2 and count:
                self.stdout.write(f"  {kind}: {count}")

        return say

    def _account(self, report: LoadReport, folder: Path, verbosity: int) -> None:
        if not verbosity:
            return
        rows = read_ledger(folder)
        if verbosity >= 2:
            self._lines(reasons(rows))
        self._lines(ledger_table(rows))
        self.stdout.write("")
        self._lines(kinds_table(report))
        outcome = report.outcome
        self.stdout.write(
            f"{len(outcome.created)} created, {len(outcome.changed)} changed, "
            f"{len(outcome.unchanged)} unchanged; {report.queued} proposals queued for the curators."
        )
        for place in report.kept:
            self.stdout.write(f"left as an editor made it: {place}")

    def _lines(self, lines: Any) -> None:
        for line in lines:
            self.stdout.write(line)
