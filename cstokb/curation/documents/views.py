"""The pages of a document import: bring it, wait for it, review it, and see what came of it."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cstokb.accounts.models import User
from cstokb.curation import work
from cstokb.curation.documents.answers import Answers, answers
from cstokb.curation.documents.bringing import bring, read_upload
from cstokb.curation.documents.choices import Choices
from cstokb.curation.documents.confirm import RIGHTS, confirm, refuse
from cstokb.curation.documents.forms import BringForm, ReadingForm
from cstokb.curation.documents.kept import Outdated, opened
from cstokb.curation.documents.marked import marked
from cstokb.curation.documents.model import Recognised
from cstokb.curation.documents.screen import ONE, Screen, title_of
from cstokb.curation.documents.twice import standing
from cstokb.curation.frame import page, work_page
from cstokb.curation.models import Kind, State, StoredFile, Upload
from cstokb.records.admin.registered import edit_url
from cstokb.records.choices import SourceType
from cstokb.records.models import Entry, Source
from cstokb.records.publish import WriteRefused
from treaty.choices import TextStanding

_MOST_UPLOADS = 50
_STANDINGS = [one for one in TextStanding.choices if one[0] != TextStanding.RESTATEMENT]


def may_import(user: Any) -> bool:
    """Whether the person brings documents."""
    return bool(user.has_perms(RIGHTS))


def _user(request: HttpRequest) -> User:
    if not may_import(request.user):
        raise PermissionDenied
    return cast("User", request.user)


def import_document(request: HttpRequest) -> HttpResponse:
    """Bring a document, or go on with one that waits."""
    user = _user(request)
    if request.method != "POST":
        return _bring_page(request, BringForm())
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return _bring_page(request, form, status=413 if form.too_large else 200)
    data, name, encoding = form.brought()
    language = form.cleaned_data["language"]
    upload = bring(user, data, name=name, at=timezone.now(), encoding=encoding, language=language)
    work.start(upload, read_upload)
    return _to(upload)


def _bring_page(request: HttpRequest, form: BringForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    Upload.objects.all().clear(at=now)
    mine = Upload.objects.all().of(cast("User", request.user)).filter(kind=Kind.DOCUMENT)
    uploads = mine.defer("file__content", "found", "choices")[:_MOST_UPLOADS]
    rows = [(upload, upload.is_at_work(at=now)) for upload in uploads]
    context = {"title": _("Import a document"), "form": form, "uploads": rows}
    return page(request, "document_form", context, status)


def _to(upload: Upload, part: int = 1) -> HttpResponseRedirect:
    where = f"?part={part}" if part > 1 else ""
    return HttpResponseRedirect(reverse("curation:document", args=[upload.pk]) + where)


def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One upload: how far the work is, the review, or what came of it. Another person's is not found."""
    user = _user(request)
    mine = Upload.objects.all().of(user).filter(kind=Kind.DOCUMENT)
    upload = get_object_or_404(mine, pk=pk)
    if upload.is_at_work(at=timezone.now()):
        return work_page(request, upload, _("Work goes on"), _back())
    if upload.state != State.WAITING:
        return _result_page(request, upload)
    found = _found(upload)
    if request.method == "POST":
        return _act(request, upload, found, user)
    return _review_page(request, upload, found) if found else _unread_page(request, upload)


def _found(upload: Upload) -> Recognised | None:
    """What was found; None where the file was not read, or was by a release that kept it in another form."""
    try:
        return opened(upload.found) if upload.found else None
    except Outdated:
        return None


def _act(request: HttpRequest, upload: Upload, found: Recognised | None, user: User) -> HttpResponse:
    act = request.POST.get("act", "save")
    if act == "refuse":
        return _refuse(request, upload)
    if act == "read":
        return _read_again(request, upload)
    if found is None:
        return _to(upload)
    given = answers(found, Choices.from_json(upload.choices), request.POST)
    upload.note_choices(given.choices.as_json() | {"reading": upload.choices.get("reading", {})})
    if given.errors:
        return _review_page(request, upload, found, given)
    if act != "confirm":
        messages.success(request, _("Your choices are kept. They wait here until you confirm or refuse."))
        return _to(upload, _part(request.POST.get("next") or request.POST.get("part", "1")))
    work.start(upload, lambda row: _write(row, user))
    return _to(upload)


def _write(upload: Upload, user: User) -> None:
    now = timezone.now()
    upload.tell(_("Writing; all of it is written in one step, or nothing"), at=now)
    current = Upload.objects.get(pk=upload.pk)
    confirm(current, Choices.from_json(current.choices), at=now, by=user)


