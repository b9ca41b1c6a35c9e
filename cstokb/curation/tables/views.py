"""The pages of a table import: bring it, see what it would do, confirm it, see what it did, and undo it."""

from __future__ import annotations

import logging
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cstokb.accounts.models import User
from cstokb.curation import work
from cstokb.curation.frame import page, work_page
from cstokb.curation.models import UNFINISHED, Kind, State, Upload
from cstokb.curation.tables import batches, export
from cstokb.curation.tables.actions import download
from cstokb.curation.tables.forms import (
    DELIMITERS,
    BringForm,
    ConfirmForm,
    ReadingForm,
    UndoForm,
    kinds_for,
    may_import,
)
from cstokb.curation.tables.layout import Layout, layout_of
from cstokb.curation.tables.shown import MOST_SHOWN, long_step
from cstokb.records import rights
from cstokb.records.admin.registered import edit_url
from cstokb.records.models import Entry
from cstokb.records.registry import model_of

PAGE = 50
logger = logging.getLogger(__name__)


def _user(request: HttpRequest) -> User:
    if not kinds_for(request.user):
        raise PermissionDenied
    return cast("User", request.user)


def _to(upload: Upload) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("curation:table", args=[upload.pk]))


def import_table(request: HttpRequest) -> HttpResponse:
    """Bring a table, or go on with one that waits."""
    user = _user(request)
    if request.method != "POST":
        asked = request.GET.get("kind", "")
        return _bring_page(request, BringForm(user=user, initial={"kind": asked}))
    form = BringForm(request.POST, request.FILES, user=user)
    if not form.is_valid():
        return _bring_page(request, form, status=413 if form.too_large else 200)
    data, name, choices = form.brought()
    upload = batches.bring(user, data, name=name, at=timezone.now(), choices=choices)
    work.start(upload, batches.compare)
    return _to(upload)


