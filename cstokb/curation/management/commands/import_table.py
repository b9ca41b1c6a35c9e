"""The command that imports a table of records from a file."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cstokb.accounts.models import User
from cstokb.curation.models import Upload
from cstokb.curation.reading import DocumentRefused
from cstokb.curation.tables import batches
from cstokb.curation.tables.carry import Stopped
from cstokb.curation.tables.compare import plan
from cstokb.curation.tables.forms import may_import
from cstokb.curation.tables.layout import layout_of
from cstokb.curation.tables.plan import NAMES, Plan
from cstokb.curation.tables.reading import read_table
from cstokb.records.publish import WriteRefused
from cstokb.records.registry import load_order, model_of


class Command(BaseCommand):
    """Imports a table as the curators' page does: all or nothing, as a batch that can be undone there."""

    help = "Import a table of records (CSV, TSV, XLSX), as this account may; all rows or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "kind", choices=load_order(), metavar="KIND", help="such as state or treaty-action"
        )
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the account that imports")
        parser.add_argument("--dry-run", action="store_true", help="show what would be done and do nothing")
        parser.add_argument("--format", default="text", choices=("text", "json"))
        parser.add_argument("--encoding", default="", help="where it is not found by itself")
        parser.add_argument(
            "--delimiter", default="", help="where it is not found by itself; TAB for a tabulator"
        )
        parser.add_argument("--sheet", default="", help="of a workbook; empty for the first")
        parser.add_argument(
            "--leave-out", type=int, nargs="*", default=[], metavar="LINE", help="lines to pass over"
        )
        parser.add_argument("--reason", default="", help="for the history")
        parser.add_argument("--correction", action="store_true", help="what was published before was wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        by = self._account(options)
        data = self._content(options["file"])
        delimiter = "\t" if options["delimiter"] == "TAB" else options["delimiter"]
        reading = {"encoding": options["encoding"], "delimiter": delimiter, "sheet": options["sheet"]}
        try:
            made = plan(read_table(data, **reading), layout_of(options["kind"]), by=by)
        except DocumentRefused as error:
            raise CommandError(str(error)) from error
        if options["format"] == "text":
            self._say(made)
        result = None if options["dry_run"] else self._write(made, data, by, options, reading)
        if options["format"] == "json":
            said = {**made.as_json(), "result": result}
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
        elif result is None:
            self.stdout.write("Nothing was written.")

    def _account(self, options: dict[str, Any]) -> User:
        by = User.objects.filter(email__iexact=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(f"There is no account {options['by']}.")
        if not may_import(by, model_of(options["kind"])):
            raise CommandError(f"{by} may not import {options['kind']}.")
        return by

    def _content(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error

    def _write(
        self, made: Plan, data: bytes, by: User, options: dict[str, Any], reading: dict[str, str]
    ) -> dict[str, Any]:
        now = timezone.now()
        choices = {"kind": options["kind"], **reading}
        upload = batches.bring(by, data, name=options["file"].name, at=now, choices=choices)
        upload.note_found({"seen": made.seen()}, upload.choices)
        try:
            batches.confirm(
                upload,
                at=now,
                left_out=set(options["leave_out"]),
                reason=options["reason"],
                correction=options["correction"],
            )
        except WriteRefused as error:
            Upload.objects.filter(pk=upload.pk).discard()
            wrong = made if isinstance(error, Stopped) else None
            raise CommandError(self._why(error, wrong)) from error
        upload.rest()
        result: dict[str, Any] = upload.result
        return result

    def _why(self, error: WriteRefused, made: Plan | None) -> str:
        faults = [fault for line in made.lines for fault in line.faults] if made else []
        told = [
            f"line {one.line}{f', {one.column}' if one.column else ''}: {one.reason}" for one in faults[:20]
        ]
        return "\n".join([str(error), *told])

    def _say(self, made: Plan) -> None:
        grid = made.grid
        read_as = (
            f", {grid.encoding}, delimiter {grid.delimiter!r}" if grid.encoding else f", sheet {grid.sheet}"
        )
        counts = ", ".join(f"{count} {NAMES[state]()}" for state, count in made.told_states())
        self.stdout.write(f"{grid.format}{read_as}: {len(made.lines)} rows: {counts}")
        for one in made.binding.unread:
            self.stdout.write(f"  not read: {one.letter} {one.name}: {one.why}")
        for line in made.asking():
            proposal = " (proposal)" if line.writes and not line.at_once else ""
            self.stdout.write(f"  {line.number} {line.slug}: {NAMES[line.state]()}{proposal}")
            for fault in line.faults:
                self.stdout.write(f"    ! {fault.letter} {fault.column} {fault.value}: {fault.reason}")
