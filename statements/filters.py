"""What lists of statements and passages can be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from cstokb.listing.ask import Ask
from cstokb.listing.filters import (
    BY_NAME,
    TEXT,
    After,
    Before,
    ChoiceFilter,
    ConfidenceFilter,
    Dated,
    KnownOn,
    RecordFilter,
    Sort,
    TopicFilter,
    Year,
    count_by,
)
from cstokb.listing.filterset import Rows, StrictFilterSet
from cstokb.listing.ordering import Key, newest_first, oldest_first
from cstokb.listing.text import TextFilter
from cstokb.records.choices import Language
from cstokb.records.models import Entry
from cstokb.records.naming import Wanted
from statements.choices import Adopted, IssuerKind, JoinedStanding, PassageRole, StatementKind, SummaryBasis
from statements.citing import CERTAIN, cited_then, citing_passages
from statements.models import DetectedCitation, Joined, Passage, PassageReference, StatementText
from summits.filters import LinkFilter, OneDay, Whether, name_box

#: A state stood behind a text that it joined, with a reservation or without.
STOOD_BEHIND = (JoinedStanding.JOINED, JoinedStanding.WITH_RESERVATION)
#: A state of which the records say that it stood apart. One without a record, or not known, is no answer.
STOOD_APART = (JoinedStanding.DID_NOT_JOIN, JoinedStanding.ABSENT)

IN_TEXT_ORDER = (
    *newest_first("issued_on"),
    Key("statement_id"),
    Key("statement_text_id"),
    Key("order"),
)


class EitherFilter(RecordFilter):
    """Statements that name any of some records in one of two places: their own column, or rows that hang on them.

    A subclass says which. A statement that names a record twice counts once.
    """

    def either(self, ids: Any) -> Q:
        """The condition for records of the ids: row ids, or an expression of the query round it."""
        raise NotImplementedError

    def filter(self, qs: Rows, value: list[int]) -> Rows:
        return qs.filter(self.either(value))


class StateFilter(EitherFilter):
    """Texts that a state stood behind, or that were spoken for it."""

    def either(self, ids: Any) -> Q:
        stood = self.ask.scope.rows(Joined).filter(standing__in=STOOD_BEHIND, state_id__in=ids)
        return Q(speaker_state_id__in=ids) | Q(entry_id__in=stood.values("statement_id"))

    def facet_parts(self, qs: Rows) -> Sequence[Rows]:
        return counted_by_state(qs, self.ask, statement="entry_id", own="speaker_state_id")


def counted_by_state(qs: Rows, ask: Ask, *, statement: str, own: str) -> Sequence[Rows]:
    """How many rows name each state: those whose ``own`` it is, and those behind whose ``statement`` it stood.

    A row counts once under a state that it names in both places: the second part passes over the row's own. Each text
    is asked for its rows, not each state, for which all rows would be gone through again.
    """
    rows = qs.order_by()
    named = count_by(rows.exclude(**{f"{own}__isnull": True}), own)
    other = Q(**{f"{own}__isnull": True}) | ~Q(**{own: OuterRef("state_id")})
    of_text = rows.filter(other, **{statement: OuterRef("statement_id")})
    stood = ask.scope.all_but_hidden(Joined).filter(standing__in=STOOD_BEHIND).order_by()
    if statement == "entry_id":  # the texts themselves, of which each is one row
        return named, count_by(stood.filter(Exists(of_text)), "state_id")
    # One group, whatever the rows are: a subquery gives a single number.
    number = of_text.annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    behind = stood.filter(statement_id__in=rows.values(statement)).annotate(
        value=Cast(F("state_id"), TEXT), rows=Subquery(number)
    )
    summed = Cast(Sum("rows"), BigIntegerField())  # PostgreSQL adds up to numbers with a point
    return named, behind.values("value").annotate(n=summed)


class SpeakerFilter(EitherFilter):
    """Texts of a speaker, and texts that quote the speaker's words."""

    def either(self, ids: Any) -> Q:
        quoted = self.ask.scope.rows(Passage).filter(speaker_id__in=ids)
        return Q(speaker_id__in=ids) | Q(entry_id__in=quoted.values("statement_id"))

    def facet(self, qs: Rows) -> Rows | None:
        return None

    def form_field(self) -> forms.Field | None:
        return name_box(self.label)


