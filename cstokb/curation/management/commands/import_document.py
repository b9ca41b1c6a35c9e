"""The command that recognises what a document says, and writes it as drafts."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cstokb.accounts.models import User
from cstokb.curation.documents.bringing import import_at_once
from cstokb.curation.documents.choices import SURE
from cstokb.curation.documents.confirm import RIGHTS, Confirmed
from cstokb.curation.documents.files import recognised_file
from cstokb.curation.documents.gazetteer import gazetteer_now
from cstokb.curation.documents.model import Finding, Recognised
from cstokb.curation.reading import DocumentRefused
from cstokb.records.publish import WriteRefused


class Command(BaseCommand):
    """Shows what is recognised in a document, as JSON or for people, and writes it unless it is a dry run."""

    help = (
        "Recognise what a document (HTML, DOCX, PDF, text) says of the records of the knowledge base, and write its "
        "source and a report of its quotations as drafts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--encoding", default="", help="where it is not found by itself")
        parser.add_argument(
            "--language", default="", help="an ISO 639-1 code, where it is not found by itself"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="show what was recognised and write nothing"
        )
        parser.add_argument("--by", default="", help="the e-mail address of the account that imports")
        parser.add_argument(
            "--threshold", type=float, default=SURE, help="how sure a finding has to be, from 0 to 1"
        )
        parser.add_argument("--format", default="text", choices=("text", "json"))

    def handle(self, *args: Any, **options: Any) -> None:
        by = None if options["dry_run"] else self._account(options["by"])
        found = self._found(options)
        written = self._written(found, options, by) if by else None
        if options["format"] == "json":
            values = found.as_json() | ({"written": written.as_json()} if written else {})
            self.stdout.write(json.dumps(values, ensure_ascii=False, indent=2))
        else:
            self._say(found)
            self._say_written(written)

    def _account(self, email: str) -> User:
        account = User.objects.filter(email=email.strip().lower(), is_active=True).first() if email else None
        if account is None:
            raise CommandError("Say --dry-run, or --by with the e-mail address of an active account.")
        if not account.has_perms(RIGHTS):
            raise CommandError("This account may not import documents.")
        return account

    def _written(self, found: Recognised, options: dict[str, Any], by: User) -> Confirmed:
        path: Path = options["file"]
        try:
            return import_at_once(
                found,
                path.read_bytes(),
                name=path.name,
                threshold=options["threshold"],
                at=timezone.now(),
                by=by,
            )
        except WriteRefused as error:
            raise CommandError(str(error)) from error

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

    def _say_written(self, written: Confirmed | None) -> None:
        if written is None:
            self.stdout.write("Nothing was written.")
            return
        made = [f"source {written.source}", f"statement {written.statement}" if written.statement else ""]
        said = f"Drafts: {', '.join(filter(None, made))}, passages: {written.passages}."
        self.stdout.write(said)


def _line(one: Finding) -> str:
    words = " ".join(one.text.split())
    meant = one.record or "?"
    return f"{one.start}–{one.end} {one.kind.value} {meant} {one.score:.2f}: {words}"
