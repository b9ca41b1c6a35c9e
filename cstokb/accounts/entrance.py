"""The way into the curators' pages: one sign-in page, and a second factor where one is required."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cstokb.accounts import second_factor

View = Callable[..., Any]
ANSWER = "may_enter_the_curators_pages"


def guard(site: AdminSite) -> None:
    """Close what the site of an admin opens by itself.

    Its own log-in form knows neither a second factor nor limits, also when an editor who is signed in posts another
    person's password to it; its own page for a new password tells nobody by mail.
    """
    opened = site.admin_view

    def admin_view(view: View, cacheable: bool = False) -> View:
        """A page of the site; by any other method Django would show it as if it had been asked for."""
        return require_http_methods(["GET", "HEAD", "POST"])(opened(view, cacheable))

    site.admin_view = admin_view  # type: ignore[method-assign, assignment]
    site.login = enter  # type: ignore[method-assign]
    site.has_permission = may_enter  # type: ignore[method-assign]
    site.password_change = change_password  # type: ignore[assignment]


def may_enter(request: HttpRequest) -> bool:
    """Whether the person is active staff and has the second factor that the settings ask for."""
    user = request.user
    if not (user.is_authenticated and user.is_active and user.is_staff):
        return False
    answer: bool | None = getattr(request, ANSWER, None)
    if answer is None:
        answer = not second_factor.is_missing(user, at=timezone.now())
        setattr(request, ANSWER, answer)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def enter(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """Lead to the sign-in page, to the second factor, or in."""
    user = request.user
    onward = get_next_redirect_url(request) or reverse("admin:index")
    if not user.is_authenticated:
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: onward})}")
    if not user.is_staff:
        raise PermissionDenied
    if not may_enter(request):
        messages.warning(request, _("Add a second factor first: an authenticator app or a security key."))
        return HttpResponseRedirect(reverse("mfa_index"))
    return HttpResponseRedirect(onward)


def change_password(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """Lead to the one page for a new password."""
    return HttpResponseRedirect(reverse("account_change_password"))