class CitesFilter(RecordFilter):
    """Rows with passages that cite, or lean on, any of some provisions or instruments.

    ``owner`` is the column of a passage by which the rows are found: ``entry_id`` for passages themselves.
    """

    def __init__(self, owner: str) -> None:
        super().__init__("provision", "provision", _("cites"))
        self.owner = owner

    def wanted(self, values: Sequence[str]) -> list[Wanted]:
        return [Wanted(kind, value) for value in values for kind in ("provision", "instrument")]

    def read(self, values: list[str]) -> list[int]:
        found = [
            self.parent.found[Wanted("provision", value)] + self.parent.found[Wanted("instrument", value)]
            for value in values
        ]
        for value, ids in zip(values, found, strict=True):
            if not ids:
                raise self._names_nothing(Wanted("provision", value))
        return [key for ids in found for key in ids]

    def filter(self, qs: Rows, value: list[int]) -> Rows:
        citing = citing_passages(value, self.ask)
        # The rows are the passages: to look these up again would hide from PostgreSQL how few they are.
        if self.owner == "entry_id":
            return qs.filter(citing)
        passages = self.ask.scope.rows(Passage).filter(citing)
        return qs.filter(entry_id__in=passages.values(self.owner))

    def facet(self, qs: Rows) -> Rows | None:
        return None

    def facet_parts(self, qs: Rows) -> Sequence[Rows]:
        """Counts by what editors recorded, and by what words alone say; a row counts once under each target."""
        if self.ask.scope.known_on is not None:
            return self._parts_then(qs)
        passages = self.ask.scope.rows(Passage)
        within = passages.filter(**{f"{self.owner}__in": qs.order_by().values("entry_id")})
        owner = passages.filter(entry_id=OuterRef("passage_id")).values(self.owner)[:1]
        recorded = self.ask.scope.rows(PassageReference)
        same = recorded.annotate(owner_of=Subquery(owner)).filter(
            Q(provision_id=OuterRef("cited")) | Q(instrument_id=OuterRef("cited")),
            owner_of=OuterRef("found_in"),
        )
        target = {"cited": Coalesce(F("provision_id"), F("instrument_id")), "found_in": Subquery(owner)}
        said = {
            "cited": Coalesce(F("target_provision_id"), F("target_instrument_id")),
            "found_in": Subquery(owner),
        }
        words = DetectedCitation.objects.filter(passage_id__in=within.values("entry_id"), **CERTAIN)
        recorded = recorded.filter(passage_id__in=within.values("entry_id"))
        return [
            _counted(recorded.annotate(**target)),
            _counted(words.annotate(**said).exclude(Exists(same))),
        ]

    def _parts_then(self, qs: Rows) -> Sequence[Rows]:
        """The counts of an earlier moment: what words said then stands in no table, so they are made here."""
        scope, within = self.ask.scope, set(qs.order_by().values_list("entry_id", flat=True))
        owners = dict(scope.rows(Passage).order_by().values_list("entry_id", self.owner))
        cited = cited_then(self.ask)
        pairs = {(target, owners.get(key)) for key, target in cited if owners.get(key) in within}
        counts = Counter(target for target, _owner in pairs)
        if not counts:
            return ()
        number = Case(
            *(When(pk=key, then=Value(n)) for key, n in counts.items()), output_field=IntegerField()
        )
        found = Entry.objects.filter(pk__in=counts).order_by()
        return [found.annotate(value=Cast(F("pk"), TEXT), n=number).values("value", "n")]


def _counted(rows: Rows) -> Rows:
    """How many different rows of a list cite each target."""
    valued = rows.order_by().annotate(value=Cast(F("cited"), TEXT)).values("value")
    counted: Rows = valued.annotate(n=Count("found_in", distinct=True))
    return counted


