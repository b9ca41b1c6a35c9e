"""The search language as the help page shows it; a test asks every example of the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


#: What becomes of the examples of a section: they find something; they are mended, and it is said; they ask for
#: nothing, and it is said; they find nothing, and what was meant is offered; they are refused with their place.
Outcome = Literal["found", "mended", "nothing", "meant", "refused"]


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
    outcome: Outcome = "found"


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
            Example("миротвор*", _("the same in Russian")),
        ),
    ),
    Section(
        "names",
        _("Names"),
        _(
            "States, people, organs, treaties and headings are found under every name that is known: English, Russian, "
            "native, former, short and official."
        ),
        (
            Example(
                "Токаев",
                _("a name in any spelling that is known: what is found under one is found under all"),
            ),
            Example("Pashinyan, N.", _("a family name with an initial, in either order")),
            Example("Lukashenka", _("another romanisation")),
            Example("Kirgizia", _("a former name of a state")),
            Example("ОДКБ", _("an abbreviation, in either language")),
            Example('="Tokayev"', _("this spelling alone")),
        ),
    ),
    Section(
        "phrases",
        _("Phrases and neighbours"),
        _("Quotation marks of any kind keep words together; common words count inside them."),
        (
            Example('"collective defence"', _("the words behind each other")),
            Example('="collective security"', _("the words behind each other, in these very forms")),
            Example("peacekeep* NEAR/5 UN", _("at most five words apart, in either order")),
            Example("(border OR frontier) NEAR/10 afghan*", _("one of two words near another")),
        ),
    ),
    Section(
        "articles",
        _("Articles"),
        _(
            "A word for article and its number are one: Article 4 is never Article 40. A reference as a whole leads "
            "to what it cites."
        ),
        (
            Example("Article 4", _("the article, also as Art. 4, ст. 4 or § 4, and never Article 40")),
            Example("ст. 4", _("the same in Russian")),
            Example("§ 4 aggression", _("an article and a word")),
            Example("CST art. 4", _("a reference: the way there stands above the results")),
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
            Example("charter AND protocol", _("both, as without AND")),
            Example("afghanistan (border OR frontier)", _("the first word and one of the others")),
            Example("charter -protocol", _("the first word, without the second")),
            Example("charter NOT protocol", _("the same")),
            Example("security -(drugs OR border)", _("the first word, without any of the others")),
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
            Example('state:"Республика Казахстан" peacekeeping', _("the same state by another of its names")),
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
            Example("treaty -type:statement", _("a field left out")),
        ),
    ),
    Section(
        "dates",
        _("Days and years"),
        _("A day, a month or a year; both ends of a range are included. A record without a date meets none."),
        (
            Example("year:2010..2022 chairmanship", _("a year, or a range of years")),
            Example("year:2022-01 kazakhstan", _("a month")),
            Example("year:..1999 treaty", _("a range without a beginning, or without an end")),
            Example("before:2015-01-01 peacekeeping", _("until a day, a month or a year, which is included")),
            Example("after:2021-06 exercise", _("from a day, a month or a year on")),
        ),
    ),
    Section(
        "slips",
        _("Slips are mended"),
        _("What cannot be meant so is read as it can be, and the answer says how."),
        (
            Example('"collective defence', _("a quotation mark that stands alone is left out")),
            Example("afghanistan (border", _("a bracket that stands alone is left out")),
            Example("charter OR", _("an operator that joins nothing is left out")),
            Example("«collective defence»", _("typographic marks are marks of a phrase")),
            Example("subject:afghanistan", _("what is no field is searched as words")),
            Example("*keeping", _("a star counts at the end of a word alone")),
            Example("which countries are in the CSTO", _("the words of a question are left out")),
        ),
        "mended",
    ),
    Section(
        "nothing",
        _("What asks for nothing"),
        _("These find nothing, and the answer says why; they never stand for everything."),
        (
            Example("-treaty", _("only words to leave out")),
            Example("the of and", _("only common words")),
            Example("*", _("a star alone")),
        ),
        "nothing",
    ),
    Section(
        "meant",
        _("Misspelt words"),
        _(
            "A word that no record holds is offered put right, as a link; it is never searched in place of what was "
            "asked."
        ),
        (
            Example("pecekeeping afganistan", _("letters left out, added or exchanged")),
            Example("безопастность", _("the same in Russian")),
            Example("njrftd", _("Russian typed on an English keyboard, or the other way round")),
            Example("ustav ODKB", _("Russian in Latin letters")),
        ),
        "meant",
    ),
    Section(
        "refused",
        _("What is refused"),
        _(
            "A field whose value cannot be read is refused, with its place in the query and what would be valid."
        ),
        (
            Example("before:tomorrow", _("no day, month or year")),
            Example("state:kazahkstan", _("no id and no published name; the nearest is named")),
            Example("treaty NEAR/99 peace", _("a distance beyond thirty words")),
        ),
        "refused",
    ),
)
