"""Second factors as people have them: an app that makes codes, recovery codes, and a security key."""

import time
from typing import Any

from allauth.account.internal.flows import login
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.backends.base import SessionBase
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from cstokb.accounts.models import User

#: Any point will do where nobody signs anything.
POINT = ES256({1: 2, 3: -7, -1: 1, -2: b"\x01" * 32, -3: b"\x02" * 32})


def give_all(user: User, key: int | None = None) -> Authenticator:
    """A code app, recovery codes and a security key, which is given back; its row id can be chosen."""
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    data = {"name": "Key", "credential": credential(str(user.pk).encode())}
    return Authenticator.objects.create(pk=key, user=user, type=Authenticator.Type.WEBAUTHN, data=data)


def credential(name: bytes) -> dict[str, Any]:
    """What a browser sends when a security key is added."""
    attested = AttestedCredentialData.create(Aaguid.NONE, name.rjust(16, b"0"), POINT)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    made = AttestationObject.create("none", AuthenticatorData.create(b"\0" * 32, flags, 0, attested), {})
    said = CollectedClientData.create("webauthn.create", b"\0" * 32, "https://testserver")
    return {
        "id": websafe_encode(attested.credential_id),
        "rawId": websafe_encode(attested.credential_id),
        "type": "public-key",
        "clientExtensionResults": {},
        "response": {"clientDataJSON": said.b64, "attestationObject": websafe_encode(made)},
    }


def just_used(session: SessionBase, user: User) -> None:
    """Note in a session that the person has given a factor this moment."""
    record = {"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True}
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [record]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
