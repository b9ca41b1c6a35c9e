"""Whether a person must have a second factor, and since when."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings

from cstokb.accounts.models import User

REQUIRED, OFFERED = "required", "offered"
#: Recovery codes stand in for a factor that was lost; alone they are none.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_one(user: User) -> bool:
    """Whether an authenticator app or a key belongs to the account."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def wanted_from(user: User) -> datetime | None:
    """The moment from which the account needs a second factor to enter; None where it needs none."""
    if settings.SECOND_FACTOR != REQUIRED or not user.is_staff:
        return None
    return user.joined_at + timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS)


def is_missing(user: User, *, at: datetime) -> bool:
    """Whether the account may not enter before it has a second factor."""
    since = wanted_from(user)
    return since is not None and since <= at and not has_one(user)


def take_away(user: User) -> int:
    """Remove every factor of an account, as when a telephone is lost; says how many rows went."""
    removed, _kinds = Authenticator.objects.filter(user=user).delete()
    return int(removed)