class LanguagesFilter(ChoiceFilter):
    """Texts known to exist in any of some languages, held or not."""

    def __init__(self) -> None:
        super().__init__("languages", Language, _("language"))

    def filter(self, qs: Rows, value: list[str]) -> Rows:
        # Codes have two letters and commas between them, so that no code is a part of another.
        found = Q()
        for code in value:
            found |= Q(languages__contains=code)
        return qs.filter(found)

    def facet_values(self, counted: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
        """A text counts under each of its languages that the filter knows."""
        tally: dict[str, int] = {}
        for codes, n in counted:
            for code in codes.split(","):
                if code in Language.values:
                    tally[code] = tally.get(code, 0) + n
        return super().facet_values(tally.items())


class StatementFilter(StrictFilterSet):
    """Texts issued by organs, by states together, by a speaker, and press reports kept for their quotations."""

    q = TextFilter("statement")
    type = ChoiceFilter("type", StatementKind, _("kind"))
    issuer = ChoiceFilter("issuer", IssuerKind, _("issued by"))
    state = StateFilter("state", "state", _("state"))
    speaker = SpeakerFilter("speaker", "person", _("speaker"), last_word=True)
    organ = RecordFilter("organ", "organ", _("organ"))
    session = RecordFilter("session", "session", _("session"))
    joined = LinkFilter(
        "state",
        "state",
        _("joined by"),
        through=Joined,
        owner="statement",
        only={"standing__in": STOOD_BEHIND},
    )
    not_joined = LinkFilter(
        "state",
        "state",
        _("not joined by"),
        through=Joined,
        owner="statement",
        only={"standing__in": STOOD_APART},
    )
    adopted = ChoiceFilter("adopted", Adopted, _("adopted"))
    topic = TopicFilter()
    cites = CitesFilter("statement_id")
    lang = LanguagesFilter()
    held = Whether(Q(text_held=True), _("text held"))
    basis = ChoiceFilter("summary_basis", SummaryBasis, _("the summary rests on"))
    year = Year("issued_on")
    after = After("issued_on")
    before = Before("issued_on")
    dated = Dated("issued_on")
    on = OneDay("issued_on")
    confidence = ConfidenceFilter()
    known_on = KnownOn()
    sort = Sort({"date": (_("date"), oldest_first("issued_on")), "name": (_("title"), BY_NAME)})


# -- passages ------------------------------------------------------------------------------------------------------


class PassageSpeaker(RecordFilter):
    """Passages in the words of a speaker: named at the passage, else that of its text."""

    def filter(self, qs: Rows, value: list[int]) -> Rows:
        return qs.filter(said_by_id__in=value)

    def facet(self, qs: Rows) -> Rows | None:
        return count_by(qs.exclude(said_by_id__isnull=True), "said_by_id")


class PassageState(RecordFilter):
    """Passages of texts that a state stood behind, or in words that were spoken for it."""

    def filter(self, qs: Rows, value: list[int]) -> Rows:
        stood = self.ask.scope.rows(Joined).filter(standing__in=STOOD_BEHIND, state_id__in=value)
        return qs.filter(Q(spoken_for_id__in=value) | Q(statement_id__in=stood.values("statement_id")))

    def facet_parts(self, qs: Rows) -> Sequence[Rows]:
        return counted_by_state(qs, self.ask, statement="statement_id", own="spoken_for_id")


class JoinedFilter(StrictFilterSet):
    """How states stood to collective texts."""

    statement = RecordFilter("statement", "statement", _("statement"))
    state = RecordFilter("state", "state", _("state"))
    standing = ChoiceFilter("standing", JoinedStanding, _("standing"))
    year = Year("issued_on")
    after = After("issued_on")
    before = Before("issued_on")
    dated = Dated("issued_on")
    on = OneDay("issued_on")
    confidence = ConfidenceFilter()
    known_on = KnownOn()
    sort = Sort({"date": (_("date"), oldest_first("issued_on")), "name": (_("name"), BY_NAME)})


class PassageLanguage(ChoiceFilter):
    """Passages in any of some languages."""

    def __init__(self) -> None:
        super().__init__("language", Language, _("language"))

    def filter(self, qs: Rows, value: list[str]) -> Rows:
        texts = self.ask.scope.rows(StatementText).filter(language__in=value)
        return qs.filter(statement_text_id__in=texts.values("entry_id"))


class PassageFilter(StrictFilterSet):
    """Paragraphs of texts whose words are held."""

    statement = RecordFilter("statement", "statement", _("statement"))
    cites = CitesFilter("entry_id")
    speaker = PassageSpeaker("speaker", "person", _("speaker"), last_word=True)
    state = PassageState("state", "state", _("state"))
    quotes = RecordFilter("quotes", "statement", _("quotes the statement"))
    role = ChoiceFilter("role", PassageRole, _("role"))
    lang = PassageLanguage()
    topic = TopicFilter()
    year = Year("issued_on")
    after = After("issued_on")
    before = Before("issued_on")
    dated = Dated("issued_on")
    on = OneDay("issued_on")
    confidence = ConfidenceFilter()
    known_on = KnownOn()
    sort = Sort({"date": (_("date"), oldest_first("issued_on"))})
