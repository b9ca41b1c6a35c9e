"""Addresses below ``/treaties/``; words of their own come before ids, and both before the parts of an instrument."""

from treaty import views, views_compare, views_expressions

urlpatterns = [
    *views.InstrumentList.urls(),
    *views.StatusPage.urls(),
    *views_compare.ProvisionsCompare.urls(),
    *views.PartiesPage.urls(),
    *views_compare.InstrumentCompare.urls(),
    *views_expressions.InstrumentText.urls(),
    *views_expressions.ProvisionPortion.urls(),
    *views_expressions.LinkedData.urls(),
    *views_expressions.ExpressionText.urls(),
    *views_expressions.ExpressionPage.urls(),
    *views_expressions.DayOfInstrument.urls(),
    *views.ProvisionPage.urls(),
    *views.InstrumentPage.urls(),
]
