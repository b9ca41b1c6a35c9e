"""Inviting a person: a signed link that is good once, until it expires or is revoked."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cstokb.accounts.addresses import confirm_address
from cstokb.accounts.models import SECRET_BYTES, Invitation, User, digest

LIFE = timedelta(days=7)
SIGNER = Signer(sep=".", salt="cstokb.accounts.invitations")

UNKNOWN = _("This link is not one that was given out here. Look whether it was copied whole.")
REVOKED = _("This invitation was revoked. Ask an administrator for a new one.")
EXPIRED = _("This invitation has expired. Ask an administrator for a new one.")
USED = _("This invitation was taken up already. Sign in with the password that was chosen then.")
TAKEN = _("There is an account with this e-mail address by now. Sign in, or ask an administrator.")


class InvitationRefused(Exception):
    """An invitation cannot be taken up; the argument is the sentence that says why."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def invite(invitation: Invitation, *, by: User, at: datetime) -> str:
    """Store a new invitation and return the token of its link, which is shown once and can never be read again."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    invitation.email = invitation.email.lower()
    invitation.digest = digest(secret)
    invitation.invited_by = by
    invitation.created_at, invitation.expires_at = at, at + LIFE
    invitation.save()
    return SIGNER.sign(secret)


def find(token: str, *, at: datetime) -> Invitation:
    """The invitation that a link opens now. Raises ``InvitationRefused`` where it opens none."""
    try:
        secret = SIGNER.unsign(token)
    except BadSignature:
        raise InvitationRefused(UNKNOWN) from None
    invitation = Invitation.objects.select_related("group").filter(digest=digest(secret)).first()
    if invitation is None:
        raise InvitationRefused(UNKNOWN)
    for closed, sentence in (
        (invitation.accepted_at is not None, USED),
        (invitation.revoked_at is not None, REVOKED),
        (invitation.expires_at <= at, EXPIRED),
    ):
        if closed:
            raise InvitationRefused(sentence)
    return invitation


def take_up(invitation: Invitation, *, password: str, display_name: str, at: datetime) -> User:
    """Make the account. Raises ``InvitationRefused`` where somebody else was quicker, and then makes nothing."""
    try:
        with transaction.atomic():
            if not Invitation.objects.open(at=at).filter(pk=invitation.pk).update(accepted_at=at):
                raise InvitationRefused(USED)
            user = User.objects.create_user(
                invitation.email, password, display_name=display_name, is_staff=True
            )
            user.groups.add(invitation.group)
            confirm_address(user)
    except IntegrityError:
        raise InvitationRefused(TAKEN) from None
    return user


def revoke(invitation: Invitation, *, at: datetime) -> bool:
    """Close an invitation that is still open; says whether it was."""
    return bool(Invitation.objects.open(at=at).filter(pk=invitation.pk).update(revoked_at=at))
