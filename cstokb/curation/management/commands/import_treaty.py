"""The command that imports the text of an instrument from files."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cstokb.accounts.models import User
from cstokb.curation.importing.carry import Report, carry_out
from cstokb.curation.importing.origins import Origin, checksum_of, title_of
from cstokb.curation.importing.plan import Plan, Terms, plan
from cstokb.curation.outline import parse
from cstokb.curation.reading import Document, DocumentRefused, joined, read
from cstokb.dates import HistoricDate, InvalidDate
from cstokb.records.choices import Language, SourceType
from cstokb.records.publish import WriteRefused
from treaty.choices import TextStanding
from treaty.models import Instrument


class Command(BaseCommand):
    """Imports the text of an instrument as drafts and proposals, as the curators' page does."""

    help = "Import the text of an instrument from files (HTML, DOCX, PDF, text) as drafts and proposals."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, help="pages of one text, in their order")
        parser.add_argument("--instrument", required=True, help="id of the instrument, such as cst")
        parser.add_argument("--language", required=True, choices=Language.values)
        parser.add_argument("--standing", default=TextStanding.AUTHENTIC, choices=TextStanding.values)
        parser.add_argument("--began-on", default="", help="first day of the wording, such as 1994-04-20")
        parser.add_argument("--ended-on", default="", help="last day of the wording")
        parser.add_argument("--made-by", default="", help="id of the amending instrument")
        parser.add_argument("--source", default="", help="id of a source that stands")
        parser.add_argument("--url", default="", help="address of the page")
        parser.add_argument("--title", default="", help="title of the source")
        parser.add_argument("--publisher", default="")
        parser.add_argument("--source-type", default=SourceType.OFFICIAL, choices=SourceType.values)
        parser.add_argument("--encoding", default="", help="where it is not found by itself")
        parser.add_argument("--by", default="", help="address of the account that imports")
        parser.add_argument("--dry-run", action="store_true", help="show what would be done and do nothing")
        parser.add_argument("--format", default="text", choices=("text", "json"))

    def handle(self, *args: Any, **options: Any) -> None:
        contents = [self._content(path) for path in options["files"]]
        try:
            document = joined(
                [read(one, encoding=options["encoding"], language=options["language"]) for one in contents]
            )
            made = plan(parse(document), self._terms(options))
            origin = self._origin(options, document, contents)
            report = None if options["dry_run"] else self._carry_out(made, origin, options)
        except (DocumentRefused, InvalidDate, WriteRefused) as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        if options["format"] == "json":
            self._say_json(document, made, report)
        else:
            self._say(document, made, report)

    def _content(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error

    def _terms(self, options: dict[str, Any]) -> Terms:
        began, ended = (
            HistoricDate.parse(options[name]) if options[name] else None for name in ("began_on", "ended_on")
        )
        return Terms(
            instrument=self._instrument(options["instrument"]),
            language=options["language"],
            standing=options["standing"],
            began_on=began,
            ended_on=ended,
            made_by=self._instrument(options["made_by"]) if options["made_by"] else None,
        )

    def _instrument(self, slug: str) -> Instrument:
        found: Instrument | None = Instrument.objects.select_related("entry").filter(entry__slug=slug).first()
        if found is None:
            raise CommandError(f"There is no instrument {slug}.")
        return found

    def _origin(self, options: dict[str, Any], document: Document, contents: list[bytes]) -> Origin:
        return Origin(
            source_id=options["source"],
            url=options["url"],
            title=options["title"],
            publisher=options["publisher"],
            type=options["source_type"],
            language=options["language"],
            file_name=", ".join(path.name for path in options["files"])[:300],
            checksum=checksum_of(contents),
            text_title=title_of(document),
            accessed_on=timezone.now().date().isoformat(),
        )

    def _carry_out(self, made: Plan, origin: Origin, options: dict[str, Any]) -> Report:
        by = None
        if options["by"]:
            by = User.objects.filter(email__iexact=options["by"]).first()
            if by is None:
                raise CommandError(f"There is no account {options['by']}.")
        chosen = {item.index for item in made.items if item.is_suggested}
        return carry_out(made, chosen, origin, at=timezone.now(), by=by)

    def _say_json(self, document: Document, made: Plan, report: Report | None) -> None:
        said = {
            "format": document.format,
            "encoding": document.encoding,
            "language": document.language,
            "outline": made.outline.as_json(),
            "items": [item.as_json() for item in made.items],
            "report": report.as_json() if report else None,
        }
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))

    def _say(self, document: Document, made: Plan, report: Report | None) -> None:
        read_as = f", {document.encoding}" if document.encoding else ""
        self.stdout.write(f"{made.outline.title or 'no title found'} ({document.format}{read_as})")
        for item in made.items:
            heading = f" {item.part.heading}" if item.part.heading else ""
            self.stdout.write(f"  {item.slug}{heading}: {item.state_name}")
            for said in (*item.remarks, *(one.sentence for one in item.warnings)):
                self.stdout.write(f"    ! {said}")
        for one in made.warnings:
            self.stdout.write(f"! {one.sentence}")
        if report is None:
            self.stdout.write("Nothing was written.")
        elif report.did_nothing:
            self.stdout.write("Nothing was changed: everything stands already or was proposed before.")
        else:
            self.stdout.write(
                f"Drafts: {len(report.provisions)} provisions and {len(report.wordings)} wordings new, "
                f"{len(report.changed)} changed; {len(report.proposed)} proposals."
            )
