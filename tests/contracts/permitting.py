"""Every address of the site, each with one example, and how it answers each kind of caller by each method."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RegexPattern
from django.utils import timezone

from cstokb.accounts.invitations import invite
from cstokb.accounts.models import ApiToken, Invitation, Scope, User
from cstokb.curation.documents.choices import suggested
from cstokb.curation.models import Kind, State, StoredFile, Task, TaskKind, Upload
from cstokb.listing.throttling import LEASES
from cstokb.records.models import Revision, Source
from tests.curation.documents.press import NOON, TEXT, brought, press
from tests.factories.curators import BACKEND, curator
from tests.factories.factors import give_all, just_used
from tests.factories.records import published
from tests.listing.asking import data

FILE = Path(settings.BASE_DIR) / "tests/contracts/permissions.csv"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
GROUPS = ("editor", "reviewer", "publisher", "administrator")
ROLES = ("anonymous", "token", "expired", "disabled", *GROUPS)
#: In the file: as the role to the left.
SAME = '"'
#: What stands for the parts of an address; a part that is not here is the id that the API's list has first.
PARTS = {
    "on": "2012-12-19",
    "lang": "en",
    "name": "search",
    "number": "1",
    "app_label": "members",
    "uidb36": "1",
    "key": "nothing",
    "url": "nothing",
    "pk": "1",
    "word": "drafts",
    "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
}
#: A document that waits for the one editor who brought it, and a table that was imported.
DOCUMENT, TABLE = UUID("00000000-0000-4000-8000-000000000000"), UUID("00000000-0000-4000-8000-000000000001")
#: The security key of the one editor; every curator has one, and nobody may touch another's.
KEY = 1000
CST = (
    *("instrument", "parties", "compare", "expression", "expression-text"),
    *("instrument-day", "instrument-text", "instrument-linked"),
)
IDS = {
    **dict.fromkeys(CST, "cst"),
    **dict.fromkeys(("provision", "provision-text", "provision-linked"), "cst/art-4"),
    **dict.fromkeys(("statement-text", "statement-citation"), "2022-05-16-stability-and-security-mechanism"),
    "api-summits-record": "2022-05-16-moscow",
}
LISTS = {"person": "people", "activity": "activities"}
PLACE = re.compile(r"(?<!\?P)<(?:[a-z]+:)?(\w+)>")
GROUP = re.compile(r"\(\?P<(\w+)>")


@dataclass(frozen=True)
class Address:
    """An address as the code names it, the name of its view, and an example to ask for."""

    route: str
    name: str
    example: str

    @property
    def key(self) -> str:
        """What the file calls it: no expressions, and the name where two would look alike."""
        plain = filled(self.route, lambda part_name, inside: f"<{part_name}>").replace("\\", "")
        return f"/{plain} {self.name}".rstrip()


@dataclass(frozen=True)
class Caller:
    """Who asks: the cookies and headers of a role."""

    role: str
    cookies: dict[str, str]
    headers: dict[str, str]

    def ask(self, address: Address, method: str) -> str:
        """The status, or "login" where the answer leads to the sign-in page; whatever was done is undone.

        Templates are left empty: who may see a page is decided before, and filling them takes most of the time.
        """
        cache.clear()
        LEASES.clear()
        client = Client(raise_request_exception=False, headers=self.headers)
        client.cookies.load(self.cookies)
        with transaction.atomic(), mock.patch.object(Template, "render", return_value=""):
            response = client.generic(method, address.example)
            transaction.set_rollback(True)
        to_sign_in = re.match(r"/(accounts|admin)/login/", response.get("Location", ""))
        return "login" if to_sign_in and response.status_code == 302 else str(response.status_code)


def addresses() -> list[Address]:
    """Every address once, in English: the same views answer below /ru/."""
    found = dict.fromkeys(patterns(get_resolver(settings.ROOT_URLCONF), ""))
    return [Address(*one, f"/{example(*one)}") for one in found]


def patterns(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, str]]:
    """The routes below a resolver, each with the name of its view."""
    for pattern in resolver.url_patterns:
        own = (
            re.sub(r"\(\?:\^|\^|\\Z|\$", "", str(pattern.pattern))
            if _is_regex(pattern)
            else str(pattern.pattern)
        )
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, f"{prefix}{own}")
        else:
            yield f"{prefix}{own}", pattern.name or ""


def _is_regex(pattern: Any) -> bool:
    return isinstance(pattern.pattern, RegexPattern)


def example(route: str, name: str) -> str:
    """A route with its parts filled in."""
    route = re.sub(r"<uuid:\w+>", str(TABLE if "/table/" in route else DOCUMENT), route)
    written = PLACE.sub(lambda found: part(found[1], "", route, name), route)
    return filled(written, lambda part_name, inside: part(part_name, inside, route, name)).replace("\\", "")


def filled(route: str, fill: Callable[[str, str], str]) -> str:
    """A route with something in place of each group of its expression, made of the group's name and inside."""
    while group := GROUP.search(route):
        end = _closing(route, group.start())
        inside = route[group.end() : end]
        route = f"{route[: group.start()]}{fill(group[1], inside)}{route[end + 1 :]}"
    return route


def _closing(text: str, start: int) -> int:
    """Where the bracket that opens at a place is closed."""
    depth = 0
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place
    raise AssertionError(f"{text} has a bracket without end")


def part(part_name: str, pattern: str, route: str, name: str) -> str:
    """What stands for one part of an address."""
    if part_name in ("form", "format"):
        return pattern.split("|", maxsplit=1)[0] if re.fullmatch(r"[a-z|]+", pattern) else "json"
    if part_name == "kind":
        return "state"
    if part_name == "pk" and "/webauthn/keys/" in route:
        return str(KEY)
    if part_name == "token":
        return f"{'x' * 43}.y"
    if part_name == "content_type_id":
        return str(ContentType.objects.get(app_label="members", model="state").pk)
    if part_name in ("object_id", "id") and route.startswith("admin/"):
        return str(key_of(*(route.split("/")[1:3])))
    if route.startswith("admin/"):
        return PARTS.get(part_name, "1")
    return PARTS.get(part_name) or id_of(name)


