"""``manage.py benchmark``: how quick the product is, measured beside other ways to do the same."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from cstokb.operations.benchmark.loading import MOST_INVENTED, load
from cstokb.operations.benchmark.measuring import measure
from cstokb.operations.benchmark.places import FOLDER, Place
from cstokb.operations.benchmark.report import page

PAGE = Path(settings.BASE_DIR, "docs", "performance.md")
SIZES = (1_000, 10_000, 100_000)


class Command(BaseCommand):
    help = (
        "Measures search, lists, pages and exports over invented corpora, beside other ways to do the same."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many documents")
        parser.add_argument("--anew", action="store_true", help="make the corpora anew")
        parser.add_argument(
            "--build", action="store_true", help="only make the corpora that are not there yet"
        )
        parser.add_argument(
            "--searches", action="store_true", help="leave out exports, inserts and rebuilding the index"
        )
        parser.add_argument(
            "--no-rebuild",
            action="store_true",
            help="leave out rebuilding the index, which takes most of an hour where there are 100,000 documents",
        )
        parser.add_argument(
            "--to", type=Path, default=PAGE, help="the page to write (default: docs/performance.md)"
        )
        for own in ("--load", "--measure"):
            parser.add_argument(own, type=int, help="in the database of a corpus; used by the command itself")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["load"]:
            load(options["load"], self.stdout.write)
            return
        if options["measure"]:
            whole, rebuilding = not options["searches"], not options["no_rebuild"]
            self.measure(Place(options["measure"]), whole=whole, rebuilding=rebuilding)
            return
        FOLDER.mkdir(exist_ok=True)
        for size in options["sizes"]:
            place = Place(size)
            self.prepare(place, anew=options["anew"])
            place.run("migrate", "-v0")
            # Requests are counted there; without it each would find that nobody can count.
            place.run("createcachetable", "-v0", "--database", place.cache)
            if not options["build"]:
                some = [f"--{name}" for name in ("searches", "no-rebuild") if options[name.replace("-", "_")]]
                place.run("benchmark", "--measure", str(size), *some)
                self.write(options["to"])

    def write(self, target: Path) -> None:
        """Write the page, with all that was ever measured here and is still kept."""
        every = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]
        target.write_text(page(every), encoding="utf-8")
        self.stdout.write(f"{target.name}: {len(every)} measurements.")

    def prepare(self, place: Place, *, anew: bool) -> None:
        """Make the corpus of a size where it is not there yet."""
        if place.mark.exists() and not anew:
            return
        basis = Place(MOST_INVENTED if place.size > MOST_INVENTED else 0)
        if basis.size:
            self.prepare(basis, anew=False)
        elif not basis.mark.exists():
            basis.copy(None)
            basis.run("migrate", "-v0")
            basis.run("load_data", "-v0")
            basis.mark.touch()
        self.stdout.write(f"{place.size:,} documents are written and indexed.")
        place.copy(basis)
        place.run("benchmark", "--load", str(place.size))
        place.mark.touch()

    def measure(self, place: Place, *, whole: bool, rebuilding: bool) -> None:
        """Measure here, and keep the figures."""
        figures = measure(place, self.stdout.write, whole=whole, rebuilding=rebuilding)
        place.figures.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")
