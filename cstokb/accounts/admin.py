"""People, groups and tokens in the admin."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstokb.accounts.addresses import confirm_address
from cstokb.accounts.models import ApiToken, Scope, User


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


@admin.register(User)
class UserAdmin(BaseUserAdmin[User]):
    """Accounts. Closing one (active off) keeps the history's author; deleting is for mistakes only."""

    form = UserForm
    add_form = NewUserForm
    list_display = ("email", "display_name", "is_active", "is_staff", "is_superuser", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "groups")
    search_fields = ("email", "display_name")
    ordering = ("email",)
    readonly_fields = ("last_login", "joined_at")
    filter_horizontal = ("groups", "user_permissions")
    fieldsets = (
        (None, {"fields": ("email", "display_name", "password")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("Dates"), {"fields": ("joined_at", "last_login")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "display_name", "usable_password", "password1", "password2")}),
    )

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Take the address as confirmed: an administrator typed it."""
        super().save_model(request, obj, form, change)
        confirm_address(obj)

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


class ApiTokenForm(forms.ModelForm[ApiToken]):
    """A token's name, scopes and end."""

    scopes = forms.MultipleChoiceField(
        label=_("scopes"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple, initial=[Scope.READ]
    )

    class Meta:
        model = ApiToken
        fields = ("user", "name", "scopes", "expires_at")


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin[ApiToken]):
    """Tokens: made here and shown once, revoked here, never read or deleted."""

    form = ApiTokenForm
    list_display = ("name", "prefix", "user", "created_at", "expires_at", "last_used_at", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    list_select_related = ("user",)
    search_fields = ("name", "prefix", "user__email", "user__display_name")
    autocomplete_fields = ("user",)
    date_hierarchy = "created_at"
    actions = ("revoke",)

    def save_model(self, request: HttpRequest, obj: ApiToken, form: ApiTokenForm, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        text = obj.fill()
        obj.save()
        message = gettext("This is the token. It is shown this once: %(token)s") % {"token": text}
        self.message_user(request, message, messages.WARNING)

    def get_readonly_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> tuple[str, ...]:
        return ("user", "prefix", "created_at", "last_used_at", "revoked_at") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        """A token is revoked, so that the record of what it did keeps its name."""
        return False

    @admin.action(description=_("Revoke the selected tokens"), permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        """Close the tokens; programs that use them get 401 from now on."""
        now = timezone.now()
        for token in queryset:
            token.revoke(at=now)
        self.message_user(request, gettext("The tokens are revoked."), messages.SUCCESS)
