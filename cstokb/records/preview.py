"""Preview: the public page of a record as it would be, made while its change is rehearsed and never kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.handlers.wsgi import WSGIRequest
from django.db.models import ForeignKey
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cstokb.records.choices import Publication
from cstokb.records.decisions import change_to
from cstokb.records.models import Record
from cstokb.records.payload import stored, target
from cstokb.records.publish import Change, WriteRefused
from cstokb.records.rehearsal import rehearsed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from cstokb.records.models import Entry, Revision

#: What a reader who is not signed in does not send.
PRIVATE = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")


def would_be(entry: Entry, revision: Revision | None = None) -> list[Change]:
    """The changes after which readers would see a record: of a draft its publication, and that of its draft parents.

    Raises:
        WriteRefused: when the proposal names what does not exist.
    """
    change = Change(stored(entry), entry.slug) if revision is None else change_to(revision, entry.version)
    if change.publication is None and entry.publication == Publication.DRAFT:
        change.publication, change.why = Publication.PUBLISHED, ""
    parents = {parent.pk: parent for parent in _draft_parents(change.record)}
    return [Change(one, one.public_id, Publication.PUBLISHED, "") for one in parents.values()] + [change]


def _draft_parents(record: Record) -> Iterator[Record]:
    for name in record.published_through:
        parent: Record | None = getattr(record, name)
        if parent is not None:
            yield from _draft_parents(parent)
            if parent.entry.publication == Publication.DRAFT:
                yield parent


def public_page(
    request: HttpRequest, changes: Sequence[Change], banner: Mapping[str, Any], *, at: datetime
) -> HttpResponse:
    """The page on which readers would meet the last of the changed records, with a banner, kept by nobody.

    Raises:
        WriteRefused: when the changes break a law of the model, or no page shows the record.
    """
    with rehearsed(changes, at=at):
        record = stored(changes[-1].record.entry)
        path = _page_of(record, set())
        if not path:
            raise WriteRefused(_("No page of its own, nor of what it belongs to, shows this record."))
        made = _answer(request, path, banner)
    answer = HttpResponse(made.content, content_type=made["Content-Type"])
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _page_of(record: Record, seen: set[int]) -> str:
    """The address of the record's page, else of the page of what it belongs to; empty where there is none."""
    if record.entry.path or record.pk in seen:
        return record.entry.path.partition("#")[0]
    seen.add(record.pk)
    fields = [f.name for f in type(record)._meta.concrete_fields if isinstance(f, ForeignKey) and target(f)]
    for name in dict.fromkeys((*record.published_through, *fields)):
        parent: Record | None = getattr(record, name)
        path = _page_of(parent, seen) if parent is not None else ""
        if path:
            return path
    return ""


def _answer(request: HttpRequest, path: str, banner: Mapping[str, Any]) -> HttpResponse:
    """What the site answers to a reader who asks for an English address in the language of the request."""
    language = (get_language() or "en").partition("-")[0]
    local = path if language == "en" else f"/{language}{path}"
    environ = {name: value for name, value in request.META.items() if name not in PRIVATE}
    asked = WSGIRequest(environ | {"REQUEST_METHOD": "GET", "PATH_INFO": local, "QUERY_STRING": ""})
    asked.preview = banner  # type: ignore[attr-defined]  # read by base.html
    found = resolve(local)
    answer: HttpResponse = found.func(asked, *found.args, **found.kwargs)
    return answer
