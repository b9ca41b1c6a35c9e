"""Tokens and invitations in the admin: made here and shown once, revoked here, never read or deleted."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cstokb.accounts import invitations
from cstokb.accounts.models import ApiToken, Invitation, Scope, User


class ApiTokenForm(forms.ModelForm[ApiToken]):
    """A token's name, scopes and end."""

    scopes = forms.MultipleChoiceField(
        label=_("scopes"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ],
        help_text=_("The API is there to read: only that has an effect so far."),
    )

    class Meta:
        model = ApiToken
        fields = ("user", "name", "scopes", "expires_at")

    #: Who makes it; the admin fills it in.
    maker: User | None = None

    def clean_user(self) -> User:
        """Nobody gets a token of somebody who may do more than they themselves."""
        owner: User = self.cleaned_data["user"]
        if owner.is_superuser and self.maker is not None and not self.maker.is_superuser:
            raise ValidationError(_("Only a superuser makes a token for a superuser."))
        return owner


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin[ApiToken]):
    """Tokens. Only the digest is stored."""

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

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[forms.ModelForm[ApiToken]]:
        """The form, which knows who fills it in."""
        made: type[forms.ModelForm[ApiToken]] = super().get_form(request, *args, **kwargs)
        made.maker = request.user  # type: ignore[attr-defined]
        return made

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


class InvitationForm(forms.ModelForm[Invitation]):
    """Whom to invite, and into which group."""

    send = forms.BooleanField(
        label=_("Send the link by e-mail too"),
        required=False,
        help_text=_("You are shown the link in any case; it is good once, for seven days."),
    )

    class Meta:
        model = Invitation
        fields = ("email", "display_name", "group")

    def clean_email(self) -> str:
        """An address in lower case, of which there is no account yet."""
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError(_("There is an account with this e-mail address."))
        return email


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin[Invitation]):
    """Invitations: the way to an account of one's own."""

    form = InvitationForm
    list_display = ("email", "group", "invited_by", "created_at", "expires_at", "accepted_at", "revoked_at")
    list_filter = ("group", ("accepted_at", admin.EmptyFieldListFilter))
    list_select_related = ("group", "invited_by")
    search_fields = ("email", "display_name")
    actions = ("revoke",)

    def save_model(self, request: HttpRequest, obj: Invitation, form: InvitationForm, change: bool) -> None:
        """Store it, and show the link this once."""
        token = invitations.invite(obj, by=cast(User, request.user), at=timezone.now())
        link = settings.SITE_URL + reverse("invitation", args=[token])
        said = gettext("This is the link for %(email)s. It is shown this once: %(link)s")
        self.message_user(request, said % {"email": obj.email, "link": link}, messages.WARNING)
        if form.cleaned_data["send"]:
            self._send(request, obj, link)

    def _send(self, request: HttpRequest, invitation: Invitation, link: str) -> None:
        said = {"link": link, "invitation": invitation}
        text = render_to_string("account/email/invitation.txt", said)
        subject = gettext("Invitation to the CSTO Knowledge Base")
        try:
            send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [invitation.email])
        except OSError:
            failed = gettext("The e-mail could not be sent; hand the link over yourself.")
            self.message_user(request, failed, messages.ERROR)

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        """What was sent is not changed; a new one is made. Revoking is an action of the list."""
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        """An invitation is revoked, so that it stays known who was invited by whom."""
        return False

    @admin.action(description=_("Revoke the selected invitations"), permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Close invitations that nobody has taken up yet."""
        now = timezone.now()
        closed = sum(invitations.revoke(invitation, at=now) for invitation in queryset)
        said = ngettext("%(count)d invitation was revoked.", "%(count)d invitations were revoked.", closed)
        self.message_user(request, said % {"count": closed}, messages.SUCCESS)
