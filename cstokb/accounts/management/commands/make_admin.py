"""``manage.py make_admin``: the first account, or one more that may do everything."""

import getpass
import sys
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cstokb.accounts.addresses import confirm_address
from cstokb.accounts.groups import ADMINISTRATOR
from cstokb.accounts.models import User


class Command(BaseCommand):
    help = "Creates an administrator's account. Asks for what is not given; there is no default password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", help="the address to sign in with")
        parser.add_argument("--name", default="", help="the name shown beside this person's changes")
        parser.add_argument(
            "--password-stdin", action="store_true", help="read the password from standard input, one line"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        given = User(
            email=(options["email"] or self.ask("E-mail address: ")).strip(), display_name=options["name"]
        )
        self.refuse_errors(lambda: given.clean_fields(exclude={"password"}))
        self.refuse_errors(given.validate_unique)
        password = sys.stdin.readline().rstrip("\n") if options["password_stdin"] else self.ask_password()
        self.refuse_errors(lambda: validate_password(password, given))
        user = create_administrator(given.email, password, given.display_name)
        self.stdout.write(f"{user.email} may now sign in at /admin/ and do everything.")

    def ask(self, question: str) -> str:
        try:
            return input(question)
        except EOFError:
            raise CommandError("There is nobody to ask; give --email and --password-stdin.") from None

    def ask_password(self) -> str:
        """Ask twice without showing what is typed."""
        if not sys.stdin.isatty():
            raise CommandError("There is nobody to ask for a password; give --password-stdin.")
        first, second = getpass.getpass("Password: "), getpass.getpass("Again: ")
        if first != second:
            raise CommandError("The two passwords differ; nothing was created.")
        return first

    def refuse_errors(self, validate: Any) -> None:
        try:
            validate()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error


@transaction.atomic
def create_administrator(email: str, password: str, name: str) -> User:
    """An account with every right, whose address counts as confirmed: the person at the machine vouches for it."""
    user = User.objects.create_superuser(email, password, display_name=name)
    group, _made = Group.objects.get_or_create(name=ADMINISTRATOR)
    user.groups.add(group)
    confirm_address(user)
    return user
