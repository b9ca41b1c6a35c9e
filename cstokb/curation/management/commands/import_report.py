"""The command that measures how well documents are recognised."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cstokb.curation.documents.gazetteer import gazetteer_now
from cstokb.curation.documents.measure import BadExpectation, Measured
from cstokb.curation.documents.report import EXPECTED, Pair, Report, pairs_in, report
from cstokb.curation.reading import DocumentRefused


class Command(BaseCommand):
    """Measures what is recognised against what readers wrote down; ends with 1 below the aims."""

    help = "Measure how well documents are recognised, against the expectations written beside each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, help=f"folders, or documents with NAME{EXPECTED} beside them"
        )
        parser.add_argument(
            "--expected", type=Path, help="the expectations of the one document that is named"
        )
        parser.add_argument("--format", default="text", choices=("text", "json"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = report(self._pairs(options), gazetteer_now())
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}", returncode=2) from error
        except (DocumentRefused, BadExpectation) as error:
            raise CommandError(str(error), returncode=2) from error
        if not made.documents:
            raise CommandError(f"There is no document with NAME{EXPECTED} beside it.", returncode=2)
        if options["format"] == "json":
            self.stdout.write(json.dumps(made.as_json(), ensure_ascii=False, indent=2))
        else:
            self._say(made)
        if made.whole.below:
            sys.exit(1)

    def _pairs(self, options: dict[str, Any]) -> Iterator[Pair]:
        paths, expected = options["paths"], options["expected"]
        if expected is not None and (len(paths) != 1 or paths[0].is_dir()):
            raise CommandError("--expected goes with one document.", returncode=2)
        for path in paths:
            if path.is_dir():
                yield from pairs_in(path)
            else:
                yield Pair(path, expected or path.with_name(f"{path.stem}{EXPECTED}"))

    def _say(self, made: Report) -> None:
        for name, one in made.documents.items():
            self.stdout.write(name)
            for miss in one.misses:
                near = f"  [{miss.near}]" if miss.near else ""
                self.stdout.write(f"  {miss.kind} {miss.what}: {miss.words} {miss.record}{near}".rstrip())
        self.stdout.write("")
        for line in _table(made.whole):
            self.stdout.write(line)
        for said in made.whole.below:
            self.stdout.write(f"below the aim: {said}")


def _table(whole: Measured) -> Iterator[str]:
    yield f"{'':12} {'expected':>9} {'found':>7} {'right':>7} {'precision':>10} {'recall':>8}"
    for kind, one in whole.tallies.items():
        shares = f"{one.precision:>10.3f} {one.recall:>8.3f}"
        yield f"{kind:12} {one.expected:>9} {one.found:>7} {one.right:>7} {shares}"