def _bring_page(request: HttpRequest, form: BringForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    Upload.objects.all().clear(at=now)
    tables = Upload.objects.filter(kind=Kind.TABLE).defer("found", "result", "file__content")
    waiting = tables.of(cast("User", request.user)).waiting().defer("found", "result", "file__content")
    context = {
        "title": _("Import a table"),
        "form": form,
        "kinds": [(layout_of(kind), label) for kind, label in kinds_for(request.user)],
        "waiting": [(one, _kind_label(one)) for one in waiting[:PAGE]],
        "any_batch": tables.exclude(state=State.WAITING).exists(),
        "rules": export.rules(),
    }
    return page(request, "table_form", context, status)


def _kind_label(upload: Upload) -> str:
    return str(capfirst(model_of(upload.choices["kind"])._meta.verbose_name_plural))


def table(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One table: how far the work is, what it would do, or what it did."""
    user = _user(request)
    upload = Upload.objects.filter(pk=pk, kind=Kind.TABLE).select_related("file", "owner").first()
    if upload is None:
        messages.error(request, _("This table waits no longer. Please upload it again."))
        return HttpResponseRedirect(reverse("curation:import_table"))
    _require_access(upload, user)
    if upload.is_at_work(at=timezone.now()):
        back = reverse("curation:import_table"), _("Import a table")
        return work_page(request, upload, _title(upload), back)
    if upload.is_unfinished:
        return _take_up(request, upload, user) if request.method == "POST" else _batch_page(request, upload)
    if upload.state != State.WAITING:
        return _undo(request, upload, user) if request.method == "POST" else _batch_page(request, upload)
    return _act(request, upload) if request.method == "POST" else _dry_run_page(request, upload)


def _require_access(upload: Upload, user: User) -> None:
    """A table that waits is its owner's alone; what was written is seen by all who may import its kind."""
    own = upload.owner_id == user.pk
    if (upload.state == State.WAITING and not own) or not may_import(user, model_of(upload.choices["kind"])):
        logger.warning("account %s asked for the table %s of another", user.pk, upload.pk)
        raise Http404


def _title(upload: Upload) -> str:
    return _("Table: %(name)s") % {"name": upload.name or _("pasted")}


def _act(request: HttpRequest, upload: Upload) -> HttpResponse:
    act = request.POST.get("act")
    if act == "refuse":
        batches.refuse(upload)
        messages.success(request, _("The table was let go. Nothing was written."))
        return HttpResponseRedirect(reverse("curation:import_table"))
    if act == "read":
        return _read_again(request, upload)
    form = ConfirmForm(request.POST)
    if not upload.found or not form.is_valid():
        return _dry_run_page(request, upload, form)
    taken = set(request.POST.getlist("take"))
    left_out = {line["number"] for line in upload.found["lines"] if str(line["number"]) not in taken}
    upload.note_choices(upload.choices | {"left_out": sorted(left_out)})
    values, now = form.cleaned_data, timezone.now()
    work.start(
        upload,
        lambda row: batches.confirm(
            row, at=now, left_out=left_out, reason=values["reason"], correction=values["correction"]
        ),
    )
    return _to(upload)


def _reading_form(upload: Upload, data: Any = None) -> ReadingForm:
    found = upload.found
    is_book = bool(upload.choices.get("is_book"))
    start = {name: upload.choices.get(name, "") for name in batches.READING}
    start["sheet"] = start["sheet"] or found.get("sheet", "")
    sheets = found.get("sheets") or [start["sheet"]]
    return ReadingForm(data, sheets=sheets, is_book=is_book, initial=start)


def _read_again(request: HttpRequest, upload: Upload) -> HttpResponse:
    form = _reading_form(upload, request.POST)
    if form.is_valid():
        upload.note_choices(upload.choices | form.cleaned_data | {"left_out": []})
        work.start(upload, batches.compare)
        return _to(upload)
    return _dry_run_page(request, upload, reading=form)


def _dry_run_page(
    request: HttpRequest, upload: Upload, form: ConfirmForm | None = None, reading: ReadingForm | None = None
) -> HttpResponse:
    found = upload.found
    context = {
        "title": _title(upload),
        "upload": upload,
        "found": found,
        "kind": _kind_label(upload),
        "form": form or ConfirmForm(),
        "reading": reading or _reading_form(upload),
        "delimiter": dict(DELIMITERS).get(found.get("delimiter", ""), ""),
        "found_from": _found_from(found.get("encoding_from", "")),
        "left_out": set(upload.choices.get("left_out", ())),
        "more": max(0, found.get("asking", 0) - MOST_SHOWN),
        "long_step": long_step(found),
        "cut_off": upload.was_cut_off(at=timezone.now()),
        "whole": rights.may_publish(request.user),
    }
    return page(request, "table_preview", context)


def _found_from(known: str) -> str:
    return {
        "asked": _("as chosen"),
        "mark": _("by the mark at its start"),
        "label": _("by the page's own label"),
        "bytes": _("by its bytes"),
        "guess": _("guessed from its letters"),
    }.get(known, "")


def _take_up(request: HttpRequest, upload: Upload, user: User) -> HttpResponse:
    """Go on with an import whose work was cut short, or take back what stands of it."""
    if not _may_undo(upload, user):
        raise PermissionDenied
    now = timezone.now()
    if request.POST.get("act") == "give_up" and upload.state == State.WRITING:
        work.start(upload, lambda row: batches.give_up(row, at=now, by=user))
    else:
        work.start(upload, lambda row: batches.go_on(row, at=now))
    return _to(upload)


def _batch_page(request: HttpRequest, upload: Upload, form: UndoForm | None = None) -> HttpResponse:
    result = upload.result
    done = {} if upload.is_unfinished else result
    slugs = [row[0] for name in ("created", "changed", "proposed") for row in done.get(name, ())][:MOST_SHOWN]
    standing = {one.slug: one for one in Entry.objects.filter(kind=upload.choices["kind"], slug__in=slugs)}
    names = {"created": _("new drafts"), "changed": _("changed"), "proposed": _("proposals")}
    groups = [
        (label, len(rows), [(slug, _link(standing.get(slug))) for slug, *_rest in rows[:MOST_SHOWN]])
        for name, label in names.items()
        if (rows := done.get(name))
    ]
    context = {
        "title": _title(upload),
        "upload": upload,
        "kind": _kind_label(upload),
        "result": result,
        "groups": groups,
        "form": form or UndoForm(),
        "may_act": upload.state in (State.CONFIRMED, *UNFINISHED)
        and _may_undo(upload, cast("User", request.user)),
    }
    return page(request, "table_batch", context)


def _link(entry: Entry | None) -> str:
    return edit_url(entry) if entry else ""


def _may_undo(upload: Upload, user: User) -> bool:
    """Whoever imported, and those who decide on what others do."""
    return upload.owner_id == user.pk or rights.may_review(user)


def _undo(request: HttpRequest, upload: Upload, user: User) -> HttpResponse:
    if not _may_undo(upload, user):
        raise PermissionDenied
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _batch_page(request, upload, form)
    now, reason = timezone.now(), form.cleaned_data["reason"]
    work.start(upload, lambda row: batches.take_back(row, at=now, by=user, reason=reason))
    return _to(upload)


def table_batches(request: HttpRequest) -> HttpResponse:
    """Every import of a table: who, when, and how much."""
    _user(request)
    rows = Upload.objects.filter(kind=Kind.TABLE).exclude(state=State.WAITING)
    rows = rows.select_related("file", "owner").defer("found", "file__content").order_by("-decided_at", "pk")
    part = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    counted = [(one, _kind_label(one), _counts(one)) for one in part]
    return page(request, "table_batches", {"title": _("Imports of tables"), "page": part, "rows": counted})


def _counts(upload: Upload) -> list[int]:
    """How much stands of an import: new drafts, changed records, proposals."""
    if upload.is_unfinished:
        return [upload.standing, 0, 0]
    return [len(upload.result.get(name, ())) for name in ("created", "changed", "proposed")]


def table_template(request: HttpRequest, kind: str, form: str) -> HttpResponseBase:
    """An empty table with the columns of a kind."""
    layout = _layout(request, kind)
    return download(export.template(layout, form), f"{kind}-template", form)


def table_records(request: HttpRequest, kind: str, form: str) -> HttpResponseBase:
    """All records of a kind in the columns that come back."""
    layout = _layout(request, kind)
    return download(export.records(layout, None, form), kind, form)


def _layout(request: HttpRequest, kind: str) -> Layout:
    _user(request)
    try:
        layout = layout_of(kind)
    except LookupError:
        raise Http404 from None
    if not may_import(request.user, layout.model):
        raise PermissionDenied
    return layout
