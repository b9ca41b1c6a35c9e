"""``manage.py clear_uploads``: let go of uploads that nobody confirmed in time."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cstokb.curation.models import Upload


class Command(BaseCommand):
    help = "Deletes uploads that waited for too long, with their files; what was confirmed is kept."

    def handle(self, *args: Any, **options: Any) -> None:
        gone = Upload.objects.all().clear(at=timezone.now())
        self.stdout.write(f"Uploads deleted: {gone}.")
