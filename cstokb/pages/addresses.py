"""Addresses of the frame round every page: the shelves, and the same page in the other language."""

from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Link(NamedTuple):
    """A link of the frame round every page."""

    url: str
    label: str
    current: bool


class LanguageLink(NamedTuple):
    """The same page in one of the languages of the site."""

    code: str
    label: str
    url: str
    current: bool


SHELVES = (
    ("/states/", _("States")),
    ("/treaties/", _("Treaties")),
    ("/summits/", _("Summits")),
    ("/statements/", _("Statements")),
    ("/people/", _("People")),
    ("/organs/", _("Organs")),
    ("/invocations/", _("Invocations")),
    ("/activities/", _("Activities")),
    ("/timeline/", _("Timeline")),
    ("/topics/", _("Topics")),
    ("/search/", pgettext_lazy("shelf", "Search")),
)
OWN_NAMES = {"en": "English", "ru": "Русский"}


def in_language(path: str, code: str) -> str:
    """The address of a page of this site in a language: English stands at the root, others below their code."""
    bare = english_path(path)
    return bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}"


def english_path(path: str) -> str:
    """The address without its language; never one that a browser takes for another host."""
    for code, _label in settings.LANGUAGES:
        if path == f"/{code}" or path.startswith(f"/{code}/"):
            path = path[len(code) + 1 :]
    return "/" + path.lstrip("/\\")


def active_language() -> str:
    """The language of the page, as its address has it."""
    return (get_language() or settings.LANGUAGE_CODE).partition("-")[0]


def is_followable(url: str) -> bool:
    """Whether an address is of this site or of the web; a `javascript:` one from a source's record is not."""
    return url.startswith(("/", "#", "?", "http://", "https://"))
