"""What can be asked of the lists of instruments, provisions, wordings, amendments and acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstokb.listing.errors import BadQuestion, Fault
from cstokb.listing.filters import (
    BY_NAME,
    After,
    Before,
    ChoiceFilter,
    ConfidenceFilter,
    Dated,
    DayShown,
    KnownOn,
    On,
    RecordFilter,
    Sort,
    TopicFilter,
    Year,
    YesNo,
)
from cstokb.listing.filterset import Question, Refused, Rows, StrictFilterSet
from cstokb.listing.ordering import Key, oldest_first
from cstokb.listing.text import TextFilter
from cstokb.records.choices import Language
from treaty.choices import (
    ActionKind,
    AmendmentEffect,
    ClauseRule,
    InstrumentKind,
    ProvisionKind,
    TextStanding,
)
from treaty.in_force import InstrumentInForce, ProvisionInForce
from treaty.models import (
    ActionProvision,
    Instrument,
    Provision,
    ProvisionText,
    TreatyAction,
)
from treaty.questions import AMENDS
from treaty.reader import STATE, Asked, read_state
from treaty.texts import amending, forces_of


class ActedOn(RecordFilter):
    """Instruments upon which any of some states acted: signed, ratified, withdrew and so on."""

    def __init__(self) -> None:
        super().__init__("state", "state", _("state that acted"))

    def filter(self, qs: Rows, value: list[int]) -> Rows:
        acts = self.ask.scope.rows(TreatyAction).filter(state_id__in=value)
        return qs.filter(entry_id__in=acts.values("instrument_id"))

    def facet(self, qs: Rows) -> Rows | None:
        return None


class OfInstrument(RecordFilter):
    """Wordings of the provisions of any of some instruments."""

    def __init__(self) -> None:
        super().__init__("instrument", "instrument", _("instrument"))

    def filter(self, qs: Rows, value: list[int]) -> Rows:
        provisions = self.ask.scope.rows(Provision).filter(instrument_id__in=value)
        return qs.filter(provision_id__in=provisions.values("entry_id"))

    def facet(self, qs: Rows) -> Rows | None:
        return None


class InstrumentFilter(StrictFilterSet):
    """Instruments."""

    q = TextFilter("instrument")
    type = ChoiceFilter("type", InstrumentKind, _("kind"))
    in_force = InstrumentInForce()
    state = ActedOn()
    topic = TopicFilter()
    year = Year("signed_on", _("year of signature"))
    after = After("signed_on", _("signed from"))
    before = Before("signed_on", _("signed to"))
    dated = Dated("signed_on", _("day of signature known"))
    confidence = ConfidenceFilter()
    on = DayShown()
    known_on = KnownOn()
    sort = Sort(
        {
            "signed_on": (_("day of signature"), oldest_first("signed_on")),
            "in_force_on": (_("day of entry into force"), oldest_first("in_force_on")),
            "name": (_("title"), BY_NAME),
        }
    )


class ReadFor(Question):
    """The state for which the rows are read. It narrows nothing: the rows say what binds that state on the day."""

    once = True
    words = _("state")

    def read(self, values: list[str]) -> Asked | None:
        try:
            return read_state(self.ask)
        except BadQuestion as bad:
            [fault] = bad.faults
            said = fault.code, fault.detail
            raise Refused(*said, value=fault.value, allowed=fault.allowed, nearest=fault.nearest) from None

    def filter(self, qs: Rows, value: Asked) -> Rows:
        return qs

    def contradicts(self, value: Asked) -> Sequence[Fault]:
        """Whether a provision is in force is answered in general, as its instrument is."""
        if "in_force" not in self.parent.answers:
            return []
        detail = gettext("in_force asks what holds in general; ask it without a state.")
        return [Fault(STATE, self.given[-1], "combination", detail)]

    def chosen(self, value: Asked) -> Sequence[str]:
        return ()

    def explain(self) -> str:
        return gettext("A state, by its id or name: the rows say what binds it on the day.")


class ProvisionFilter(StrictFilterSet):
    """Provisions."""

    q = TextFilter("provision")
    instrument = RecordFilter("instrument", "instrument", _("instrument"))
    type = ChoiceFilter("type", ProvisionKind, _("kind"))
    in_force = ProvisionInForce()
    state = ReadFor()
    topic = TopicFilter()
    confidence = ConfidenceFilter()
    on = DayShown()
    known_on = KnownOn()
    sort = Sort(
        {
            "name": (_("instrument and place in it"), BY_NAME),
            "order": (_("place in the instrument"), (Key("order"),)),
        }
    )


class ProvisionTextFilter(StrictFilterSet):
    """Wordings."""

    instrument = OfInstrument()
    provision = RecordFilter("provision", "provision", _("provision"))
    made_by = RecordFilter("made_by", "instrument", _("instrument that made it"))
    lang = ChoiceFilter("language", Language, _("language"))
    standing = ChoiceFilter("standing", TextStanding, _("what it is worth as law"))
    year = Year("began_on", ended="ended_on")
    after = After("began_on", ended="ended_on")
    before = Before("began_on", ended="ended_on")
    confidence = ConfidenceFilter()
    on = On()
    known_on = KnownOn()
    sort = Sort({"began_on": (_("first day"), oldest_first("began_on"))})


class AmendedOn(On):
    """Amendments that hold on the day, by their own days or by the entry into force of the amending instrument."""

    def filter(self, qs: Any, value: Any) -> Rows:
        rows: Rows = qs.on(value, self.ask.scope.rows(Instrument))
        return rows

    def possible(self, qs: Any, value: Any) -> Rows:
        rows: Rows = qs.possibly_on(value, self.ask.scope.rows(Instrument))
        return rows

    def required_columns(self) -> tuple[str, ...]:
        return AMENDS

    def blocked_by(self, row: Mapping[str, Any], value: Any) -> Sequence[str]:
        makers = self.ask.scope.rows(Instrument).values_list("entry_id", flat=True)
        return amending(row, forces_of(makers, self.ask)).on(value).blocked_by

    def explain(self) -> str:
        return gettext("Amendments that hold on the day; those of which it is not known stand under unknown.")


class Consolidated(YesNo):
    """Amendments of whose provision a wording that their instrument made is held (yes), or is not (no)."""

    def __init__(self) -> None:
        super().__init__(_("a consolidated wording is held"))

    def filter(self, qs: Rows, value: bool) -> Rows:
        made = self.ask.scope.rows(ProvisionText).filter(
            provision_id=OuterRef("provision_id"), made_by_id=OuterRef("made_by_id")
        )
        return qs.filter(Exists(made) if value else ~Exists(made))

    def explain(self) -> str:
        return gettext("Whether a wording that the amendment made is held.")


class AmendmentFilter(StrictFilterSet):
    """Amendments."""

    instrument = RecordFilter("instrument", "instrument", _("amended instrument"))
    provision = RecordFilter("provision", "provision", _("amended provision"))
    made_by = RecordFilter("made_by", "instrument", _("amending instrument"))
    effect = ChoiceFilter("effect", AmendmentEffect, _("effect"))
    consolidated = Consolidated()
    confidence = ConfidenceFilter()
    on = AmendedOn()
    known_on = KnownOn()
    sort = Sort({"name": (_("instrument and place in it"), BY_NAME)})


class ActedOnDay(On):
    """Acts done on the day."""

    says = _("What was done on")

    def __init__(self) -> None:
        super().__init__("done_on", "done_on", _("done on the day"))

    def filter(self, qs: Any, value: Any) -> Rows:
        rows: Rows = qs.on(value)
        return rows

    def possible(self, qs: Any, value: Any) -> Rows:
        rows: Rows = qs.possibly_on(value)
        return rows

    def explain(self) -> str:
        return gettext("Acts done on the day; those of which it is not known stand under unknown.")


class ConcerningProvision(RecordFilter):
    """Acts that concern any of some provisions."""

    def __init__(self) -> None:
        super().__init__("provision", "provision", _("provision"))

    def filter(self, qs: Rows, value: list[int]) -> Rows:
        links = self.ask.scope.rows(ActionProvision).filter(provision_id__in=value)
        return qs.filter(entry_id__in=links.values("action_id"))

    def facet(self, qs: Rows) -> Rows | None:
        return None


class TreatyActionFilter(StrictFilterSet):
    """Acts of states."""

    instrument = RecordFilter("instrument", "instrument", _("instrument"))
    state = RecordFilter("state", "state", _("state"))
    type = ChoiceFilter("type", ActionKind, _("act"))
    provision = ConcerningProvision()
    objects_to = RecordFilter("objects_to", "treaty-action", _("act objected to"))
    disputed = YesNo(_("disputed"), field_name="disputed")
    year = Year("done_on", _("year of the act"))
    after = After("done_on")
    before = Before("done_on")
    dated = Dated("done_on", _("day of the act known"))
    confidence = ConfidenceFilter()
    on = ActedOnDay()
    known_on = KnownOn()
    sort = Sort(
        {
            "done_on": (_("day of the act"), oldest_first("done_on")),
            "effective_on": (_("day of effect"), oldest_first("effective_on")),
        }
    )


class FinalClauseFilter(StrictFilterSet):
    """Final clauses."""

    instrument = RecordFilter("instrument", "instrument", _("instrument"))
    provision = RecordFilter("provision", "provision", _("provision"))
    rule = ChoiceFilter("rule", ClauseRule, _("rule"))
    other = RecordFilter("other", "instrument", _("other instrument"))
    confidence = ConfidenceFilter()
    on = DayShown()
    known_on = KnownOn()
    sort = Sort({"name": (_("instrument and rule"), BY_NAME)})
