"""An instrument as plain text: headings, articles, notes, and at the end where it comes from."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cstokb.dates import HistoricDate, describe
from treaty.akomantoso.tree import paragraphs
from treaty.choices import ProvisionKind, TextStanding
from treaty.documents import Document, Passage, no_text_remark, restatement_remark, speaking

WIDTH = 78
MEDIA_TYPE = "text/plain; charset=utf-8"


def text(of: Document) -> str:
    """The instrument as of its day, in lines of at most 78 characters save where an address is longer."""
    with speaking(of.language):
        blocks = [*_head(of), *(block for one in of.passages for block in _provision(one, of)), *_foot(of)]
        return "\n\n".join(blocks) + "\n"


def _head(of: Document) -> Iterator[str]:
    title = wrapped(of.title, "")
    yield title + "\n" + "=" * max(len(line) for line in title.splitlines())
    day = _("As of %(day)s.") % {"day": _day(of)}
    yield wrapped(" ".join(part for part in (of.lede, day) if part), "")
    for words in (restatement_remark(of), no_text_remark(of)):
        if words:
            yield wrapped(words, "  ! ", "    ")
    if of.title_is_ours:
        yield wrapped(_("The title is our wording; the official title was not seen."), "  ! ", "    ")


def _provision(one: Passage, of: Document) -> Iterator[str]:
    heading = wrapped(". ".join(part for part in (one.name, one.heading) if part), "")
    if one.type == ProvisionKind.CHAPTER:
        heading += "\n" + "-" * max(len(line) for line in heading.splitlines())
    yield heading
    if one.notice:
        yield wrapped(f"[{one.notice}]", "  ")
    if one.wording:
        yield from (wrapped(words, "  ") for words in paragraphs(one.wording.text))
        marks = [*_standing(one)]
        if marks:
            yield wrapped(f"[{' '.join(marks)}]", "  ")
    notes = [*one.notes]
    if one.refers_to:
        notes.append(_("Refers to") + ": " + "; ".join(named.label(of.language) for named in one.refers_to))
    if notes:
        yield "\n".join(wrapped(note, "    * ", "      ") for note in notes)
    for child in one.children:
        yield from _provision(child, of)


def _standing(one: Passage) -> Iterator[str]:
    """What the words are worth, said below them."""
    if one.wording:
        label = str(TextStanding(one.wording.standing).label)
        yield f"{label[:1].upper()}{label[1:]}."
    if one.fallback:
        yield _("No wording in the language asked for is held.")


def _foot(of: Document) -> Iterator[str]:
    yield "-" * WIDTH
    lines = [_("Source: CSTO Knowledge Base, %(url)s") % {"url": f"{of.site}{of.address()}"}]
    if of.values["official_url"]:
        lines.append(_("Official text: %(url)s") % {"url": of.values["official_url"]})
    yield "\n".join(lines)


def _day(of: Document) -> str:
    return describe(HistoricDate.of_day(of.day), "ru" if of.language == "ru" else "en")


def wrapped(words: str, first: str, rest: str | None = None) -> str:
    """Words in lines, each at the left margin that its kind has; no-break spaces keep."""
    return textwrap.fill(
        " ".join(words.split(" ")),
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
