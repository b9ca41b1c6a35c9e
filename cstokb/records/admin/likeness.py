"""Is it here already? Told while a name or title is typed, and once more before a record is saved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cstokb.records.admin.columns import described
from cstokb.records.admin.guard import GuardedAdmin, is_key
from cstokb.records.likeness import ADDRESS, TEXTS, WHOLE, Like, alike
from cstokb.records.models import Record

LONGEST = 500
#: The tick with which a record is saved although others are like it.
ANYWAY = "save_anyway"


def watched(kind: str) -> tuple[str, ...]:
    """The fields of a kind by which a record is found to be here already."""
    return (*TEXTS.get(kind, ()), *([ADDRESS[kind]] if kind in ADDRESS else []))


def found_in(values: Any, kind: str, but: int | None) -> list[Like]:
    """What stands and is like the values of a form or a question."""
    texts = [str(values.get(name) or "")[:LONGEST] for name in TEXTS.get(kind, ())]
    url = str(values.get(ADDRESS[kind]) or "") if kind in ADDRESS else ""
    return alike(kind, [text.replace("\x00", "") for text in texts], url=url[:2000], but=but)


def why(score: int) -> str:
    """How alike in words."""
    return _("the same") if score == WHOLE else _("nearly the same (%(score)d of 100)") % {"score": score}


class LikenessForm(forms.ModelForm[Any]):
    """Refuses once what seems to stand already; a tick saves it anyway."""

    similar: tuple[Like, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Look for likes where a name, title or address is new."""
        values = super().clean() or self.cleaned_data
        kind = self.instance.kind
        names = watched(kind)
        if not names or ANYWAY in self.data or not self._is_new(names) or self.errors:
            return values
        self.similar = tuple(found_in(values, kind, self.instance.pk))
        if self.similar:
            said = ngettext(
                "A similar record stands already. Look at it, or tick that this is another one.",
                "Similar records stand already. Look at them, or tick that this is another one.",
                len(self.similar),
            )
            self.add_error(None, said)
        return values

    def _is_new(self, names: tuple[str, ...]) -> bool:
        return not self.instance.pk or not set(self.changed_data).isdisjoint(names)


class LikenessMixin(GuardedAdmin):
    """Answers what is like what somebody types, for those who may enter it."""

    def get_urls(self) -> list[URLPattern]:
        """Add the question that the form's script asks."""
        if not watched(self.model.kind):
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}_similar"
        return [
            path("similar/", self.admin_site.admin_view(self.similar_view), name=name),
            *super().get_urls(),
        ]

    def similar_view(self, request: HttpRequest) -> JsonResponse:
        """What stands and is like the values in the question; ``record`` is the row that is being edited."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        key = request.GET.get("record", "")
        found = found_in(request.GET, self.model.kind, int(key) if is_key(key) else None)
        told = [
            {"label": described(one.entry), "url": self._form_of(one.entry.pk), "why": why(one.score)}
            for one in found
        ]
        return JsonResponse({"similar": told})

    def _form_of(self, key: int) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[key])

    def likeness(self, form: Any, record: Record | None) -> dict[str, Any]:
        """What the form's page needs to ask, and what was found when the form was sent."""
        names = watched(self.model.kind)
        if not names:
            return {}
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_similar")
        similar = [
            {"label": described(one.entry), "url": self._form_of(one.entry.pk), "why": why(one.score)}
            for one in getattr(form, "similar", ())
        ]
        shown = {"url": address, "names": " ".join(names), "record": record.pk if record is not None else ""}
        return {"likeness": shown, "similar": similar}
