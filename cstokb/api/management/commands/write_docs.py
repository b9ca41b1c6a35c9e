"""Write the documents that are made from the code."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cstokb.api.written import documents


class Command(BaseCommand):
    """Writes docs/api.md and docs/data-model.md."""

    help = "Write docs/api.md and docs/data-model.md from the lists and models as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, text in documents().items():
            (settings.BASE_DIR / "docs" / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"docs/{name}: written")
