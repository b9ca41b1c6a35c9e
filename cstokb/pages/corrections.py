"""The register of corrections, of the whole site or of one record: what had been wrong, what it says now, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cstokb.listing import feeds
from cstokb.listing.ask import Ask
from cstokb.listing.changes import cursor_of, described, public_events
from cstokb.listing.conditional import HTML
from cstokb.listing.errors import BadQuestion, Fault, NothingHere
from cstokb.listing.evidence import Beside
from cstokb.listing.moments import about_the_moment
from cstokb.listing.names import Named, names_of
from cstokb.listing.pagination import Wish
from cstokb.listing.readings import field_words, value_words
from cstokb.listing.record_pages import aside, evidence_notes, readable
from cstokb.pages.plain import PlainPage
from cstokb.records.choices import ChangeKind, Visibility
from cstokb.records.models import ChangeEvent, Entry
from cstokb.records.registry import model_of

#: How much of a text is shown where it was long.
SHOWN = 200
#: How many corrections a feed tells.
IN_A_FEED = 50
#: What an editor changes beside the fields of a record, in words.
LISTS = {
    "names": gettext_lazy("names"),
    "topics": gettext_lazy("topics"),
    "evidence": gettext_lazy("evidence"),
}


class Corrections(PlainPage):
    """Corrections of what had been published, the latest first; of one record where ``record`` names it."""

    path = "/corrections/"
    name = "corrections"
    template_name = "pages/corrections.html"
    parameters = ("page", "record", "known_on")

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The page, and the same as a feed."""
        view = cls.as_view()
        return [*super().urls(), re_path(r"^corrections\.(?P<form>atom)$", view, name=f"{cls.name}-as")]

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        if form == HTML:
            return super().answer(request, ask, form, **kwargs)
        aside(ask, ("record", "known_on"), strict=True)
        ask.require_days()
        about = _record(ask)
        rows = _corrections(ask, about)[:IN_A_FEED]
        return feeds.document(ask, _title(about, ask), [_entry(one, ask) for one in _told(rows, ask)])

    def title(self, ask: Ask) -> str:
        return _title(_record(ask), ask)

    def context(self, ask: Ask) -> dict[str, Any]:
        wish, about = Wish.read(ask.params), _record(ask)
        events = _corrections(ask, about)
        count, start = events.count(), ((wish.page or 1) - 1) * wish.size
        if start and start >= count:
            raise NothingHere(_("There is no such page."))
        question = f"?record={about.kind}/{about.slug}" if about else ""
        return {
            "notices": about_the_moment(ask),
            "heading": _title(about, ask),
            "about": {"label": _called(about, ask), "url": ask.localised(about.path) if about.path else ""}
            if about
            else None,
            "all_url": ask.path,
            "feed_url": f"{ask.path.rstrip('/')}.atom{question}",
            "corrections": _told(events[start : start + wish.size], ask),
            "pager": _pager(ask, wish, start, count),
        }


def _title(about: Entry | None, ask: Ask) -> str:
    if about is None:
        return _("Corrections")
    return _("Corrections: %(record)s") % {"record": _called(about, ask)}


def _called(entry: Entry, ask: Ask) -> str:
    """What a record is called in the scope of the question; its id where that did not know it."""
    named = ask.once(("called", entry.pk), lambda: names_of([entry.pk], ask.scope).get(entry.pk))
    return named.label(ask.language) if named else entry.slug


def _record(ask: Ask) -> Entry | None:
    """The public record that the question names as ``state/kaz``; None where it names none.

    Raises:
        BadQuestion: for anything else, drafts included.
    """
    text = ask.params.get("record", "")
    if not text:
        return None
    kind, _slash, slug = text.partition("/")
    found = (
        Entry.objects.public().filter(kind=kind, slug=slug).first()
        if readable(slug) and readable(kind)
        else None
    )
    if found is None:
        said = _("There is no such record; write it as state/kaz.")
        raise BadQuestion(faults=[Fault("record", text[:200], "unknown_record", said)])
    return found


def _corrections(ask: Ask, about: Entry | None) -> QuerySet[ChangeEvent]:
    events = public_events(ask).filter(kind=ChangeKind.CORRECTED, entry__visibility=Visibility.PUBLIC)
    events = events.select_related("entry").order_by("-id")
    return events if about is None else events.filter(entry=about)


