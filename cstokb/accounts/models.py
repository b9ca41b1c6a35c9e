"""People and the tokens of their programs."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MARK = "cstokb"
PREFIX_LENGTH = 8
SECRET_BYTES = 32


class UserManager(BaseUserManager["User"]):
    """Makes accounts; an e-mail address is one account however it is spelt in upper and lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An account without any right. Raises ``ValueError`` without an e-mail address."""
        if not email.strip():
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An account with every right."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who works on the knowledge base. Readers have no account."""

    email = models.EmailField(
        _("e-mail address"),
        max_length=254,
        unique=True,
        error_messages={"unique": _("There is an account with this e-mail address.")},
    )
    display_name = models.CharField(
        _("name"), max_length=200, blank=True, help_text=_("Shown beside this person's changes.")
    )
    is_staff = models.BooleanField(_("may enter the curation pages"), default=False)
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Switch off instead of deleting: the history keeps its author."),
    )
    joined_at = models.DateTimeField(pgettext_lazy("account", "joined"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [
            # Kept in lower case, so that one address is one account on both databases.
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="user_email_lower_case",
                violation_error_message=_("Write the e-mail address in lower case."),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Take upper case in an e-mail address as lower case, before it is compared with others."""
        self.email = self.email.lower()
        super().clean_fields(exclude=exclude)

    def get_full_name(self) -> str:
        """The name shown beside changes; the e-mail address where no name was given."""
        return self.display_name or self.email

    def get_short_name(self) -> str:
        return self.get_full_name()


class Scope(models.TextChoices):
    """What a token may be used for; each is also bounded by the rights of the person it belongs to.

    Nothing is written through the API so far, so that only READ opens anything; the others are kept for when it is.
    """

    READ = "read", _("read")
    WRITE = "write", _("propose changes")
    REVIEW = "review", _("review changes")
    PUBLISH = "publish", _("publish and withdraw")


def digest(secret: str) -> str:
    """What is stored of a token. Its 256 random bits cannot be guessed, so one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens."""

    def usable(self, *, at: datetime) -> Self:
        """Tokens that open the API at this moment: neither revoked nor expired, of an active person."""
        unexpired = Q(expires_at__isnull=True) | Q(expires_at__gt=at)
        return self.filter(unexpired, revoked_at__isnull=True, user__is_active=True)


class ApiTokenManager(models.Manager.from_queryset(ApiTokenQuerySet)):  # type: ignore[misc]
    """Issues tokens."""

    def issue(
        self, user: User, name: str, *, scopes: list[str], expires_at: datetime | None = None
    ) -> tuple["ApiToken", str]:
        """Make a token and return it with its text, which is shown once and can never be read again."""
        token = self.model(user=user, name=name, scopes=sorted(scopes), expires_at=expires_at)
        text = token.fill()
        token.save()
        return token, text


class ApiToken(models.Model):
    """A key with which a person's program uses the API. Only its digest is stored."""

    user = models.ForeignKey(User, models.PROTECT, related_name="api_tokens", verbose_name=_("user"))
    name = models.CharField(
        _("name"), max_length=100, help_text=_("What uses this token, for example a script.")
    )
    prefix = models.CharField(
        _("prefix"), max_length=PREFIX_LENGTH, unique=True, editable=False, help_text=_("Tells tokens apart.")
    )
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True, help_text=_("Empty: never."))
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = ApiTokenManager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at", "prefix"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("created_at")),
                name="api_token_expires_after_creation",
                violation_error_message=_("A token cannot expire before it is made."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({MARK}_{self.prefix}_…)"

    def fill(self) -> str:
        """Give a token that is not saved yet its secret, and return its text: the only time it can be read."""
        self.prefix = secrets.token_hex(PREFIX_LENGTH // 2)
        text = f"{MARK}_{self.prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
        self.digest = digest(text)
        return text

    def allows(self, scope: str) -> bool:
        """Whether the token may be used for this."""
        return scope in self.scopes

    def revoke(self, *, at: datetime) -> None:
        """Close the token for good. The first moment stays when it is revoked again."""
        if self.revoked_at is None:
            self.revoked_at = at
            self.save(update_fields=["revoked_at"])


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations."""

    def open(self, *, at: datetime) -> Self:
        """Those that can still be taken up at this moment."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)


class Invitation(models.Model):
    """A link with which one person makes an account of their own, once. Only the digest of its secret is stored."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    display_name = models.CharField(
        _("name"), max_length=200, blank=True, help_text=_("The person may write it otherwise.")
    )
    group = models.ForeignKey(Group, models.PROTECT, related_name="+", verbose_name=_("group"))
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(pgettext_lazy("invitation", "expires"), editable=False)
    accepted_at = models.DateTimeField(_("taken up"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_taken_up_or_revoked",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="invitation_expires_after_creation"
            ),
        ]

    def __str__(self) -> str:
        return self.email
