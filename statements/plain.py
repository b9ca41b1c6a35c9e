"""A statement as plain text: who issued it, its passages with their numbers, and at the end where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cstokb.dates import describe
from statements.choices import Adopted, JoinedStanding, StatementKind
from statements.documents import StatementDocument, Words
from summits.facts import sentence
from treaty.akomantoso.tree import paragraphs
from treaty.choices import TextStanding
from treaty.documents import speaking
from treaty.plain import WIDTH, wrapped


def text(of: StatementDocument) -> str:
    """The statement in lines of at most 78 characters save where an address is longer."""
    with speaking(of.language):
        blocks = [*_head(of), *_body(of), *_foot(of)]
        return "\n\n".join(blocks) + "\n"


def _head(of: StatementDocument) -> Iterator[str]:
    title = wrapped(of.title, "")
    yield title + "\n" + "=" * max(len(line) for line in title.splitlines())
    values = of.line.values
    kind = sentence(str(StatementKind(values["type"]).label))
    day = describe(of.issued, "ru" if of.spoken == "ru" else "en")
    who = ", ".join(part for part in (of.issuer, of.office) if part)
    yield wrapped(f"{kind}. {who}. {sentence(day)}.", "")
    if values["title_is_ours"]:
        yield wrapped(_("The title is in our words."), "  ! ", "    ")
    if values["adopted"] != Adopted.YES:
        yield wrapped(sentence(str(Adopted(values["adopted"]).label)), "  ! ", "    ")


def _body(of: StatementDocument) -> Iterator[str]:
    if of.text is None:
        not_held = _(
            "The text of this statement is not held. What stands here is a summary in our own words."
        )
        yield wrapped(not_held, "  ! ", "    ")
        if of.summary:
            yield wrapped(of.summary, "  ")
        return
    standing = sentence(str(TextStanding(of.text["standing"]).label))
    partial = "" if of.text["complete"] else f" {_('Only some passages held')}."
    yield wrapped(f"[{standing}.{partial}]", "")
    for one in of.passages:
        yield from _passage(one, of)


def _passage(one: Words, of: StatementDocument) -> Iterator[str]:
    number = f"[{one.anchor.removeprefix('p')}] "
    first, *further = paragraphs(one.text) or [""]
    yield wrapped(first, number, "    ")
    yield from (wrapped(words, "    ") for words in further)
    notes = [*_said_of(one, of)]
    if notes:
        yield "\n".join(wrapped(note, "      * ", "        ") for note in notes)


def _said_of(one: Words, of: StatementDocument) -> Iterator[str]:
    if one.speaker:
        yield ", ".join(part for part in (one.speaker.label(of.spoken), one.office) if part)
    if one.quotes:
        yield f"{_('from:')} {one.quotes}"
    cites = [named.label(of.spoken) for named in one.cites if named not in one.leans_on]
    if cites:
        yield f"{_('Cites:')} " + "; ".join(cites)
    if one.leans_on:
        yield f"{_('Leans on:')} " + "; ".join(named.label(of.spoken) for named in one.leans_on)
    if one.note:
        yield one.note


def _foot(of: StatementDocument) -> Iterator[str]:
    if of.states:
        said = [
            f"{state.label(of.spoken)}: {JoinedStanding(standing).label}" for state, standing in of.states
        ]
        yield wrapped(f"{_('States and the text')}. " + "; ".join(said) + ".", "")
    yield "-" * WIDTH
    yield _("Source: CSTO Knowledge Base, %(url)s") % {"url": f"{of.site}{of.path}"}
