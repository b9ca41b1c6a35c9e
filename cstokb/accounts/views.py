"""Pages of people about their own account that the sign-in package has not: sessions, and taking up an invitation."""

from __future__ import annotations

from typing import cast

from allauth.account.internal.flows.logout import logout
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cstokb.accounts import invitations, sessions
from cstokb.accounts.forms import TakeUpForm
from cstokb.accounts.models import Invitation, User

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@PAGE
@never_cache
@login_required
def own_sessions(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in; posted, one session is ended, or all but this one."""
    user = cast(User, request.user)
    if request.method == "POST":
        return _end(request, user)
    rows = [
        {
            "session": session,
            "browser": sessions.browser(session.user_agent),
            "here": _is_here(request, session),
        }
        for session in sessions.open_sessions(user)
    ]
    context = {"rows": rows, "zone": settings.EDITORS_TIME_ZONE}
    return render(request, "usersessions/usersession_list.html", context)


def _is_here(request: HttpRequest, session: UserSession) -> bool:
    return bool(session.session_key == request.session.session_key)


def _end(request: HttpRequest, user: User) -> HttpResponse:
    """End what was asked for, of the person's own sessions alone."""
    own = sessions.of(user)
    which = request.POST.get("session", "")
    if which.isascii() and which.isdigit() and len(which) < 19:
        chosen = own.filter(pk=int(which))
        if chosen.filter(session_key=request.session.session_key).exists():
            logout(request)
            return HttpResponseRedirect(reverse("account_login"))
    else:
        chosen = own.exclude(session_key=request.session.session_key)
    count = sessions.end(chosen)
    said = ngettext("%(count)d session was ended.", "%(count)d sessions were ended.", count)
    messages.success(request, said % {"count": count})
    return HttpResponseRedirect(reverse("usersessions_list"))


@PAGE
@never_cache
def take_up(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of an invitation: the person chooses a password, and the account is there."""
    now = timezone.now()
    try:
        invitation = invitations.find(token, at=now)
        if request.method != "POST":
            form = TakeUpForm(email=invitation.email, initial={"display_name": invitation.display_name})
            return _form(request, invitation, form)
        form = TakeUpForm(request.POST, email=invitation.email)
        if not form.is_valid():
            return _form(request, invitation, form)
        invitations.take_up(
            invitation,
            password=form.cleaned_data["password1"],
            display_name=form.cleaned_data["display_name"],
            at=now,
        )
    except invitations.InvitationRefused as refused:
        return render(request, "account/invitation_refused.html", {"sentence": refused.sentence}, status=410)
    messages.success(request, _("Your account is ready. Sign in with your e-mail address and password."))
    return HttpResponseRedirect(reverse("account_login"))


def _form(request: HttpRequest, invitation: Invitation, form: TakeUpForm) -> HttpResponse:
    return render(request, "account/invitation.html", {"form": form, "invitation": invitation})
