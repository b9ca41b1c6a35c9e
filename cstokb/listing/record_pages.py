"""RecordPage: one record with its evidence and panels; what moved, merged or was withdrawn says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, ClassVar

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, re_path
from django.utils.translation import gettext as _

from cstokb.listing import citing, panels, registry, surfaces
from cstokb.listing.ask import Ask
from cstokb.listing.citation import Cited
from cstokb.listing.citing import Asked
from cstokb.listing.clocks import Clocks, Day, asked
from cstokb.listing.conditional import HTML, ConditionalView
from cstokb.listing.errors import BadQuestion, Fault, Moved, NothingHere, Withdrawn, nearest
from cstokb.listing.evidence import Beside
from cstokb.listing.filterset import NEVER_SET_ASIDE
from cstokb.listing.frame import frame
from cstokb.listing.listing import Line, Listing
from cstokb.listing.prepared import TEXT, prepared
from cstokb.listing.readings import field_words, value_words
from cstokb.listing.shape import Shape
from cstokb.listing.together import Wanted
from cstokb.listing.tongue import foreign, title_language
from cstokb.records.choices import ChangeKind, Visibility
from cstokb.records.models import Address, ChangeEvent, Entry, Record
from cstokb.records.registry import model_of
from cstokb.records.scope import Scope

LONGEST_ID = 240
#: An id in an address: no dot, so that a suffix can follow it.
ID = r"(?P<id>[^/.?#]+)"


def find_row(listing: Listing, public_id: str, ask: Ask) -> dict[str, Any]:
    """The row of a record by its public id, as ``fetch`` gives it.

    Raises:
        Moved: to the address of the record it was merged into, or that its old id names.
        Withdrawn: with the tombstone of a record that was taken off.
        NothingHere: for everything else, drafts included.
    """
    if readable(public_id):
        day = ask.day if listing.tells_day else None
        (found,) = _row(ask.scope, listing, ask.language, day, public_id=public_id)
        if found:
            return found[0]
    raise NothingHere(_("Nothing stands at this address."))


@prepared(public_id=TEXT)
def _row(scope: Scope, listing: Listing, language: str, day: date | None, public_id: str) -> list[Wanted]:
    rows = listing.rows(Ask.laid_out(scope, language, day)).filter(**{listing.identity: public_id})
    if listing.is_record:
        rows = rows.filter(entry__kind=listing.kind)
    return [Wanted.of(rows, listing.reads(details=True))]


def row_of(listing: Listing, public_id: str, ask: Ask) -> dict[str, Any]:
    """The row of a record that has a page below its list, in any format of that page.

    Raises:
        Moved: to where the record stands now, in the same format.
        Withdrawn: with the tombstone of one that was taken off.
        NothingHere: for everything else, drafts included.
    """
    try:
        return find_row(listing, public_id, ask)
    except NothingHere:
        reason = explain_absence(listing, public_id, f"{listing.path}{public_id}/", ask)
        if isinstance(reason, Moved):
            reason = Moved(moved_like(ask, reason.path))
        raise reason from None


def readable(text: str) -> bool:
    """Whether a text can be an id or an address at all."""
    return 0 < len(text) <= LONGEST_ID and text.isprintable()


def explain_absence(listing: Listing, public_id: str, path: str, ask: Ask | None = None) -> Exception:
    """Why no row stands under an id or an English address: Moved, Withdrawn or NothingHere, to be raised."""
    entry = _entry_at(listing, public_id, path)
    if entry is None:
        return NothingHere(_("Nothing stands at this address."))
    if entry.merged_into and entry.merged_into.visibility == Visibility.WITHHELD and entry.published_at:
        entry = entry.merged_into
    if entry.merged_into_id and entry.published_at is not None:  # a draft that was merged never had readers
        return _moved_to(entry.merged_into, path)
    if entry.visibility == Visibility.WITHHELD:
        return Withdrawn(_("This record has been withdrawn."), members=tombstone(entry))
    if entry.is_public and path and entry.path != path:
        return _moved_to(entry, path)
    if entry.is_public and ask and ask.scope.known_on:
        return NothingHere(_("At that moment this record had not been published yet."))
    return NothingHere(_("Nothing stands at this address."))


def _entry_at(listing: Listing, public_id: str, path: str) -> Entry | None:
    if not (readable(public_id) and readable(path or "-")):
        return None
    entries = Entry.objects.select_related("merged_into")
    found = entries.filter(kind=listing.kind, slug=public_id).first()
    if found is None and path:
        address = Address.objects.filter(path=path).select_related("entry__merged_into").first()
        found = address.entry if address else None
    return found


def _moved_to(entry: Entry | None, path: str) -> Exception:
    """Where a record stands now; for the address of a page nowhere, where the record has none."""
    if entry is None or not entry.is_public or (path and not entry.path):
        return NothingHere(_("Nothing stands at this address."))
    return Moved(entry.path, entry)


def tombstone(entry: Entry) -> dict[str, Any]:
    """What remains of a withdrawn record: kind, id, when and why; nothing of what it said."""
    event = (
        ChangeEvent.objects.filter(entry=entry, kind=ChangeKind.WITHDRAWN, public=True)
        .order_by("-id")
        .first()
    )
    return {
        "kind": entry.kind,
        "id": entry.slug,
        "on": event.at.date().isoformat() if event else None,
        "reason": event.reason if event else "",
    }


@dataclass(frozen=True)
class Beyond:
    """Row ids of the records that a page names itself, and of those whose evidence it shows beside its own."""

    names: Iterable[int | None] = ()
    backed: Iterable[int] = ()


class RecordPage(ConditionalView):
    """The page of a record, and the record as JSON under the same address with ``.json``.

    A subclass names ``listing`` and ``template_name`` (which extends ``listing/record.html``) and adds what is its
    own in ``context``. ``parameters`` are those that the page reads beside ``known_on`` and, where its Listing
    tells a day, ``on``: such a page shows a band with the day and a form for another one.
    """

    listing: ClassVar[Listing]
    template_name: ClassVar[str] = "listing/record.html"
    parameters: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def clocks(cls) -> Clocks:
        return of_record(cls.listing)

    @classmethod
    def urls(cls, pattern: str = ID) -> list[URLPattern]:
        """The addresses below the list's; ``pattern`` matches the id as a group of that name."""
        bare = cls.listing.path.strip("/")
        view = cls.as_view()
        return [
            re_path(rf"^{bare}/{pattern}/$", view, name=cls.listing.kind),
            re_path(rf"^{bare}/{pattern}\.(?P<form>json)$", view, name=f"{cls.listing.kind}-as"),
        ]

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        ask.require_days()
        known = (*self.parameters, *self.clocks().taken, *(() if form == HTML else surfaces.EXPORT[3:]))
        set_aside = aside(ask, known, strict=form != HTML)
        row = self.row(ask, **kwargs)
        if form != HTML:
            shape = Shape.read(ask.params, self.listing, details=True)
            record = shape.describe(self.listing, [row], ask)[0]
            return JsonResponse(record, json_dumps_params={"ensure_ascii": False})
        return self.page(request, ask, row, set_aside)

    def row(self, ask: Ask, **kwargs: Any) -> dict[str, Any]:
        """The row that the address names; raises Moved, Withdrawn or NothingHere."""
        return row_of(self.listing, str(kwargs["id"]), ask)

    # -- how it is cited -------------------------------------------------------------------------------------------

    def cited(self, ask: Ask, path: str, place: str, **kwargs: Any) -> Cited:
        ask.require_days()
        known = (*self.parameters, *self.clocks().taken)
        aside(ask, known, strict=False)
        row = self.row(ask, **kwargs)
        (line,) = self.listing.lines([row], ask)
        keep = [name for name in known if name not in ask.said]
        return self.citation(ask, row, line, Asked.of(ask, path, keep, place), place)

    def citation(self, ask: Ask, row: dict[str, Any], line: Line, asked_for: Asked, place: str) -> Cited:
        """How the record is cited, or a place on its page; a subclass whose records say more of it does."""
        return citing.of_record(self.listing, row, line, asked_for)

    # -- the page --------------------------------------------------------------------------------------------------

    def page(
        self, request: HttpRequest, ask: Ask, row: dict[str, Any], set_aside: Sequence[str]
    ) -> HttpResponseBase:
        """The page for readers. All names, evidence and headings are fetched at once, when all of them are known."""
        key, beside = row["entry_id"], Beside.kept(ask)
        page = self.listing.prepared([row], ask, beside.names, details=True)
        shelves = panels.fetch(registry.panels(self.listing.kind), key, ask)
        beyond = self.beyond(ask, row)
        named = (page.refers([row]), *(shelf.refers() for shelf in shelves), beyond.names)
        beside.fetch(names=chain(*named), evidence=(key, *beyond.backed), spellings=[key], topics=[key])
        (line,) = page.lines([row])
        context = {
            **frame(ask, row["entry__path"] or ask.path),
            "listing": self.listing,
            "ask": ask,
            "line": line,
            "evidence": evidence_notes(beside.evidence.get(key, ()), ask, model_of(self.listing.kind)),
            "names": beside.spellings.get(key, []),
            "topics": [
                {"url": ask.localised(heading.path), "label": heading.label(ask.language)}
                for heading in beside.headings(key)
            ],
            "panels": panels.shown(shelves, line.id, ask),
            "crumbs": self.crumbs(ask, line),
            "asof": day_band(ask) if self.listing.tells_day else None,
            "note": (line.values["note_ru"] if ask.language == "ru" else None) or line.values["note_en"],
            "note_lang": note_language(line.values, ask),
            "set_aside": set_aside,
            "clean_url": ask.path,
            "cite_url": citing.cite_url(ask),
            "formats": [{"url": f"{line.url.rstrip('/')}.json", "label": "JSON"}],
            **self.context(ask, row, line),
        }
        return render(request, self.template_name, context)

    def beyond(self, ask: Ask, row: dict[str, Any]) -> Beyond:
        """What a subclass shows in ``context`` of other records, so that it comes in the query for the whole page."""
        return Beyond()

    def crumbs(self, ask: Ask, line: Line) -> list[dict[str, str]]:
        """Where the page stands."""
        here = {"label": line.label, "url": line.url}
        return [{"label": str(self.listing.title), "url": ask.localised(self.listing.path)}, here]

    def context(self, ask: Ask, row: dict[str, Any], line: Line) -> dict[str, Any]:
        """What a subclass adds for its template."""
        return {}


