"""The previews: what readers would see of a draft or of a proposal, for those who may see the record itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cstokb.records.admin.columns import described
from cstokb.records.admin.guard import GuardedAdmin
from cstokb.records.models import Entry, Revision
from cstokb.records.preview import public_page, would_be
from cstokb.records.publish import WriteRefused
from cstokb.records.readiness import lacks


class PreviewMixin(GuardedAdmin):
    """Adds the page that previews a row: a record, or a proposal."""

    def get_urls(self) -> list[URLPattern]:
        """Add the preview."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        page = path("<path:object_id>/preview/", self.admin_site.admin_view(self.preview_view), name=name)
        return [page, *super().get_urls()]

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The public page as it would be, in the language of the address; or why there is none."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self.gone(request, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        revision = row if isinstance(row, Revision) else None
        entry: Entry = row.entry
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
        try:
            changes = would_be(entry, revision)
            said = lacks(changes[-1].record, revision.payload if revision else None)
            others = [
                link for link in previews(self.opts, row.pk) if link["code"] != translation.get_language()
            ]
            banner = {"entry": entry, "revision": revision, "back": back, "said": said, "others": others}
            return public_page(request, changes, banner, at=timezone.now())
        except WriteRefused as error:
            return self._no_preview(request, entry, back, str(error))

    def _no_preview(self, request: HttpRequest, entry: Entry, back: str, why: str) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview of %(record)s") % {"record": described(entry)},
            "opts": self.opts,
            "why": why,
            "back": back,
        }
        return TemplateResponse(request, "admin/records/no_preview.html", context, status=409)


def previews(opts: Any, key: int) -> list[dict[str, str]]:
    """Links to the preview of a row in each language."""
    links = []
    for code, label in settings.LANGUAGES:
        with translation.override(code):
            url = reverse(f"admin:{opts.app_label}_{opts.model_name}_preview", args=[key])
        links.append({"code": code, "label": str(label), "url": url})
    return links
