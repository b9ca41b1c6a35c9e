"""The language of words by their letters: our notes and titles are English where none stands in Russian."""

from __future__ import annotations

import re

_CYRILLIC, _LATIN = re.compile(r"[А-Яа-яЁё]"), re.compile(r"[A-Za-z]")


def foreign(text: str | None, language: str) -> str:
    """The language of a text, for its ``lang``, where its letters say that it is not that of the page; else empty.

    A few words in other letters, such as a name, do not change the language of a text.
    """
    cyrillic, latin = len(_CYRILLIC.findall(text or "")), len(_LATIN.findall(text or ""))
    if language == "ru":
        return "en" if latin and not cyrillic else ""
    return "ru" if cyrillic > latin else ""


def title_language(title: str | None, written_in: str | None, language: str) -> str:
    """The language of a source's title, which may be ours: a Russian source whose title has no Russian letters."""
    if written_in in (None, "", "en", "ru"):
        return foreign(title, language)
    return str(written_in)
