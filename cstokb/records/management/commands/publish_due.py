"""Apply what was approved for a moment that has come."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from cstokb.records.models import Revision
from cstokb.records.schedule import apply_due


class Command(BaseCommand):
    """Applies scheduled proposals, each in a transaction of its own; to be run every few minutes, as often as liked."""

    help = "Publish what was scheduled for a moment that has come."

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            run = apply_due(at=timezone.now())
        for revision in run.applied:
            self.stdout.write(f"applied: {_named(revision)}")
        for revision, why in run.failed:
            self.stderr.write(f"back to the reviewers: {_named(revision)}: {why}")


def _named(revision: Revision) -> str:
    return f"proposal {revision.pk}, {revision.entry.kind} {revision.entry.slug}"
