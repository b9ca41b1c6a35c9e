"""The pages of an import: the form, the preview, and the writing; nothing is stored before it is confirmed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cstokb.curation.importing.carried import Carried, Stale
from cstokb.curation.importing.carry import Report, carry_out
from cstokb.curation.importing.forms import ImportForm
from cstokb.curation.importing.plan import Item, Plan, State
from cstokb.curation.outline.front import recitals
from cstokb.curation.reading import DocumentRefused
from cstokb.records.publish import WriteRefused
from cstokb.redline import redline
from treaty.choices import ProvisionKind

#: What a curator needs to import: the parts, their wordings and the source are written together.
RIGHTS = ("treaty.add_provision", "treaty.add_provisiontext", "records.add_source")
FIELDSETS = (
    (None, ("instrument", "file", "text", "encoding")),
    ("wording", ("language", "standing", "began_on", "ended_on", "made_by")),
    ("source", ("source_id", "url", "title", "publisher", "type")),
)


def import_treaty(request: HttpRequest) -> HttpResponse:
    """The page of the import: a form, then a preview, then what was done."""
    if not request.user.has_perms(RIGHTS):
        raise PermissionDenied
    if request.method != "POST":
        return _form_page(request, ImportForm(initial=_initial(request)))
    if "sealed" in request.POST:
        return _confirm(request)
    form = ImportForm(request.POST, request.FILES)
    carried = form.carried(timezone.now().date().isoformat()) if form.is_valid() else None
    if carried is None:
        return _form_page(request, form)
    try:
        return _preview_page(request, carried, carried.plan())
    except DocumentRefused as error:
        form.add_error(None, str(error))
        return _form_page(request, form)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """An instrument that a link names is chosen already."""
    wanted = request.GET.get("instrument", "")
    rows = ImportForm().fields["instrument"].queryset.filter(entry__slug=wanted[:240])  # type: ignore[attr-defined]
    return {"instrument": rows.first()} if wanted and "\x00" not in wanted else {}


def _owner(request: HttpRequest) -> str:
    return str(request.user.pk)


def _form_page(request: HttpRequest, form: ImportForm) -> HttpResponse:
    titles = {None: "", "wording": _("The wording"), "source": _("Its source")}
    groups = [(titles[key], [form[name] for name in names]) for key, names in FIELDSETS]
    context = {"form": form, "groups": groups, "title": _("Import the text of a treaty")}
    return _page(request, "curation/import_form.html", context)


def _preview_page(
    request: HttpRequest, carried: Carried, plan: Plan, *, chosen: set[int] | None = None, why: str = ""
) -> HttpResponse:
    source = carried.origin.standing()
    ticked = chosen if chosen is not None else {item.index for item in plan.items if item.is_suggested}
    context = {
        "title": _("What the import would do"),
        "why": why,
        "carried": carried,
        "plan": plan,
        "rows": [_row(item, item.index in ticked) for item in plan.items],
        "instrument": plan.terms.instrument.short(get_language() or "en"),
        "source": source,
        "source_remark": carried.origin.remark(source) if source else "",
        "sealed": carried.sealed(_owner(request), plan.fingerprint),
        "anything": any(item.can_be_taken for item in plan.items),
        "found_from": _found_from(carried.document.encoding_from),
    }
    return _page(request, "curation/import_preview.html", context)


def _row(item: Item, ticked: bool) -> dict[str, Any]:
    compared = None
    if item.wording is not None and item.state in {State.DIFFERS, State.SPELLING}:
        compared = redline(item.wording.text, item.part.text).paragraphs()
    texts = [one.words for one in item.part.paragraphs]
    if item.part.kind is ProvisionKind.PREAMBLE:
        texts = [said for text in texts for said in recitals(text)]
    return {"item": item, "ticked": ticked, "redline": compared, "texts": texts}


def _found_from(known: str) -> str:
    return {
        "asked": _("as chosen"),
        "mark": _("by the mark at its start"),
        "label": _("by the page's own label"),
        "bytes": _("by its bytes"),
        "guess": _("guessed from its letters"),
    }.get(known, "")


def _confirm(request: HttpRequest) -> HttpResponse:
    try:
        carried = Carried.opened(request.POST["sealed"], _owner(request))
    except Stale as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(request.path)
    plan = carried.plan()
    chosen = {
        int(one) for one in request.POST.getlist("take") if one.isascii() and one.isdigit() and len(one) < 6
    }
    if plan.fingerprint != carried.fingerprint:
        why = _("Records have changed since the preview was shown. Look it over again; nothing was written.")
        return _preview_page(request, carried, plan, chosen=chosen, why=why)
    try:
        report = carry_out(plan, chosen, carried.origin, at=timezone.now(), by=request.user)  # type: ignore[arg-type]
    except WriteRefused as error:
        said = _("Nothing was written: %(why)s") % {"why": error}
        return _preview_page(request, carried, carried.plan(), chosen=chosen, why=said)
    _say(request, report)
    drafts = {"publication__exact": "draft", "kind": "provision-text", "q": plan.terms.instrument.public_id}
    return HttpResponseRedirect(f"{reverse('admin:records_entry_changelist')}?{urlencode(drafts)}")


def _say(request: HttpRequest, report: Report) -> None:
    if report.did_nothing:
        messages.info(
            request, _("Nothing was changed: everything chosen stands already or was proposed before.")
        )
        return
    written = len(report.provisions), len(report.wordings), len(report.changed)
    said = _("Drafts written: new provisions %(provisions)d, new wordings %(wordings)d, changed %(changed)d.")
    messages.success(request, said % dict(zip(("provisions", "wordings", "changed"), written, strict=True)))
    if count := len(report.proposed):
        waits = ngettext(
            "%(count)d published wording differs; the change waits for another person.",
            "%(count)d published wordings differ; the changes wait for another person.",
            count,
        )
        messages.warning(request, waits % {"count": count})


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})