def of_record(listing: Listing) -> Clocks:
    """What a record of a list makes of the clocks."""
    return Clocks(Day.SHOWS if listing.tells_day else Day.REFUSED, known_on=True)


def day_band(ask: Ask) -> dict[str, Any]:
    """The band of the day that a record's page shows."""
    keep = [{"name": name, "value": value} for name, value in asked(ask).items() if name != "on"]
    return {"day": ask.day, "today": ask.day == ask.today, "today_url": ask.path, "keep": keep}


def aside(ask: Ask, known: Sequence[str], *, strict: bool) -> list[str]:
    """The parameters that an address does not know; a page sets them aside, except the clocks.

    Raises:
        BadQuestion: for a clock that is not read here, and when ``strict`` for every unknown parameter.
    """
    unknown = [name for name in ask.params if name not in known]
    refused = [name for name in unknown if strict or name in NEVER_SET_ASIDE]
    if refused:
        raise BadQuestion(faults=[unknown_parameter(name, ask, known) for name in refused])
    return unknown


def unknown_parameter(name: str, ask: Ask, known: Sequence[str]) -> Fault:
    """The fault of a parameter that an address does not know."""
    value = ", ".join(ask.params.getlist(name))[:200]
    detail = _("There is no parameter of this name here.")
    return Fault(name[:200], value, "unknown_parameter", detail, sorted(known), nearest(name, known))


