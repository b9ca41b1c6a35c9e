"""The addresses that people sign in with, as the sign-in package keeps them."""

from allauth.account.models import EmailAddress
from django.db import transaction

from cstokb.accounts.models import User


@transaction.atomic
def confirm_address(user: User) -> None:
    """Take the account's address as confirmed and drop earlier ones.

    An administrator vouches for it; a second factor can only be added to an account whose address is confirmed.
    """
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
