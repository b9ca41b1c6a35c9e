"""``manage.py restore``: put a backup back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cstokb.operations import backups
from cstokb.operations.archive import DamagedBackupError


class Command(BaseCommand):
    help = "Replaces everything in the database by a backup, in one step; a damaged file changes nothing."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the backup to restore")
        parser.add_argument("--check", action="store_true", help="only prove that the file could be restored")
        parser.add_argument("--yes", action="store_true", help="do not ask whether to replace what is there")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if not options["check"] and not options["yes"] and not self.confirmed(file):
            raise CommandError("Nothing was changed.")
        act = backups.check if options["check"] else backups.restore
        try:
            manifest = act(file)
        except DamagedBackupError as error:
            raise CommandError(str(error)) from error
        done = "sound" if options["check"] else "restored; run migrate if this release is newer"
        self.stdout.write(f"{file} of {manifest.made_at}, release {manifest.release}: {done}.")

    def confirmed(self, file: Path) -> bool:
        """Ask the person at the terminal; without one the answer is no."""
        try:
            answer = input(f"Replace everything in the database by {file}? [yes/no] ")
        except EOFError:
            return False
        return answer.strip().lower() == "yes"
