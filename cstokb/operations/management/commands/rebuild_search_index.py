"""``manage.py rebuild_search_index``: make the search index anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cstokb.fulltext import engine
from cstokb.fulltext.models import IndexedRecord, Rebuild
from cstokb.records.indexing import followers, searchable_ids
from cstokb.records.rebuilding import DOCUMENTS, RebuildRunning, rebuild, tidy
from cstokb.search.ready import SECONDS, refresh

RUNNING = "The search index is being made anew by another process already; wait for it, or stop it first."


class Command(BaseCommand):
    help = (
        "Makes the search index anew beside the one that serves, and puts it in its place when it is done. Readers go"
        " on searching and editors go on writing; stopped half way, it leaves the earlier index as it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="only when records are missing in it or too many"
        )
        parser.add_argument(
            "--alone",
            action="store_true",
            help="not what texts cite and repeat, which take the longest where there are many; they stay as they are",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if not options["if_needed"] or not is_complete():
                self.report(alone=options["alone"])
            elif Rebuild.objects.exists():
                tidy()
        except RebuildRunning:
            if not options["if_needed"]:
                raise CommandError(RUNNING) from None
            self.stdout.write(RUNNING)

    def report(self, *, alone: bool) -> None:
        """Rebuild, and say after each batch how far it is; then keep answers, of which a new index has none."""
        done = 0
        for step in rebuild(timezone.now(), alone=alone):
            done = step.done if step.what is DOCUMENTS else 0
            if step.done < step.total:
                said = "" if done else f"{step.what}: "
                self.stdout.write(f"  {said}{step.done:,} of {step.total:,}")
                self.stdout.flush()
        self.stdout.write(f"Search index: {done:,} records.")
        refresh(timezone.now(), SECONDS)


def is_complete() -> bool:
    """Whether the index can be asked, holds every public record and no other, and what follows the records was made."""
    if not (engine.is_readable() and engine.is_whole() and all(one.is_complete() for one in followers())):
        return False
    return set(searchable_ids()) == set(IndexedRecord.objects.values_list("pk", flat=True))
