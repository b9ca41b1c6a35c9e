"""People and their groups in the admin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as BaseGroupAdmin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cstokb.accounts import second_factor, sessions
from cstokb.accounts.addresses import confirm_address
from cstokb.accounts.models import User

# What the sign-in package shows there: the secrets of other people's factors, and addresses to which a new password
# of any account could be sent. Both are kept through the account.
for kept_apart in (Authenticator, EmailAddress, UserSession):
    admin.site.unregister(kept_apart)
admin.site.unregister(Group)


class NewUserForm(AdminUserCreationForm[User]):
    """A new account: an address and a password that passes the rules, or none until the person sets one."""

    class Meta:
        model = User
        fields = ("email", "display_name")


class UserForm(UserChangeForm[User]):
    """An account that exists."""

    class Meta:
        model = User
        fields = "__all__"


def _by_the_clock(moment: datetime) -> str:
    """A moment in the zone of the editors, which is named."""
    zone = settings.EDITORS_TIME_ZONE
    return f"{date_format(localtime(moment, zone), 'DATETIME_FORMAT')} {zone}"


@admin.register(Group)
class GroupAdmin(BaseGroupAdmin):
    """The groups. Their rights follow from a rule; a superuser alone departs from it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return bool(request.user.is_superuser)


@admin.register(User)
class UserAdmin(BaseUserAdmin[User]):
    """Accounts. Closing one (active off) keeps the history's author; deleting is for mistakes only."""

    form = UserForm
    add_form = NewUserForm
    list_display = (
        *("email", "display_name", "is_active", "is_staff", "is_superuser", "second_factor", "last_login"),
    )
    list_filter = ("is_active", "is_staff", "is_superuser", "groups")
    search_fields = ("email", "display_name")
    ordering = ("email",)
    readonly_fields = ("last_login", "joined_at", "second_factor", "open_sessions")
    filter_horizontal = ("groups", "user_permissions")
    fieldsets = (
        (None, {"fields": ("email", "display_name", "password")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("Signing in"), {"fields": ("second_factor", "open_sessions")}),
        (_("Dates"), {"fields": ("joined_at", "last_login")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "display_name", "usable_password", "password1", "password2")}),
    )
    actions = ("end_sessions", "take_away_factors")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """The accounts, each with whether it has a second factor."""
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=second_factor.FACTORS)
        return super().get_queryset(request).annotate(has_factor=Exists(factors))

    @admin.display(description=_("second factor"), boolean=True)
    def second_factor(self, user: User) -> bool:
        """Whether the person signs in with more than a password."""
        return bool(getattr(user, "has_factor", False))

    @admin.display(description=_("open sessions"))
    def open_sessions(self, user: User) -> SafeString | str:
        """Where the person is signed in, and when somebody was last seen there."""
        rows = (
            (
                sessions.browser(one.user_agent),
                one.ip,
                gettext("last seen %(moment)s") % {"moment": _by_the_clock(one.last_seen_at)},
            )
            for one in sessions.open_sessions(user)
        )
        return format_html_join("", "<p>{}, {}, {}</p>", rows) or "—"

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Take the address as confirmed: an administrator typed it. A closed account is signed out at once."""
        super().save_model(request, obj, form, change)
        confirm_address(obj)
        if not obj.is_active:
            sessions.end_all(obj)

    @admin.action(description=_("End all sessions of the selected people"), permissions=["change"])
    def end_sessions(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Sign people out everywhere, as when a computer was lost."""
        ended = self._on_each(request, queryset, sessions.end_all, "Ended all sessions.")
        said = ngettext("%(count)d session was ended.", "%(count)d sessions were ended.", ended)
        self.message_user(request, said % {"count": ended}, messages.SUCCESS)

    @admin.action(
        description=_("Take away the second factors of the selected people"), permissions=["change"]
    )
    def take_away_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Let people who lost telephone, key and recovery codes begin anew; it also signs them out."""

        def anew(user: User) -> int:
            sessions.end_all(user)
            return second_factor.take_away(user)

        self._on_each(request, queryset, anew, "Took away the second factors.")
        self.message_user(
            request,
            gettext(
                "Done. Be sure that it was the person who asked: the password alone opens the account now."
            ),
            messages.WARNING,
        )

    def _on_each(
        self, request: HttpRequest, people: QuerySet[User], act: Callable[[User], int], note: str
    ) -> int:
        """Do something to the accounts that may be changed, and note it in the log of each."""
        done = 0
        for user in people:
            if self.has_change_permission(request, user):
                done += act(user)
                self.log_change(request, user, note)
        return done

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Only a superuser hands out what exceeds the groups; else an administrator could raise themselves."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        return fixed if request.user.is_superuser else (*fixed, "is_superuser", "user_permissions")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and not self._above(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not self._above(request, obj)

    def _above(self, request: HttpRequest, obj: User | None) -> bool:
        """Whether the account may do more than the person who asks."""
        return obj is not None and obj.is_superuser and not request.user.is_superuser
