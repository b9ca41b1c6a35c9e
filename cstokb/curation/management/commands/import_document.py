"""The command that recognises what a document says."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cstokb.curation.documents.files import recognised_file
from cstokb.curation.documents.gazetteer import gazetteer_now
from cstokb.curation.documents.model import Finding, Recognised
from cstokb.curation.reading import DocumentRefused


class Command(BaseCommand):
    """Shows what is recognised in a document, as JSON or for people."""

    help = "Recognise what a document (HTML, DOCX, PDF, text) says of the records of the knowledge base."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--encoding", default="", help="where it is not found by itself")
        parser.add_argument(
            "--language", default="", help="an ISO 639-1 code, where it is not found by itself"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="show what was recognised and write nothing"
        )
        parser.add_argument("--format", default="text", choices=("text", "json"))

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dry_run"]:
            raise CommandError("Say --dry-run: a document is confirmed on the page of the admin.")
        found = self._found(options)
        if options["format"] == "json":
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        else:
            self._say(found)

    def _found(self, options: dict[str, Any]) -> Recognised:
        path: Path = options["file"]
        try:
            return recognised_file(
                path, gazetteer_now(), encoding=options["encoding"], language=options["language"]
            )
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror or error}") from error
        except DocumentRefused as error:
            raise CommandError(str(error)) from error

    def _say(self, found: Recognised) -> None:
        source = found.source
        said = [source.format, source.encoding, found.language, source.published]
        self.stdout.write(f"{source.title or 'no title found'} ({', '.join(filter(None, said))})")
        for one in found.findings:
            self.stdout.write(f"  {_line(one)}")
        for quotation in found.quotations:
            who = quotation.speaker or quotation.document or "speaker not known"
            self.stdout.write(f"  quotation, {who}: {quotation.text}")
        for one in found.not_recognised:
            near = ", ".join(f"{each.record} {each.score:.2f}" for each in one.candidates)
            self.stdout.write(f"  not recognised: {one.text}{f' (nearest: {near})' if near else ''}")
        for warning in found.warnings:
            self.stdout.write(f"! {warning.text}")
        self.stdout.write("Nothing was written.")


def _line(one: Finding) -> str:
    words = " ".join(one.text.split())
    meant = one.record or "?"
    return f"{one.start}–{one.end} {one.kind.value} {meant} {one.score:.2f}: {words}"
