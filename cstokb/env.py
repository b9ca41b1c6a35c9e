"""Settings from the environment: typed, and a wrong or missing value is told in one sentence.

Three modes, chosen by ``DJANGO_ENV``: empty is a checkout on somebody's own machine, ``test`` is the test
suite, ``production`` is a server. Only the first reads ``var/local.env``; only the last must be given values.
"""

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

MODES = ("", "test", "production")
YES = {"1", "yes", "true", "on"}
NO = {"0", "no", "false", "off"}
SHORTEST_SECRET = 50
SMTP = "django.core.mail.backends.smtp.EmailBackend"
MAIL_SECONDS = 10
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


class Environment:
    """The values a process was started with, read by type.

    Every reader raises ``ImproperlyConfigured`` with a sentence that names the variable and what is expected.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.mode = values.get("DJANGO_ENV", "").strip()
        if self.mode not in MODES:
            raise ImproperlyConfigured(
                f'DJANGO_ENV is "{self.mode}"; it may be empty, "test" or "production".'
            )

    @classmethod
    def load(cls, local_file: Path) -> "Environment":
        """Read the process's variables and, in a checkout, ``local_file``; the process's own win over it."""
        values = dict(os.environ)
        if not values.get("DJANGO_ENV", "").strip() and local_file.is_file():
            values = environ_file(local_file) | values
        return cls(values)

    @property
    def production(self) -> bool:
        return self.mode == "production"

    def text(self, name: str, default: str | None = None, *, local: str | None = None) -> str:
        """Text. ``local`` stands in outside production; without it and ``default`` a value is required."""
        value = self.values.get(name, "").strip()
        if value:
            return value
        if local is not None and not self.production:
            return local
        if default is None:
            raise ImproperlyConfigured(f"{name} is not set; docs/operations.md says what it is.")
        return default

    def flag(self, name: str, default: bool) -> bool:
        """Yes or no."""
        value = self.text(name, "").lower()
        if value in YES | {""}:
            return True if value else default
        if value in NO:
            return False
        raise ImproperlyConfigured(f'{name} is "{value}"; it may be yes or no.')

    def debug(self, name: str) -> bool:
        """Whether errors are shown in full; in production they never are."""
        value = self.flag(name, False)
        if value and self.production:
            raise ImproperlyConfigured(f"{name} is on; in production errors are never shown in full.")
        return value

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        """A whole number, ``least`` or more."""
        value = self.text(name, str(default))
        if value.isascii() and value.isdigit() and int(value) >= least:
            return int(value)
        raise ImproperlyConfigured(f'{name} is "{value}"; it must be a whole number, {least} or more.')

    def words(self, name: str, default: list[str] | None = None) -> list[str]:
        """A list separated by commas."""
        return [word.strip() for word in self.text(name, "").split(",") if word.strip()] or (default or [])

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        """One of the words in ``allowed``."""
        value = self.text(name, default)
        if value in allowed:
            return value
        raise ImproperlyConfigured(f'{name} is "{value}"; it may be {", ".join(allowed)}.')

    def zone(self, name: str, default: str) -> ZoneInfo:
        """A time zone by its name in the IANA database."""
        value = self.text(name, default)
        try:
            return ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            said = f'{name} is "{value}"; it must be a time zone such as Europe/Moscow or UTC.'
            raise ImproperlyConfigured(said) from None

    def secret(self, name: str) -> str:
        """The signing key. In a checkout without one a new key is made for this process alone."""
        value = self.text(name, local=get_random_secret_key())
        if self.production and (len(value) < SHORTEST_SECRET or len(set(value)) < 5):
            raise ImproperlyConfigured(
                f"{name} is easy to guess; it must be {SHORTEST_SECRET} random characters or more."
            )
        return value

    def site_url(self, name: str, local: str) -> str:
        """Scheme and host of the public address, without a path; in production it is https."""
        value = self.text(name, local=local).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
            raise ImproperlyConfigured(f'{name} is "{value}"; it must look like https://kb.example.org.')
        if self.production and parts.scheme != "https":
            raise ImproperlyConfigured(f'{name} is "{value}"; in production it must begin with https://.')
        return value

    def hosts(self, name: str) -> list[str]:
        """Host names that may be asked for; in production they must be given and "*" is refused."""
        hosts = self.words(name, None if self.production else LOCAL_HOSTS)
        if not hosts:
            raise ImproperlyConfigured(f"{name} is not set; it names the hosts this server answers for.")
        if "*" in hosts and self.production:
            raise ImproperlyConfigured(f'{name} holds "*"; name the hosts this server answers for.')
        return hosts

    def database(self, name: str) -> dict[str, Any] | None:
        """Django's settings for the database that a URL names, or None where there is no URL."""
        return self._url(name, environ.Env.db_url_config, ("postgres", "postgresql", "sqlite"))

    def cache(self, name: str) -> dict[str, Any] | None:
        """Django's settings for the cache that a URL names, or None where there is no URL."""
        return self._url(name, environ.Env.cache_url_config, ("redis", "rediss"))

    def mailer(self, name: str, default: str) -> dict[str, Any]:
        """Backend and options of the way mail is sent, in the form of Django's MAILERS."""
        schemes = ("smtp", "smtp+tls", "smtp+ssl", "consolemail")
        config = self._url(name, environ.Env.email_url_config, schemes, default) or {}
        if config["EMAIL_BACKEND"] != SMTP:
            return {"BACKEND": config["EMAIL_BACKEND"], "OPTIONS": {}}
        options = {
            "host": config["EMAIL_HOST"] or "localhost",
            "port": config["EMAIL_PORT"] or 25,
            "username": config["EMAIL_HOST_USER"] or "",
            "password": config["EMAIL_HOST_PASSWORD"] or "",
            "use_tls": config.get("EMAIL_USE_TLS", False),
            "use_ssl": config.get("EMAIL_USE_SSL", False),
            "timeout": MAIL_SECONDS,
        }
        return {"BACKEND": SMTP, "OPTIONS": options}

    def _url(
        self, name: str, parse: Any, schemes: tuple[str, ...], default: str = ""
    ) -> dict[str, Any] | None:
        value = self.text(name, default)
        if not value:
            return None
        scheme = value.partition("://")[0]
        if scheme not in schemes:
            # Never the value itself: it may hold a password, and this sentence ends in logs.
            raise ImproperlyConfigured(f"{name} must begin with {', '.join(schemes)} and ://.")
        try:
            return dict(parse(value))
        except (ValueError, KeyError, ImproperlyConfigured) as error:
            raise ImproperlyConfigured(f"{name} cannot be read as an address of {scheme}.") from error


def need_package(module: str, setting: str, extra: str) -> None:
    """Raise ``ImproperlyConfigured`` when a setting asks for a package that is not installed."""
    if find_spec(module) is None:
        raise ImproperlyConfigured(f'{setting} needs the packages of the extra "{extra}" (pyproject.toml).')


def environ_file(path: Path) -> dict[str, str]:
    """Read ``NAME=value`` lines; empty lines and lines that begin with # are passed over."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}
