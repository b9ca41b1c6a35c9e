"""The search language as the help page shows it; a test asks every example of the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Example(NamedTuple):
    """A query and what it finds."""

    query: str
    meaning: StrPromise


class Section(NamedTuple):
    """Examples that belong together."""

    id: str
    title: StrPromise
    lead: StrPromise
    examples: tuple[Example, ...]


SECTIONS = (
    Section(
        "words",
        _("Words"),
        _("All words must be in a record, in any order and in any of their forms, English or Russian."),
        (
            Example("afghanistan terrorism", _("both words, in any form")),
            Example("договор", _("any form of the Russian word; capitals and ё make no difference")),
            Example("=security", _("this very form of the word, no other")),
            Example("terror*", _("every word that begins so")),
            Example(
                "Токаев",
                _("a name in any spelling that is known: what is found under one is found under all"),
            ),
            Example('="Tokayev"', _("this spelling alone")),
        ),
    ),
    Section(
        "phrases",
        _("Phrases and neighbours"),
        _("Quotation marks of any kind keep words together; common words count inside them."),
        (
            Example('"collective defence"', _("the words behind each other")),
            Example("peacekeep* NEAR/5 UN", _("at most five words apart, in either order")),
            Example("Article 4", _("the article, also as Art. 4, ст. 4 or § 4, and never Article 40")),
        ),
    ),
    Section(
        "logic",
        _("Either, and, without"),
        _(
            "OR binds closer than standing side by side; brackets group. The words OR, AND and NOT are "
            "written in capitals."
        ),
        (
            Example("border OR frontier", _("one of the two")),
            Example("afghanistan (border OR frontier)", _("the first word and one of the others")),
            Example("charter -protocol", _("the first word, without the second")),
            Example("charter NOT protocol", _("the same")),
        ),
    ),
    Section(
        "fields",
        _("Fields"),
        _(
            "A field narrows to records of a state, a person, a day. Its value is an id or any published "
            "name; put a name of several words in quotation marks."
        ),
        (
            Example("state:kaz peacekeeping", _("records that have to do with a state")),
            Example("speaker:tokayev", _("what somebody said")),
            Example("person:pashinyan", _("sessions in which somebody sat, and the person")),
            Example("organ:csc", _("texts and sessions of an organ")),
            Example("topic:afghanistan", _("records under a heading, or a narrower one")),
            Example("type:statement", _("one kind of record")),
            Example("kind:declaration", _("a finer kind, as the lists have it")),
            Example("lang:ru", _("texts known in a language")),
            Example("cites:cst/art-4", _("texts and invocations that cite an article")),
            Example("inside:cst aggression", _("one treaty and its articles, or one statement, alone")),
            Example("session:2022-05-16-moscow", _("texts of one session")),
            Example("year:2010..2022 chairmanship", _("a year, or a range of years")),
            Example("before:2015-01-01 peacekeeping", _("until a day, a month or a year, which is included")),
            Example("after:2021-06 exercise", _("from a day, a month or a year on")),
        ),
    ),
)
