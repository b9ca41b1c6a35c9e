"""The redline of an instrument between two days: what changed, by which instrument, and article by article how."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from treaty.alignment import DAY, Outcome, Pair, Step, since
from treaty.compare_blocks import blocks
from treaty.compare_days import Compared, maker, outcome_word
from treaty.compare_notices import Purpose, notices, official_links
from treaty.page_parts import Item, in_words, with_time


def context(told: Compared) -> dict[str, Any]:
    """What templates/treaty/compare.html shows."""
    ask = told.ask
    return {
        "title": _("What changed: %(instrument)s") % {"instrument": told.label},
        "lede": lede(told),
        "notices": noted(told),
        "has_text": bool(told.rows or told.days),
        "changes": summary(told),
        "undated": undated(told),
        "counts": counts(told.pairs),
        "same_day": told.first == told.last,
        "blocks": list(blocks(told)),
        "days": day_links(told),
        "languages": language_links(told),
        "no_language": told.language if told.languages and told.language not in told.languages else "",
        "first": told.first,
        "last": told.last,
        "language": told.language,
        "keep": [(name, ask.params[name]) for name in ("on", "known_on") if ask.params.get(name)],
        "whole_url": with_time(ask, told.row["entry__path"], on=told.last.isoformat()),
        "printed_from": f"{settings.SITE_URL}{told.url()}",
        "languages_url": with_time(ask, told.path, view="languages"),
    }


def noted(told: Compared) -> list[Item]:
    """Whose words are compared, as notices at the top."""
    official = official_links([(told.label, told.row["official_url"])], told.ask)
    return notices([(one.old, one.new) for one in told.pairs], Purpose.DAYS, official)


# -- head --------------------------------------------------------------------------------------------------------------


def lede(told: Compared) -> str:
    """How many provisions changed between which days, and of how many the new words are not held."""
    days = {"first": in_words(told.first, told.ask), "last": in_words(told.last, told.ask)}
    if told.whole and not told.changed:
        return _("Amended between %(first)s and %(last)s; which provisions changed is not recorded.") % days
    if not told.rows:
        return _("No provision of this instrument is recorded, so there is nothing to compare.")
    if not told.changed:
        return _("No change of the text is recorded between %(first)s and %(last)s.") % days
    unseen = sum(pair.outcome in (Outcome.NOT_VERIFIED, Outcome.NOT_CONSOLIDATED) for pair in told.changed)
    known = len(told.changed) - unseen
    words = ngettext(
        "%(n)s provision changed between %(first)s and %(last)s.",
        "%(n)s provisions changed between %(first)s and %(last)s.",
        known,
    )
    more = ngettext(
        "%(n)s more changed in words that are not held yet.",
        "%(n)s more changed in words that are not held yet.",
        unseen,
    )
    said = [words % {"n": known, **days}, more % {"n": unseen} if unseen else ""]
    return " ".join(one for one in said if one)


def summary(told: Compared) -> list[Item]:
    """Each change with its day, the instrument that made it, and the provisions it touched."""
    grouped: dict[Step, list[Pair]] = {
        Step(day, one.made_by): [] for one in told.whole if (day := since(one))
    }
    for pair in told.changed:
        for step in pair.steps:
            grouped.setdefault(step, []).append(pair)
    return [
        {
            "day": step.day,
            "maker": maker(step.made_by, told),
            "provisions": [
                {"label": told.name(pair), "url": f"#{told.anchor(pair)}", "word": outcome_word(pair)}
                for pair in pairs
            ],
        }
        for step, pairs in sorted(grouped.items(), key=lambda item: item[0].in_order())
    ]


def undated(told: Compared) -> list[Item]:
    """Instruments whose changes hold since a day that is not known, with the provisions that they touch."""
    return [
        {
            "maker": maker(key, told),
            "provisions": [
                {"label": told.name(pair), "url": f"#{told.anchor(pair)}"}
                for pair in told.pairs
                if key in pair.undated
            ],
        }
        for key in told.undated
    ]


def counts(pairs: Iterable[Pair]) -> list[Item]:
    """How many provisions had each outcome, headings left out."""
    found = [pair.outcome for pair in pairs if pair.outcome != Outcome.HEADING]
    return [
        {"label": str(outcome.label), "count": found.count(outcome)}
        for outcome in Outcome
        if outcome in found
    ]


def day_links(told: Compared) -> list[Item]:
    """Each change of the text by itself, the newest first, and the whole way from the first text to the newest."""
    links = [
        {
            "url": told.url(**{"from": (day - DAY).isoformat(), "to": day.isoformat()}),
            "label": in_words(day, told.ask),
            "text": ngettext("%(n)s provision", "%(n)s provisions", len(pairs)) % {"n": len(pairs)}
            if pairs
            else "",
            "current": (told.first, told.last) == (day - DAY, day),
        }
        for day, pairs in reversed(told.days)
    ]
    began = told.force.in_force_on.exact_day if told.force.in_force_on else None
    newest = max((day for day, _pairs in told.days), default=None)
    if began and newest and len(told.days) > 1:
        whole = {
            "url": told.url(**{"from": began.isoformat(), "to": newest.isoformat()}),
            "label": _("First text to newest"),
            "text": "",
            "current": (told.first, told.last) == (began, newest),
        }
        links.append(whole)
    return links


def language_links(told: Compared) -> list[Item]:
    """The languages in which wordings are held, where there is more than one."""
    links = [
        {"code": code, "url": told.url(lang=code), "current": code == told.language}
        for code in told.languages
    ]
    return links if len(links) > 1 else []
