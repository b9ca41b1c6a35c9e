"""The lists of statements, of how states stood to them, and of their passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import BigIntegerField, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cstokb.dates import Answer
from cstokb.listing.ask import Ask
from cstokb.listing.columns import (
    Boolean,
    Choice,
    Data,
    Date,
    Integer,
    OfEntry,
    Parted,
    Ref,
    RefName,
    Refs,
    Text,
    Texts,
    bilingual,
    utc,
)
from cstokb.listing.filterset import Rows
from cstokb.listing.listing import Listing
from cstokb.listing.ordering import Key, newest_first, oldest_first
from cstokb.listing.panels import Panel
from cstokb.listing.table import Row
from cstokb.records.choices import Language
from statements import cards, filters
from statements.choices import (
    Adopted,
    IssuerKind,
    JoinedStanding,
    PassageRole,
    ReferenceBasis,
    StatementKind,
    SummaryBasis,
)
from statements.citing import Citing, citations_of, names_in
from statements.filters import STOOD_APART, STOOD_BEHIND
from statements.models import Joined, Passage, Statement, StatementText
from statements.parts import StatementParts, statement_parts
from treaty.choices import TextStanding


def _text(label: Any = "") -> serializers.CharField:
    return serializers.CharField(allow_null=True, help_text=str(label))


# -- statements ----------------------------------------------------------------------------------------------------


def _with_text(rows: Rows, ask: Ask) -> Rows:
    """Statements with whether any of their words are held."""
    # Of each row that is shown: PostgreSQL would make a table of all texts for whether one exists.
    texts = ask.scope.rows(StatementText).filter(statement_id=OuterRef("entry_id"))
    text = Subquery(texts.values("pk")[:1])
    annotated: Rows = rows.annotate(text_held=IsNull(text, rhs=False))
    return annotated


def _with_text_of_all(rows: Rows, ask: Ask) -> Rows:
    """The same for counting, where a table of all texts is quickest."""
    texts = ask.scope.all_but_hidden(StatementText).filter(statement_id=OuterRef("entry_id"))
    annotated: Rows = rows.annotate(text_held=Exists(texts))
    return annotated


def _details(rows: Sequence[Row], ask: Ask) -> Mapping[int, StatementParts]:
    return {row["entry_id"]: statement_parts(row, ask) for row in rows}


def _stood(*standings: JoinedStanding) -> Any:
    return lambda row, made: [
        one["state_id"] for one in made[row["entry_id"]].stood if one["standing"] in standings
    ]


def _standings(row: Row, made: Mapping[int, StatementParts]) -> list[dict[str, Any]]:
    return [
        {
            "id": one["entry__slug"],
            "state": one["state_id"],
            "standing": one["standing"],
            "member_then": made[row["entry_id"]].was_member(one["state_id"], row["issued_on"]),
            "reason_en": one["reason_en"] or None,
            "reason_ru": one["reason_ru"] or None,
        }
        for one in made[row["entry_id"]].stood
    ]


def _texts(row: Row, made: Mapping[int, StatementParts]) -> list[dict[str, Any]]:
    names = ("language", "original", "standing", "complete")
    return [
        {"id": text["entry__slug"], **{name: text[name] for name in names}}
        for text in made[row["entry_id"]].texts
    ]


STATEMENT_DETAILS = (
    Refs("joined", _("states that stood behind the text"), _stood(*STOOD_BEHIND)),
    Refs("not_joined", _("states that did not join or were absent"), _stood(*STOOD_APART)),
    Data(
        "standings",
        _("how each state stood to the text; one without a row is no answer"),
        _standings,
        ids=("state",),
        title="StatementStanding",
        members={
            "id": serializers.CharField(),
            "state": _text(),
            "standing": serializers.ChoiceField(choices=JoinedStanding.values),
            "member_then": serializers.ChoiceField(
                choices=[one.value for one in Answer],
                allow_null=True,
                help_text=str(
                    _("Whether it was a member of the Organization that day; null before its first member.")
                ),
            ),
            "reason_en": _text(),
            "reason_ru": _text(),
        },
    ),
    Data(
        "texts",
        _("words held, by language"),
        _texts,
        title="StatementLanguageVersion",
        members={
            "id": serializers.CharField(),
            "language": serializers.ChoiceField(choices=Language.values),
            "original": serializers.BooleanField(),
            "standing": serializers.ChoiceField(choices=TextStanding.values),
            "complete": serializers.BooleanField(),
        },
    ),
)

STATEMENTS = Listing(
    kind="statement",
    citable=True,
    model=Statement,
    filters=filters.StatementFilter,
    api="statements",
    path="/statements/",
    title=_("Statements"),
    description=_(
        "Texts issued by organs, by states together and by speakers. Summaries are ours and say so."
    ),
    heading=("title_en", "title_ru"),
    order=newest_first("issued_on"),
    facets=(
        "type",
        "held",
        "issuer",
        "organ",
        "state",
        "joined",
        "not_joined",
        "adopted",
        "lang",
        "year",
        "topic",
    ),
    dated="issued_on",
    summary=("summary_en", "summary_ru"),
    base=_with_text,
    counted=_with_text_of_all,
    columns=(
        *bilingual("title", _("title"), _("title (Russian)")),
        Boolean("title_is_ours", _("the title is our wording")),
        Choice("type", _("kind"), words=StatementKind),
        Date("issued_on", _("date")),
        Choice("issuer", _("issued by"), words=IssuerKind),
        *bilingual("issuer", _("issuer in words"), _("issuer in words (Russian)")),
        Ref("organ", _("organ")),
        Ref("speaker", _("speaker")),
        RefName("speaker_name", _("name of the speaker"), "speaker"),
        Ref("speaker_state", _("state for which the speaker spoke")),
        *bilingual("speaker_office", _("speaker's office on that day"), _("the same in Russian")),
        Ref("session", _("session")),
        *bilingual("meeting", _("meeting"), _("meeting (Russian)")),
        *bilingual("place", _("place"), _("place (Russian)")),
        Ref("instrument", _("instrument that is the same text")),
        Choice("adopted", _("adopted"), words=Adopted),
        Texts(
            "languages",
            _("languages in which the text is known to exist"),
            Parted("languages"),
            needs=("languages",),
        ),
        Boolean("text_held", _("whether any of its words are held")),
        *bilingual("summary", _("summary in our words"), _("summary in our words (Russian)")),
        Choice("summary_basis", _("the summary rests on"), words=SummaryBasis),
    ),
    details=STATEMENT_DETAILS,
    prepare_details=_details,
    card=cards.statement_card,
)

# -- how states stood to texts -------------------------------------------------------------------------------------


ISSUED = ("issued_on", "issued_on_min", "issued_on_max")


def _of_one(rows: Rows, names: Sequence[str]) -> dict[str, Any]:
    """Some columns of the one row that a row hangs on."""
    return {name: Subquery(rows.values(name)[:1]) for name in names}


def _with_date(rows: Rows, ask: Ask) -> Rows:
    """How states stood, with the date of the text."""
    statements = ask.scope.rows(Statement).filter(entry_id=OuterRef("statement_id"))
    annotated: Rows = rows.annotate(**_of_one(statements, ISSUED))
    return annotated


JOINED = Listing(
    kind="joined",
    model=Joined,
    filters=filters.JoinedFilter,
    api="joined",
    path="/joined/",
    title=_("States behind texts"),
    description=_(
        "How each state stood to each collective text. Of a state that is not listed for a text it is not known."
    ),
    order=(*newest_first("issued_on"), Key("statement_id")),
    facets=("state", "standing", "year"),
    dated="issued_on",
    home="statement",
    base=_with_date,
    columns=(
        Ref("statement", _("statement")),
        RefName("statement_title", _("title of the statement"), "statement"),
        Date("issued_on", _("date of the statement")),
        Ref("state", _("state")),
        RefName("state_name", _("name of the state"), "state"),
        Choice("standing", _("standing"), words=JoinedStanding),
        *bilingual("reason", _("reason"), _("reason (Russian)")),
    ),
    card=cards.joined_card,
)

# -- passages ------------------------------------------------------------------------------------------------------


def with_statement(rows: Rows, ask: Ask) -> Rows:
    """Passages with date and language of their text, and whose words they are: the speaker's, for which state.

    Statement and text are joined: each passage is public only while they are (law 6), and what is joined is looked up
    once for all that is read of it. As of a moment the rows of history are joined by nothing.
    """
    if ask.scope.known_on is not None:
        return with_statement_apart(rows, ask)
    said = {name: F(f"statement__{name}") for name in (*ISSUED, "speaker_id", "speaker_state_id")}
    return _with_statement(rows, ask, said, F("statement_text__language"))


def with_statement_apart(rows: Rows, ask: Ask) -> Rows:
    """The same, where most of it will not be read: what nobody asks for is left out of the question."""
    statements = ask.scope.rows(Statement).filter(entry_id=OuterRef("statement_id"))
    texts = ask.scope.rows(StatementText).filter(entry_id=OuterRef("statement_text_id"))
    said = _of_one(statements, (*ISSUED, "speaker_id", "speaker_state_id"))
    return _with_statement(rows, ask, said, Subquery(texts.values("language")[:1]))


def _with_statement(rows: Rows, ask: Ask, said: dict[str, Any], language: Any) -> Rows:
    quoted = ask.scope.rows(Statement).filter(entry_id=OuterRef("quotes_id"))
    annotated: Rows = rows.annotate(
        **{name: said[name] for name in ISSUED},
        said_by_id=Coalesce("speaker_id", said["speaker_id"], output_field=BigIntegerField()),
        spoken_for_id=Coalesce(
            Subquery(quoted.values("speaker_state_id")[:1]),
            said["speaker_state_id"],
            output_field=BigIntegerField(),
        ),
        language=language,
    )
    return annotated


def _cited(found: Sequence[Mapping[str, Any]]) -> list[int]:
    return [one["target"] for one in found]


def _references(row: Row, made: Citing) -> list[dict[str, Any]]:
    """The citations of a passage, with the very words where they stand in it."""
    return [
        {
            "target": one["target"],
            "basis": one["basis"],
            "start": one["start"],
            "end": one["end"],
            "words": row["text"][one["start"] : one["end"]] if one["end"] else None,
            "added_at": utc(one["added_at"]),
            "note_en": one["note_en"] or None,
            "note_ru": one["note_ru"] or None,
        }
        for one in made.get(row["entry_id"], ())
    ]


PASSAGES = Listing(
    kind="passage",
    model=Passage,
    filters=filters.PassageFilter,
    api="passages",
    path="/statements/passages/",
    title=_("Passages"),
    description=_("Paragraphs of texts whose words are held, each citable for ever by its anchor."),
    order=filters.IN_TEXT_ORDER,
    facets=("cites", "speaker", "state", "role", "lang", "year", "topic"),
    dated="issued_on",
    base=with_statement,
    counted=with_statement_apart,
    columns=(
        Ref("statement", _("statement")),
        RefName("statement_title", _("title of the statement"), "statement"),
        Date("issued_on", _("date of the statement")),
        Choice("language", _("language"), words=Language),
        Text("anchor", _("anchor")),
        Integer("order", _("place in the text")),
        Choice("role", _("what it is in its text"), words=PassageRole),
        Text("text", _("text")),
        Ref("speaker", _("speaker: named at the passage, else that of its text"), "said_by"),
        *bilingual("speaker_office", _("speaker's office on that day"), _("the same in Russian")),
        Ref("state", _("state for which the words were spoken"), "spoken_for"),
        Ref("quotes", _("statement whose words these are")),
        *bilingual("quotes", _("quoted text in words"), _("quoted text in words (Russian)")),
        Refs("cites", _("provisions and instruments that it cites or leans on"), OfEntry(_cited)),
    ),
    prepare=citations_of,
    names=names_in,
    details=(
        Data(
            "references",
            _("what it cites in its words or leans on as editors found"),
            _references,
            needs=("text",),
            ids=("target",),
            title="PassageCitation",
            members={
                "target": _text(_("The provision or instrument.")),
                "basis": serializers.ChoiceField(choices=ReferenceBasis.values),
                "start": serializers.IntegerField(allow_null=True, help_text=str(_("From this character."))),
                "end": serializers.IntegerField(allow_null=True, help_text=str(_("To before this one."))),
                "words": _text(_("The words between; null where an editor's tag rests on none.")),
                "added_at": serializers.DateTimeField(allow_null=True),
                "note_en": _text(),
                "note_ru": _text(),
            },
        ),
    ),
    prepare_details=citations_of,
    card=cards.passage_card,
)

#: Passages on the page of the provision or instrument that they cite.
CITING = Panel(
    PASSAGES,
    "cites",
    _("Passages that cite it or lean on it"),
    limit=50,
    counts=("year", "speaker", "state"),
)
#: Collective texts that a state did not join or from whose adoption it was absent, on its page, oldest first.
APART = Panel(
    STATEMENTS,
    "not_joined",
    _("Texts that it did not join"),
    limit=200,
    table=cards.apart_table,
    order=oldest_first("issued_on"),
    sort="date",
)
PANELS: dict[str, tuple[Panel, ...]] = {
    "session": (Panel(STATEMENTS, "session", limit=50),),
    "state": (Panel(STATEMENTS, "state"), APART),
    "person": (Panel(STATEMENTS, "speaker"),),
    "organ": (Panel(STATEMENTS, "organ"),),
    "provision": (CITING,),
    "instrument": (CITING,),
    "statement": (Panel(PASSAGES, "quotes", _("Quoted in"), limit=50),),
}
LISTINGS = (STATEMENTS, JOINED, PASSAGES)
