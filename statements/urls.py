"""Addresses of statements."""

from statements import views

urlpatterns = [*views.StatementList.urls(), *views.StatementPage.urls()]
