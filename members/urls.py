"""Addresses of states, people and organs."""

from members import views

urlpatterns = [
    *views.StateList.urls(),
    *views.StatePage.urls(),
    *views.PersonList.urls(),
    *views.PersonPage.urls(),
    *views.OrganList.urls(),
    *views.OrganPage.urls(),
]
