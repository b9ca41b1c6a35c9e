"""What a curator brought and has not decided on: documents and tables."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstokb.curation.desk.items import Asker, Item, Shelf, of_rows
from cstokb.curation.models import UNFINISHED, Kind, State, Upload
from cstokb.records.said import day_said

PAGES = {Kind.DOCUMENT: "curation:document", Kind.TABLE: "curation:table"}


def _uploads(asker: Asker) -> QuerySet[Upload]:
    waiting = Q(state=State.WAITING, expires_at__gt=asker.at)
    mine: QuerySet[Upload] = Upload.objects.filter(waiting | Q(state__in=UNFINISHED), owner=asker.user)
    return mine.select_related("file").defer("file__content").order_by("expires_at", "pk")


def _upload(row: Upload) -> Item:
    day = day_said(row.expires_at.date(), within=True)
    said = _("It waits for you to confirm or refuse it, until %(day)s.") % {"day": day}
    if row.is_unfinished:
        said = _("It is being written or undone. When that was cut off, go on or take it back.")
    return Item(str(row), str(row.get_kind_display()), said, reverse(PAGES[Kind(row.kind)], args=[row.pk]))


SHELVES: tuple[Shelf, ...] = (
    of_rows(
        "imports",
        gettext_lazy("Imports"),
        gettext_lazy(
            "Documents and tables that you brought and have not decided on, or whose writing is not finished."
        ),
        _uploads,
        _upload,
    ),
)