def moved_like(ask: Ask, path: str) -> str:
    """The new address in the language, the format and with the question of the old one."""
    target = ask.localised(path)
    _id, dot, suffix = ask.path.rpartition("/")[2].partition(".")
    if dot:  # an id has no dot
        target = f"{target.rstrip('/')}.{suffix}"
    return f"{target}?{ask.params.urlencode()}" if ask.params else target


def evidence_notes(
    items: Sequence[dict[str, Any]], ask: Ask, model: type[Record] | None = None
) -> list[dict[str, Any]]:
    """Evidence as components/evidence.html shows it; with the model of its record, fields and values in words."""
    return [
        {
            "number": number,
            "title": item["source_title"] or item["source_url"] or item["source"],
            "url": item["source_url"],
            "page_url": ask.localised(f"/sources/{item['source']}/"),
            "publisher": item["publisher"],
            "lang": title_language(item["source_title"], item["language"], ask.language),
            "stance": item["stance"],
            "rank": item["rank"],
            "backs": backs(item, ask, model),
            "quotation": item["quotation"],
            "quotation_lang": item["language"],
            "locator": item["locator"],
            "reason": (item["note_ru"] if ask.language == "ru" else None) or item["note_en"],
            "reason_lang": note_language(item, ask),
            "locator_lang": foreign(item["locator"], ask.language),
        }
        for number, item in enumerate(items, start=1)
    ]


def note_language(values: Mapping[str, Any], ask: Ask) -> str:
    """The language of a note, where it is not that of the page."""
    return "en" if ask.language == "ru" and values["note_en"] and not values["note_ru"] else ""


def backs(item: Mapping[str, Any], ask: Ask, model: type[Record] | None) -> str:
    """What of a record a piece of evidence speaks of, and its reading of it."""
    field, value = item["field"], item["value"]
    if model is not None:
        value = value_words(model, field, value, {}, ask.language)
        field = field_words(model, field)
    return ": ".join(part for part in (field, value) if part)