def id_of(name: str) -> str:
    """The id for a page or an API address of one record."""
    base = name.removesuffix("-as")
    if base in IDS:
        return IDS[base]
    listing = base.removeprefix("api-").removesuffix("-record") if base.startswith("api-") else f"{base}s"
    return str(data(f"/api/v1/{LISTS.get(base, listing)}/?page_size=1")["results"][0]["id"])


def key_of(app: str, model: str) -> Any:
    """The key of a row that an address of the admin may name: one that every role could meet."""
    if app == "r":
        app, model = "members", "state"
    rows = apps.get_model(app, model)._default_manager
    if rows.model is Revision:
        rows = rows.filter(state="pending")
    if rows.model is User:
        rows = rows.filter(email="anna@example.org")
    first = rows.order_by("pk").first()  # of a model without rows the first that would be
    return first.pk if first else 1


def people() -> None:
    """An account, a group, a token and an invitation, for addresses that name one."""
    anna = User.objects.create_user("anna@example.org", is_staff=True)
    ApiToken.objects.issue(anna, "harvester", scopes=["read"])
    group = Group.objects.get(name="editor")
    invite(Invitation(email="new@example.org", group=group), by=anna, at=datetime(2026, 3, 5, tzinfo=UTC))


def work() -> None:
    """What curators have brought and begun, for addresses that name it; a source has the file of the document."""
    editor, publisher = (User.objects.get(email=f"{name}@example.org") for name in ("editor", "publisher"))
    waits = brought(editor)
    waits.note_choices(suggested(press()).as_json())
    source = Source(title="A text with its file", checksum=waits.file.sha256, file_name=waits.file.name)
    published(source, "00withfile")
    file = StoredFile.objects.keep(b"id,name_en\n", name="states.csv", media_type="text/csv", at=NOON)
    done = Upload.objects.bring(editor, file, kind=Kind.TABLE, at=NOON, choices={"kind": "state"})
    done.decide(State.CONFIRMED, at=NOON)
    for upload, key in ((waits, DOCUMENT), (done, TABLE)):
        Upload.objects.filter(pk=upload.pk).update(id=key)
    run = Task(pk=int(PARTS["pk"]), kind=TaskKind.CHECKS, began_by=publisher, began_at=NOON, ended_at=NOON)
    run.save()


def callers() -> list[Caller]:
    """One of each role, in the order of the file's columns."""
    now = timezone.now()
    owner = curator("administrator", "owner")
    scopes = list(Scope.values)
    _token, text = ApiToken.objects.issue(owner, "token", scopes=scopes)
    expired, old_text = ApiToken.objects.issue(owner, "expired", scopes=scopes)
    ApiToken.objects.filter(pk=expired.pk).update(
        created_at=now - timedelta(days=2), expires_at=now - timedelta(days=1)
    )
    closed = curator("administrator", "closed")
    curators = {name: curator(name) for name in GROUPS}
    for name, user in curators.items():
        give_all(user, KEY if name == GROUPS[0] else None)
    cookies = {name: entered(user) for name, user in curators.items()} | {"disabled": entered(closed)}
    User.objects.filter(pk=closed.pk).update(is_active=False)
    headers = {"token": text, "expired": old_text}
    return [
        Caller(
            role,
            {settings.SESSION_COOKIE_NAME: cookies[role]} if role in cookies else {},
            {"authorization": f"Bearer {headers[role]}"} if role in headers else {},
        )
        for role in ROLES
    ]


def entered(user: User) -> str:
    """The key of a session in which the person has just signed in, with the second factor."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    session = client.session
    just_used(session, user)
    return str(session.session_key)


def cell(statuses: dict[str, str]) -> str:
    """The answers of an address to one role, short: G reads, P posts, U puts, patches and deletes, O asks for options.

    A method that differs from its like stands by itself: H head, A patch, D delete.
    """
    words = [f"G{statuses['GET']}"]
    for letter, method, like in (
        ("H", "HEAD", "GET"),
        ("P", "POST", ""),
        ("U", "PUT", ""),
        ("A", "PATCH", "PUT"),
        ("D", "DELETE", "PUT"),
        ("O", "OPTIONS", ""),
    ):
        if not like or statuses[method] != statuses[like]:
            words.append(f"{letter}{statuses[method]}")
    return " ".join(words)


def status(text: str, method: str) -> str:
    """What a cell says of one method."""
    kept = {word[0]: word[1:] for word in text.split()}
    letters = {
        "GET": "G",
        "HEAD": "HG",
        "POST": "P",
        "PUT": "U",
        "PATCH": "AU",
        "DELETE": "DU",
        "OPTIONS": "O",
    }
    return next(kept[letter] for letter in letters[method] if letter in kept)


def read() -> dict[str, dict[str, str]]:
    """The file: for each address and role its cell."""
    if not FILE.exists():
        return {}
    lines = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            last = ""
            cells = {}
            for role in ROLES:
                last = last if row[role] == SAME else row[role]
                cells[role] = last
            lines[row["address"]] = cells
    return lines


def write(lines: dict[str, dict[str, str]]) -> None:
    """Keep the file, in the order of the addresses."""
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["address", *ROLES])
        for route in sorted(lines):
            cells = [lines[route][role] for role in ROLES]
            shown = [SAME if at and one == cells[at - 1] else one for at, one in enumerate(cells)]
            writer.writerow([route, *shown])