def _part(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _refuse(request: HttpRequest, upload: Upload) -> HttpResponse:
    try:
        refuse(upload)
    except WriteRefused as error:
        messages.error(request, str(error))
        return _to(upload)
    messages.success(request, _("The document was refused; nothing of it is kept."))
    return HttpResponseRedirect(reverse("curation:import_document"))


def _read_again(request: HttpRequest, upload: Upload) -> HttpResponse:
    form = ReadingForm(request.POST)
    if form.is_valid():
        upload.note_choices(upload.choices | {"reading": form.cleaned_data})
        work.start(upload, read_upload)
    return _to(upload)


def _back() -> tuple[str, str]:
    return reverse("curation:import_document"), _("Import a document")


def _unread_page(request: HttpRequest, upload: Upload) -> HttpResponse:
    context = {
        "title": _("The document was not read"),
        "upload": upload,
        "cut_off": upload.was_cut_off(at=timezone.now()),
        "reading": ReadingForm(initial=upload.choices.get("reading", {})),
    }
    return page(request, "document_unread", context)


def _review_page(
    request: HttpRequest, upload: Upload, found: Recognised, given: Answers | None = None
) -> HttpResponse:
    choices = given.choices if given else Choices.from_json(upload.choices)
    errors = given.errors if given else {}
    part = _part((request.POST if given else request.GET).get("part", "1"))
    screen = Screen(found, choices, errors, part)
    context = {
        "title": _("Review: %(name)s") % {"name": found.source.title or upload.name},
        "upload": upload,
        "found": found,
        "choices": choices,
        "errors": errors,
        "screen": screen,
        "paragraphs": _paragraphs(found, screen),
        "kinds": [
            (kind.value, ONE[kind]) for kind in ONE if any(one.kind is kind for one in screen.spellings)
        ],
        "standing": [(one, edit_url(one.entry)) for one in standing(found, upload.file.sha256)],
        "reading": ReadingForm(initial=upload.choices.get("reading", {})),
        "encoding_from": _found_from(found.source.encoding_from),
        "types": SourceType.choices,
        "standings": _STANDINGS,
        "cut_off": upload.was_cut_off(at=timezone.now()),
    }
    return page(request, "document_review", context)


def _paragraphs(found: Recognised, screen: Screen) -> list[dict[str, Any]]:
    titles = {one.index: title_of(one, screen.choices, screen.labels) for one in screen.spellings}
    return [
        {
            "number": paragraph.number,
            "is_heading": paragraph.is_heading,
            "stretches": [
                (one, titles[one.spelling.index] if one.spelling else "") for one in paragraph.stretches
            ],
        }
        for paragraph in marked(found, screen.spellings)
    ]


def _found_from(known: str) -> str:
    return {
        "asked": _("as chosen"),
        "mark": _("by the mark at its start"),
        "label": _("by the page's own label"),
        "bytes": _("by its bytes"),
        "guess": _("guessed from its letters"),
    }.get(known, "")


def _result_page(request: HttpRequest, upload: Upload) -> HttpResponse:
    result = upload.result
    wanted = Q(kind="source", slug=result.get("source", "")) | Q(
        kind="statement", slug=result.get("statement", "")
    )
    wanted |= Q(kind="person", slug__in=result.get("people", []))
    wanted |= Q(kind="organ", slug__in=result.get("organs", []))
    for name in (*result.get("changed", []), *result.get("proposed", [])):
        kind, _blank, slug = name.partition(" ")
        wanted |= Q(kind=kind, slug=slug)
    entries = list(Entry.objects.filter(wanted).order_by("kind", "slug"))
    proposed = set(result.get("proposed", []))
    rows = [(entry, edit_url(entry), f"{entry.kind} {entry.slug}" in proposed) for entry in entries]
    context = {"title": _("What came of it"), "upload": upload, "rows": rows, "result": result}
    return page(request, "document_result", context)


def stored_file(request: HttpRequest, sha256: str) -> HttpResponse:
    """The bytes of a kept file, to be saved and never shown: to those who see its source, or who brought it."""
    user = _user(request)
    mine = Upload.objects.filter(owner=user, file__sha256=sha256)
    seen = user.has_perm("records.view_source") and Source.objects.filter(checksum=sha256).exists()
    if not (seen or mine.exists()):
        raise Http404
    file = get_object_or_404(StoredFile, sha256=sha256)
    response = HttpResponse(file.data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{file.sha256[:12]}{file.extension}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
