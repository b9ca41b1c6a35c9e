"""The style page: every part of the design system once, with sample facts, as the reference for templates."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cstokb.pages import sample_figures, sample_time, samples


class SampleFilters(forms.Form):
    """Filters as a list has them; bound with one wrong day, so that the page shows an error too."""

    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "any"), ("declaration", "declaration")]
    )
    after = forms.DateField(label="After", required=False, help_text="A day, a month or a year.")
    before = forms.DateField(
        label="Before",
        required=False,
        error_messages={"invalid": "“tomorrow” is no day. Write 2015-01-01, 2015-01 or 2015."},
    )


def style_page(request: HttpRequest) -> HttpResponse:
    """Show every component in the states it can be in."""
    return render(request, "pages/style.html", context())


def context() -> dict[str, Any]:
    """What the style page shows; the facts are samples, in English whatever the page's language."""
    filter_form = SampleFilters({"before": "tomorrow"}, auto_id="filter_%s")
    crumbs = [{"label": _("Home"), "url": "/"}, {"label": _("Style page"), "url": ""}]
    return {
        **samples.asking(),
        **sample_time.time(timezone.localdate()),
        **samples.texts(),
        **samples.records(),
        **sample_figures.figures(),
        **samples.messages(),
        "swatches": samples.SWATCHES,
        "filter_form": filter_form,
        "crumbs": crumbs,
    }