def _told(rows: Iterable[ChangeEvent], ask: Ask) -> list[dict[str, Any]]:
    """Corrections as the page shows them; names and evidence of all of them come in one query."""
    events = list(rows)
    told, beside = described(events, ask), Beside.kept(ask)
    ids = [event.entry_id for event in events]
    if events:
        beside.fetch(names=ids, evidence=ids)
    labels = _labels(told, ask)
    return [_shown(event, one, beside, labels, ask) for event, one in zip(events, told, strict=True)]


def _labels(told: Sequence[Mapping[str, Any]], ask: Ask) -> dict[str, str]:
    """What the records are called that corrections refer to, by their ids: public ones alone are named in them."""
    values = {
        str(value)
        for one in told
        for change in one["changes"]
        if change["field"] not in ("names", "evidence")
        for side in (change["old"], change["new"])
        for value in (side if isinstance(side, list) else [side])
        if value and len(str(value)) <= SHOWN
    }
    ids = list(Entry.objects.public().filter(slug__in=values).values_list("pk", flat=True)) if values else []
    return {named.id: named.label(ask.language) for named in names_of(ids, ask.scope).values()}


def _shown(
    event: ChangeEvent, told: Mapping[str, Any], beside: Beside, labels: Mapping[str, str], ask: Ask
) -> dict[str, Any]:
    entry: Named | None = beside.names.get(event.entry_id)
    fields = {change["field"] for change in told["changes"]}
    model = model_of(event.entry.kind)
    backing = [one for one in beside.evidence.get(event.entry_id, ()) if one["field"] in {*fields, "", None}]
    return {
        "cursor": cursor_of(event),
        "label": entry.label(ask.language) if entry else event.entry.slug,
        "url": ask.localised(entry.path) if entry and entry.path else "",
        "record": f"{event.entry.kind}/{event.entry.slug}",
        "at": event.at.date(),
        "moment": event.at,
        "reason": told["reason"],
        "changes": [_change(event, change, labels, ask) for change in told["changes"]],
        "evidence": evidence_notes(backing, ask, model),
    }


def _change(
    event: ChangeEvent, change: Mapping[str, Any], labels: Mapping[str, str], ask: Ask
) -> dict[str, str]:
    model, name = model_of(event.entry.kind), change["field"]
    sides = {side: _words(event, name, change[side], labels, ask) for side in ("old", "new")}
    return {"field": capfirst(str(LISTS.get(name) or field_words(model, name))), **sides}


def _words(event: ChangeEvent, name: str, value: Any, labels: Mapping[str, str], ask: Ask) -> str:
    if name == "evidence":
        pieces = len(value or ())
        return ngettext("%(n)d piece", "%(n)d pieces", pieces) % {"n": pieces}
    if isinstance(value, list):
        return _short("; ".join(labels.get(str(one), str(one)) for one in value))
    return _short(value_words(model_of(event.entry.kind), name, value, labels, ask.language))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]} …"


def _entry(one: Mapping[str, Any], ask: Ask) -> feeds.Entry:
    """A correction in the feed: what it says in one line, under a name that never changes."""
    lines = [
        f"{change['field']}: {change['old'] or '–'} → {change['new'] or '–'}" for change in one["changes"]
    ]
    site = str(settings.SITE_URL)
    return feeds.Entry(
        id=f"{site}/corrections/#{one['cursor']}",
        title=one["label"],
        updated=one["moment"].isoformat().replace("+00:00", "Z"),
        url=f"{site}{ask.localised('/corrections/')}?record={one['record']}#{one['cursor']}",
        summary=" · ".join(filter(None, [*lines, one["reason"]])),
    )


def _pager(ask: Ask, wish: Wish, start: int, count: int) -> dict[str, Any]:
    page, last = wish.page or 1, min(start + wish.size, count)
    return {
        "first": start + 1 if count else 0,
        "last": last,
        "count": count,
        "size": wish.size,
        "previous_url": _at(ask, page - 1) if page > 1 else "",
        "next_url": _at(ask, page + 1) if last < count else "",
    }


def _at(ask: Ask, page: int) -> str:
    params = ask.params.copy()
    params["page"] = str(page)
    return f"{ask.path}?{params.urlencode(safe='/')}"
