"""Addresses below /accounts/ that are ours; what the sign-in package has stands behind them."""

from django.urls import path, re_path

from cstokb.accounts.views import own_sessions, take_up

urlpatterns = [
    # The package's own page of sessions ends all others, but never one.
    path("sessions/", own_sessions, name="usersessions_list"),
    re_path(r"^invitation/(?P<token>[A-Za-z0-9_.-]{20,200})/$", take_up, name="invitation"),
]
