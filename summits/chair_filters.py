"""What lists of chairmanships and of exceptions to their rule can be asked."""

from __future__ import annotations

from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from cstokb.listing.filters import (
    BY_NAME,
    After,
    Before,
    ChoiceFilter,
    ConfidenceFilter,
    Current,
    KnownOn,
    On,
    RecordFilter,
    Sort,
    Year,
)
from cstokb.listing.filterset import Rows, StrictFilterSet
from cstokb.listing.ordering import oldest_first
from summits.choices import Agreement, ChairBasis
from summits.turns import council, course


class AgreesFilter(ChoiceFilter):
    """Chairmanships that are, or are not, those which follow from the Charter's rule."""

    def __init__(self) -> None:
        super().__init__("agrees", Agreement, _("the Charter's rule"))

    def _by_answer(self, qs: Rows) -> dict[str, list[int]]:
        rows = qs.order_by().values("entry_id", "state_id", "began_on", "ended_on")
        found: dict[str, list[int]] = {}
        for key, one in course(self.ask).checks(rows).items():
            found.setdefault(one.agrees.value, []).append(key)
        return found

    def filter(self, qs: Rows, value: list[str]) -> Rows:
        found = self._by_answer(qs)
        return qs.filter(entry_id__in=[key for answer in value for key in found.get(answer, ())])

    def facet(self, qs: Rows) -> Rows | None:
        return None


class ChairOf(RecordFilter):
    """Chairmanships of an organ: those of the Council are kept, and of no other organ."""

    def __init__(self) -> None:
        super().__init__("organ", "organ", _("organ"))

    def filter(self, qs: Rows, value: list[int]) -> Rows:
        return qs.filter(Exists(council().filter(pk__in=value)))

    def facet(self, qs: Rows) -> Rows | None:
        return None


class ChairmanshipFilter(StrictFilterSet):
    """Which state held the chair. A day of hand-over finds both holders."""

    organ = ChairOf()
    agrees = AgreesFilter()

    state = RecordFilter("state", "state", _("state"))
    person = RecordFilter("person", "person", _("person"), last_word=True)
    basis = ChoiceFilter("basis", ChairBasis, _("basis"))
    on = On()
    current = Current()
    after = After("began_on", ended="ended_on")
    before = Before("began_on", ended="ended_on")
    year = Year("began_on", ended="ended_on")
    confidence = ConfidenceFilter()
    known_on = KnownOn()
    sort = Sort({"date": (_("first day"), oldest_first("began_on")), "name": (_("state"), BY_NAME)})


class ChairExceptionFilter(StrictFilterSet):
    """Exceptions to the rule of the chair."""

    session = RecordFilter("session", "session", _("session"))
    state = RecordFilter("state", "state", _("state"))
    confidence = ConfidenceFilter()
    known_on = KnownOn()
    sort = Sort({"name": (_("session"), BY_NAME)})
