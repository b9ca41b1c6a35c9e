"""Sign-in of programs by API token."""

import hmac
from datetime import datetime, timedelta

from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from cstokb.accounts.models import MARK, ApiToken, User, digest

KEYWORDS = (b"bearer", b"token")
# The stamp answers "is this token still in use"; once an hour is enough, and reads stay reads.
STAMP_AGE = timedelta(hours=1)


class ApiTokenAuthentication(BaseAuthentication):
    """Accepts ``Authorization: Bearer cstokb_…`` (``Token`` in place of ``Bearer`` works too).

    Without the header the caller is anonymous. A token that is unknown, expired, revoked or of a closed
    account is 401 with one and the same sentence, so that an answer tells nothing about tokens.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() not in KEYWORDS:
            return None
        now = timezone.now()
        token = find(words[1], at=now) if len(words) == 2 else None
        if token is None:
            raise AuthenticationFailed(_("This token is not valid."))
        stamp(token, at=now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def find(text: bytes, *, at: datetime) -> ApiToken | None:
    """The usable token that has this text, if there is one."""
    secret = text.decode("ascii", errors="replace")
    mark, _underscore, rest = secret.partition("_")
    prefix = rest.partition("_")[0]
    if mark != MARK or not prefix.isalnum():  # a database refuses to compare some characters, such as NUL
        return None
    token = ApiToken.objects.usable(at=at).select_related("user").filter(prefix=prefix).first()
    return token if token and hmac.compare_digest(token.digest, digest(secret)) else None


def stamp(token: ApiToken, *, at: datetime) -> None:
    """Note that the token was used."""
    if token.last_used_at and at - token.last_used_at < STAMP_AGE:
        return
    try:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
    except OperationalError:
        # A long import holds the write lock; the caller's answer matters more than the stamp.
        return
