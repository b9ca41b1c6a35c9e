"""``manage.py create_token``: a token for a person's program."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cstokb.accounts.models import ApiToken, Scope, User


class Command(BaseCommand):
    help = "Creates an API token and shows it once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="whose token it is")
        parser.add_argument("name", help="what uses it, for example a script")
        parser.add_argument(
            "--scope",
            action="append",
            choices=Scope.values,
            help="what it may do (default: read, the only one that has an effect so far); may be repeated",
        )
        parser.add_argument(
            "--days", type=int, default=365, help="how long it lives (default: 365; 0: for ever)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].lower(), is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active account with the address {options['email']}.")
        if options["days"] < 0:
            raise CommandError("--days must be 0 or more.")
        expires = timezone.now() + timedelta(days=options["days"]) if options["days"] else None
        scopes = set(options["scope"] or [Scope.READ.value])
        token, text = ApiToken.objects.issue(user, options["name"], scopes=list(scopes), expires_at=expires)
        self.stdout.write(
            f"Made {token} for {user.email}. It is shown this once; keep it as you keep a password:"
        )
        self.stdout.write(text)
