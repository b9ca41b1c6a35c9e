"""The moment as known on, in words, and what a reader should know about answers for it."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.db.models import Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cstokb.dates import HistoricDate, describe
from cstokb.listing.ask import Ask
from cstokb.listing.clocks import without
from cstokb.records.models import ChangeEvent, Kept


def moment_in_words(moment: datetime, language: str) -> str:
    """A moment in UTC: the end of a day by its day, any other with hours and minutes."""
    told = moment.astimezone(UTC)
    day = describe(HistoricDate.of_day(told.date()), language)
    if told.time() == time.max:
        return _("at the end of %(day)s (UTC)") % {"day": day}
    clock = f"{told:%H:%M:%S}" if told.second else f"{told:%H:%M}"
    return _("on %(day)s at %(time)s UTC") % {"day": day, "time": clock}


def moment_band(ask: Ask) -> dict[str, Any] | None:
    """The band that says which moment is answered for, with the way back to now; None where now is."""
    if ask.scope.known_on is None:
        return None
    said = _("As this knowledge base said %(moment)s.")
    return {
        "words": said % {"moment": moment_in_words(ask.scope.known_on, ask.language)},
        "now_url": without(ask, "known_on"),
    }


def about_the_moment(ask: Ask, *models: type[Kept], only: Q | None = None) -> list[str]:
    """Notices for an answer made of rows of some models: nothing published yet, or rows withdrawn since.

    ``only`` says which rows the answer is about, where it is not about all.
    """
    known_on = ask.scope.known_on
    if known_on is None:
        return []
    if before_the_first_publication(ask):
        return [_("At that moment nothing had been published yet.")]
    withheld = sum(ask.scope.withheld(model, only) for model in models)
    if not withheld:
        return []
    said = ngettext(
        "%(n)d record that was public then has been withdrawn since.",
        "%(n)d records that were public then have been withdrawn since.",
        withheld,
    )
    return [said % {"n": withheld}]


def before_the_first_publication(ask: Ask) -> bool:
    """Whether the moment asked about lies before anything was published; one query."""
    first = ask.once("first publication", _first_publication)
    known_on = ask.scope.known_on
    return known_on is not None and (first is None or known_on < first)


def _first_publication() -> datetime | None:
    first: datetime | None = ChangeEvent.objects.filter(public=True).aggregate(first=Min("at"))["first"]
    return first
