"""Parts that the pages of instruments and provisions share, as the components of the design system show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cstokb.dates import HistoricDate, describe
from cstokb.listing.ask import Ask
from cstokb.listing.errors import BadQuestion, Fault, nearest
from cstokb.listing.names import Named, Names
from cstokb.records.choices import Confidence, Language
from treaty.alignment import since
from treaty.choices import ActionKind, WordingState
from treaty.reader import STATE
from treaty.reading import Amending, Part, Reading, Wording

Item = dict[str, Any]
#: Parameters of time, which links to other pages of the texts keep.
TIME = ("on", "known_on")


def with_time(ask: Ask, path: str, **changes: str) -> str:
    """An English address in the language of the page, with the day and moment that were asked for."""
    return _with(TIME, ask, path, changes)


def within(ask: Ask, path: str, **changes: str) -> str:
    """The address of another page of the same text, which keeps the state for which it is read, too."""
    return _with((*TIME, STATE), ask, path, changes)


def _with(kept: Iterable[str], ask: Ask, path: str, changes: Mapping[str, str]) -> str:
    """Changes to an empty text take a parameter away."""
    params = ask.params.copy()
    for name in list(params):
        if name not in kept:
            del params[name]
    for name, value in changes.items():
        params[name] = value
    said = QueryDict(mutable=True)
    for name, values in params.lists():
        said.setlist(name, [value for value in values if value])
    return ask.localised(path) + (f"?{said.urlencode()}" if any(said.values()) else "")


def in_words(day: date | HistoricDate, ask: Ask, *, after_since: bool = False) -> str:
    """A day in the language of the page; ``after_since`` is its form behind since, from and until."""
    known = day if isinstance(day, HistoricDate) else HistoricDate.of_day(day)
    return describe(known, ask.language, after_since=after_since)


def own(values: Mapping[str, Any], name: str, ask: Ask) -> str:
    """A text of a record in the language of the page, English where the other is missing."""
    chosen = (values[f"{name}_ru"] if ask.language == "ru" else "") or values[f"{name}_en"]
    return str(chosen or "")


def language_of(values: Mapping[str, Any], name: str, ask: Ask) -> str:
    """The language of what ``own`` gives, where it is not that of the page."""
    return "en" if ask.language == "ru" and values[f"{name}_en"] and not values[f"{name}_ru"] else ""


def act_words(kind: str, day: HistoricDate | None, ask: Ask) -> str:
    """An act in a few words: what was done, and when."""
    label = str(ActionKind(kind).label)
    return f"{label}, {in_words(day, ask)}" if day else label


def language_asked(ask: Ask) -> str:
    """The language of texts that ``lang`` names; English without it. Raises BadQuestion."""
    given = list(dict.fromkeys(value for value in ask.params.getlist("lang") if value.strip()))
    if not given:
        return Language.ENGLISH.value
    if len(given) == 1 and given[0] in Language.values:
        return given[0]
    code, detail = (
        ("repeated", _("Name one language.")) if len(given) > 1 else ("unknown_word", _("Name a language."))
    )
    allowed = list(Language.values)
    fault = Fault("lang", ", ".join(given)[:200], code, detail, allowed, nearest(given[0], allowed))
    raise BadQuestion(faults=[fault])


def band(
    ask: Ask,
    path: str,
    subject: str,
    days: Iterable[tuple[date, str]],
    earliest: date | None,
    states: Sequence[Item] = (),
) -> Item:
    """The band of the day shown, with the days on which something changed and the states for which a text is read."""
    way = within if states else with_time
    others = (
        (name, value) for name in ask.params if name != "on" for value in ask.params.getlist(name) if value
    )
    return {
        "day": ask.day,
        "today": ask.day == ask.today,
        "subject": subject,
        "days": [{"url": way(ask, path, on=day.isoformat()), "label": label} for day, label in days],
        "today_url": within(ask, path, on="", known_on="") if states else ask.localised(path),
        "states": states,
        "keep": [{"name": name, "value": value} for name, value in others if name == "lang" or name in TIME],
        "earliest": earliest,
    }


def name_links(ids: Iterable[int | None], names: Names, ask: Ask) -> list[Item]:
    """Records as links to their pages; those that are not public are left out."""
    return [link(names[key], ask) for key in dict.fromkeys(ids) if key in names]


def link(named: Named, ask: Ask) -> Item:
    """A record as a link to its page, on the day shown."""
    return {"label": named.label(ask.language), "url": with_time(ask, named.path) if named.path else ""}


def linked_list(links: Sequence[Item]) -> SafeString:
    """Links one below the other, for a note in the margin."""
    return format_html_join(
        SafeString("<br>"),
        "{}",
        (
            (format_html('<a href="{url}">{label}</a>', **one) if one["url"] else one["label"],)
            for one in links
        ),
    )


def listed(ways: Iterable[tuple[str, str]]) -> SafeString:
    """Links (address, words) with commas between, none of which begins a line."""
    links = [format_html('<a href="{}">{}</a>', url, label) for url, label in ways]
    before = format_html_join("", '<span class="listed">{},</span> ', ((one,) for one in links[:-1]))
    return format_html("{}{}", before, links[-1] if links else "")


def state_words(part: Part, reading: Reading, ask: Ask) -> str:
    """Why a provision shows no wording on the day: a sentence; empty where one is shown."""
    said = {
        WordingState.NOT_YET: _("On %(day)s %(name)s is not yet in force."),
        WordingState.NO_LONGER: _("On %(day)s %(name)s is no longer in force."),
        WordingState.REPEALED: _("On %(day)s %(name)s is repealed."),
        WordingState.NOT_VERIFIED: _(
            "The wording of %(name)s on %(day)s is not yet verified: it waits for a source that was read in full."
        ),
        WordingState.UNKNOWN: _("It is not known which wording of %(name)s holds on %(day)s."),
    }.get(reading.state, "")
    return said % {"day": in_words(ask.day, ask), "name": part.name_on(ask.day, ask.language)} if said else ""


def other_day(part: Part, path: str, ask: Ask) -> Item | None:
    """The way to the nearest day for which a wording is held."""
    near = part.nearest(ask.day)
    if near is None:
        return None
    label = _("Read the wording of %(day)s") % {"day": in_words(near, ask)}
    return {"url": with_time(ask, path, on=near.isoformat()), "label": label}


def told_of_change(
    day: date | None,
    made_by: int | None,
    amendings: Iterable[Amending],
    wordings: Iterable[Wording],
    ask: Ask,
) -> str:
    """Our note on what an instrument changed from a day: that of the amendment, else that of the wording."""
    amended = (one for one in amendings if (since(one), one.made_by) == (day, made_by))
    began = (one for one in wordings if one.period.began_on and one.period.began_on.exact_day == day)
    said = [own(vars(one), "description", ask) for one in amended] if day else []
    said += [own(vars(one), "change", ask) for one in began] if day else []
    return next((one for one in said if one), "")


def change_note(one: Wording, part: Part, names: Names, ask: Ask) -> Item | None:
    """What a wording of a provision changed and which instrument made it; nothing for an original wording."""
    if one.made_by is None and not one.change_en:
        return None
    began = one.period.began_on
    title = (
        _("Changed from %(day)s") % {"day": in_words(began, ask, after_since=True)} if began else _("Changed")
    )
    maker = names.get(one.made_by) if one.made_by else None
    told = told_of_change(began.exact_day if began else None, one.made_by, part.amendments, [one], ask)
    note = {"title": title, "text": told or own(vars(one), "change", ask), "changed": True}
    return {**note, **link(maker, ask)} if maker else note


def confidence_note(level: str) -> Item | None:
    """A note for what the editors are not sure of."""
    if level in ("", Confidence.HIGH):
        return None
    return {"title": str(Confidence(level).label).capitalize()}


def compare_links(ask: Ask, provision: str, eid: str) -> list[Item]:
    """The ways from a provision to its comparisons: over time, with a provision of another instrument."""
    instrument = provision.partition("/")[0]
    over_time = with_time(ask, f"/treaties/{instrument}/compare/")
    return [
        {"url": f"{over_time}#{eid}", "label": _("Compare: what changed over time")},
        {
            "url": with_time(ask, "/treaties/compare/", a=provision),
            "label": _("Compare with another provision"),
        },
    ]


def notes(*found: Item | None) -> list[Item]:
    """The notes that there are."""
    return [note for note in found if note]


def wording_spans(parts: Iterable[Part]) -> list[Item]:
    """Wordings on the ruler, numbered, the later ones in the second colour."""
    periods = {(one.period.began_on, one.period.ended_on): one for part in parts for one in part.wordings}
    ordered = sorted(periods.values(), key=lambda one: one.period.sort_key)
    return [
        {
            "start": one.period.began_on,
            "end": one.period.ended_on,
            "kind": "text2" if place % 2 else "text",
            "label": _("wording %(n)s") % {"n": place + 1},
            "short": str(place + 1),
        }
        for place, one in enumerate(ordered)
        if one.period.began_on and one.period.began_on.earliest
    ]
