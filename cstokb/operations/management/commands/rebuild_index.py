"""``manage.py rebuild_index``: make the search index anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from cstokb.fulltext import engine
from cstokb.fulltext.models import IndexedRecord
from cstokb.records.indexing import followers, rebuild, searchable_ids


class Command(BaseCommand):
    help = "Makes the search index anew in one transaction; readers search the earlier one until it is done."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="only when records are missing in it or too many"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_needed"] and is_complete():
            return
        with transaction.atomic():
            self.report()

    def report(self) -> None:
        """Rebuild, and say after each batch how far it is."""
        done = total = 0
        for done, total in rebuild():
            if done < total:
                self.stdout.write(f"  {done:,} of {total:,}")
        self.stdout.write(f"Search index: {done:,} records.")


def is_complete() -> bool:
    """Whether the index holds every public record and no other, and what follows the records was made."""
    if not (engine.is_whole() and all(one.is_complete() for one in followers())):
        return False
    return set(searchable_ids()) == set(IndexedRecord.objects.values_list("pk", flat=True))
