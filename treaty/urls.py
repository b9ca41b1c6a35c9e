"""Addresses below ``/treaties/``; words of their own come before ids, and both before the parts of an instrument."""

from treaty import views

urlpatterns = [
    *views.InstrumentList.urls(),
    *views.StatusPage.urls(),
    *views.PartiesPage.urls(),
    *views.ProvisionPage.urls(),
    *views.InstrumentPage.urls(),
]
