"""``manage.py backup``: write everything to one file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from cstokb.operations.backups import back_up


class Command(BaseCommand):
    help = "Writes a backup while the service runs, and reads it back to prove it whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, help="where to write (default: a new file in var/backups)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"] or default_file()
        manifest = back_up(target)
        self.stdout.write(
            f"{target}: {manifest.engine}, {manifest.size:,} bytes, {target.stat().st_size:,} packed, verified."
        )


def default_file() -> Path:
    """A name that sorts by time and is not taken."""
    folder: Path = settings.VAR_DIR / "backups"
    stem = timezone.now().strftime("%Y-%m-%dT%H%M%SZ")
    names = [f"{stem}.backup", *(f"{stem}-{number}.backup" for number in range(2, 100))]
    return next(folder / name for name in names if not (folder / name).exists())
