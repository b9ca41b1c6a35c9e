"""Citations in words by the rules of a style: Chicago, APA, OSCOLA, GOST R 7.0.100-2018. Pure, as ``citation`` is.

A style says what is recorded and nothing else: without an author the title stands first, and an unknown date is said as
the style says it. Each citation is a row of runs, some of them in italics.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from cstokb.dates import HistoricDate, describe
from cstokb.listing.citation import SITE, Act, Cited, person, words

NO_BREAK = "\u00a0"
#: The words of the styles, in the languages of the site.
_WORDS = {
    "en": {
        "undated": "n.d.",
        "about": "ca.",
        "accessed": "Accessed {}",
        "retrieved": "Retrieved {}, from ",
        "lately": "accessed {}",
        "signed": "signed {}",
        "adopted": "adopted {}",
        "in force": "entered into force {}",
        "series": "UNTS reg no {}",
        "speech": "{} at {}",
    },
    "ru": {
        "undated": "б. д.",
        "about": "ок.",
        "accessed": "Дата обращения: {}",
        "retrieved": "Дата обращения: {}. ",
        "lately": "дата обращения: {}",
        "signed": "подписание: {}",
        "adopted": "принятие: {}",
        "in force": "вступление в силу: {}",
        "series": "UNTS рег. № {}",
        "speech": "{}: {}",
    },
}
_QUOTES = {"en": ("“", "”"), "ru": ("«", "»")}
_PINPOINTS = {
    "Article": "art",
    "Chapter": "ch",
    "Paragraph": "para",
    "Preamble": "preamble",
    "Annex": "annex",
    "Статья": "ст.",
    "Глава": "гл.",
    "Пункт": "п.",
    "Преамбула": "преамбула",
    "Приложение": "приложение",
}
_INNER = {"en": ("‘", "’"), "ru": ("„", "“")}
_QUOTED = re.compile(r"“([^“”]*)”|«([^«»]*)»|\"([^\"]*)\"")


class Run(NamedTuple):
    """A part of a citation that is set in one way."""

    text: str
    italic: bool = False


# -- styles --------------------------------------------------------------------------------------------------------


def house(of: Cited, language: str) -> list[Run]:
    """The words of this site."""
    said = words(of, language)
    return [Run(f"{said['text']} "), Run(said["work"], italic=True), Run(said["rest"])]


def chicago(of: Cited, language: str) -> list[Run]:
    """Chicago, notes and bibliography: an entry of the bibliography."""
    told = _WORDS[language]
    who = _joined([_inverted(name) if own else name for name, own in _names(of, language)], "and", language)
    title = ", ".join([of.named(language), *of.narrowed(language, lambda day: _day(day, language))])
    where, day = _where(of, language), _day(of.issued, language)
    site = f"{SITE[language]}."
    said = [
        _stopped(who) if who else "",
        _quoted(_stopped(_nested(title, language)), language),
        # Where and when a document was made stands before the site that holds it; the date of a page behind.
        *(
            [_stopped(f"{where}, {day}"), *_series(of), site]
            if where and of.issued
            else [site, _stopped(day)]
        ),
        _stopped(told["accessed"].format(_day(HistoricDate.of_day(of.seen), language))),
        f"{of.address(language)}.",
    ]
    return [Run(" ".join(one for one in said if one))]


def apa(of: Cited, language: str) -> list[Run]:
    """APA, seventh edition: an entry of the reference list. What may change is given with the day it was read."""
    told = _WORDS[language]
    seen = told["retrieved"].format(_day(HistoricDate.of_day(of.seen), language))
    rest = Run(f" {SITE[language]}. {seen}{of.address(language)}")
    if of.act:
        return [Run(_apa_act(of, of.act, language)), rest]
    who = _joined(
        [_with_initials(name) if own else name for name, own in _names(of, language)], "&", language
    )
    dated = f"({_year_first(of.issued, language)})."
    narrowed = "".join(f", {one}" for one in of.narrowed(language, lambda day: _day(day, language)))
    kind = f" [{_capital(of.sort(language))}]" if of.sort(language) else ""
    title = [Run(of.named(language), italic=True), Run(f"{narrowed}{kind}")]
    if who:
        return [Run(f"{_stopped(who)} {dated} "), *title, Run("."), rest]
    return [*title, Run(f". {dated}"), rest]


def _apa_act(of: Cited, act: Act, language: str) -> str:
    """A treaty as APA has it: its name, the day, the series; behind these what of it is cited."""
    series = [f"{act.volume} U.N.T.S." if act.volume else "U.N.T.S."] if act.volume or act.number else []
    series = [f"{one} No. {act.number}" if act.number else one for one in series]
    part = [act.part[language]] if act.part.get(language) else []
    narrowed = of.narrowed(language, lambda day: _day(day, language))
    return _stopped(", ".join([act.named(language), _day(of.issued, language), *series, *part, *narrowed]))


def oscola(of: Cited, language: str) -> list[Run]:
    """OSCOLA: a treaty or another act, a speech, or a website in a footnote.

    Without a date of publication the day on which a website was read stands alone.
    """
    if of.act:
        return [Run(_oscola_act(of, of.act, language))]
    who = _joined([name for name, _own in _names(of, language)], "and", language)
    title = _quoted(of.named(language), language, single=True)
    dated = f", {_plain_day(of.issued, language)}" if of.issued and of.issued.year else ""
    where, begin = _where(of, language), f"{who}, {title} (" if who else f"{title} ("
    if where and dated:
        return [
            Run(f"{begin}{where}{dated}){_oscola_narrowed(of, language)} "),
            Run(SITE[language], italic=True),
            Run(f" {_oscola_read(of, language)}"),
        ]
    return [
        Run(begin),
        Run(SITE[language], italic=True),
        Run(f"{dated}){_oscola_narrowed(of, language)} {_oscola_read(of, language)}"),
    ]


def _oscola_act(of: Cited, act: Act, language: str) -> str:
    """Title (signed day, entered into force day) series, part: as far as each is recorded."""
    told = _WORDS[language]
    days = [("signed" if act.signed else "adopted", of.issued), ("in force", act.in_force_on)]
    said = [told[name].format(_plain_day(day, language)) for name, day in days if day and day.year]
    number = told["series"].format(act.number) if act.number else "UNTS"
    series = [f"{act.volume} {number}" if act.volume else number] if act.volume or act.number else []
    dated = [f"({', '.join(said)})"] if said else []
    cited = " ".join([act.named(language), *dated, *series, *_pinpoint(act, language)])
    return f"{cited}{_oscola_narrowed(of, language)} {_oscola_read(of, language)}"


def _pinpoint(act: Act, language: str) -> list[str]:
    """The part as OSCOLA shortens it: art 4, ch II; any other by its name."""
    part = act.part.get(language) or act.part.get("en", "")
    word, _space, number = part.partition(" ")
    return [f"{_PINPOINTS.get(word, word)} {number}".rstrip()] if part else []


def _oscola_narrowed(of: Cited, language: str) -> str:
    return "".join(f", {one}" for one in of.narrowed(language))


def _oscola_read(of: Cited, language: str) -> str:
    seen = _WORDS[language]["lately"].format(describe(HistoricDate.of_day(of.seen), language))
    return f"<{of.address(language)}> {seen}"


def gost(of: Cited, language: str) -> list[Run]:
    """GOST R 7.0.100-2018: the analytic description of a part of a site; always in Russian, as the standard is."""
    names = _names(of, "ru")
    persons = [name for name, own in names if own]
    head = _stopped(_with_initials(persons[0], NO_BREAK)) + " " if persons else ""
    broad, _colon, finer = of.sort("ru").partition(": ")
    kind = f"{broad} ({finer})" if finer else broad
    title = f"{head}{of.named('ru')}" + (f" : {kind[:1].lower()}{kind[1:]}" if kind else "")
    narrowed = "".join(f", {one}" for one in of.narrowed("ru"))
    behind = ", ".join(_initials_first(name) if own else name for name, own in names)
    responsible = f" / {behind}" if behind else ""
    seen = f"{of.seen:%d.%m.%Y}"
    parts = [
        _stopped(f"{title}{narrowed}{responsible}"),
        f"Текст : электронный // {SITE['ru']} : сайт.",
        *_gost_dates(of.issued),
        f"URL: {of.address('ru')} (дата обращения: {seen}).",
    ]
    return [Run(f" –{NO_BREAK}".join(parts))]


def _gost_dates(issued: HistoricDate | None) -> list[str]:
    """The year, then the day in it; what is not known stands in brackets."""
    if issued is None or issued.year is None:
        return [f"[б.{NO_BREAK}г.]."]
    if issued.approximate:
        return [f"[ок.{NO_BREAK}{issued.year}]."]
    spoken = describe(issued, "ru").removesuffix(f"{NO_BREAK}{issued.year}")
    return [f"{issued.year}.", *([f"{_capital(spoken)}."] if issued.month else [])]


#: The styles by name: how they are called, how they are written, and in which language where that is not the page's.
STYLES: dict[str, tuple[str, Callable[[Cited, str], list[Run]], str]] = {
    "house": ("", house, ""),
    "chicago": ("Chicago", chicago, ""),
    "apa": ("APA", apa, ""),
    "oscola": ("OSCOLA", oscola, ""),
    "gost": ("ГОСТ Р 7.0.100-2018", gost, "ru"),
}


# -- names ---------------------------------------------------------------------------------------------------------


def _names(of: Cited, language: str) -> list[tuple[str, bool]]:
    """Who stands over the text, in a language, and whether each is a person."""
    return [((russian if language == "ru" else "") or english, own) for english, russian, own in of.authors]


def _inverted(name: str) -> str:
    told = person(name)
    return f"{told['family']}, {told['given']}" if "given" in told else told["family"]


def _initials(given: str, gap: str) -> str:
    """The initials of given names; those that a hyphen joins stay joined."""
    return gap.join("-".join(f"{part[0]}." for part in name.split("-") if part) for name in given.split())


def _where(of: Cited, language: str) -> str:
    """Where it was made, in words: the place, or for a speech what it was and at which meeting."""
    if of.event is None:
        return of.at.get(language) or of.at.get("en", "")
    event, sort = of.event.get(language) or of.event.get("en", ""), _capital(of.sort(language))
    return _WORDS[language]["speech"].format(sort, event) if event else sort


def _series(of: Cited) -> list[str]:
    """The United Nations Treaty Series as Chicago names it, where a volume or a number is known."""
    if not of.act or not (of.act.volume or of.act.number):
        return []
    volume = f" {of.act.volume}" if of.act.volume else ""
    return [f"United Nations Treaty Series{volume}" + (f", no. {of.act.number}." if of.act.number else ".")]


def _with_initials(name: str, gap: str = " ") -> str:
    told = person(name)
    return f"{told['family']}, {_initials(told['given'], gap)}" if "given" in told else told["family"]


def _initials_first(name: str) -> str:
    told = person(name)
    initials = _initials(told.get("given", ""), NO_BREAK)
    return f"{initials}{NO_BREAK}{told['family']}" if initials else told["family"]


def _joined(names: list[str], last: str, language: str) -> str:
    """Names in a row; the last behind its word."""
    word = last if language == "en" or last == "&" else "и"
    return ", ".join([*names[:-2], f" {word} ".join(names[-2:])]) if names else ""


# -- dates and punctuation -----------------------------------------------------------------------------------------


def _day(value: HistoricDate | None, language: str) -> str:
    """A date as American styles say it in English; as everywhere in Russian."""
    if value is None or value.year is None:
        return _WORDS[language]["undated"]
    if value.approximate or value.day is None or language != "en":
        return _plain_day(value, language)
    day, month, year = describe(value, "en").split(NO_BREAK)
    return f"{month}{NO_BREAK}{day}, {year}"


def _plain_day(value: HistoricDate, language: str) -> str:
    """A date in words, with the style's word for about."""
    said = describe(value, language)
    if not value.approximate:
        return said
    return f"{_WORDS[language]['about']}{NO_BREAK}{said.partition(NO_BREAK)[2]}"


def _year_first(value: HistoricDate | None, language: str) -> str:
    """A date as APA's reference list has it: the year, then month and day."""
    if value is None or value.year is None:
        return _WORDS[language]["undated"]
    if value.approximate or value.month is None:
        return f"{_WORDS[language]['about']}{NO_BREAK}{value.year}" if value.approximate else str(value.year)
    rest = describe(value, language).removesuffix(f"{NO_BREAK}{value.year}")
    if language == "en" and value.day is not None:
        day, month = rest.split(NO_BREAK)
        rest = f"{month}{NO_BREAK}{day}"
    return f"{value.year}, {rest}"


def _stopped(text: str) -> str:
    """A text that ends in a full stop, or in a mark that stands for one."""
    return text if text[-1:] in ".?!…" else f"{text}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _nested(text: str, language: str) -> str:
    """A text whose quotation marks are those inside others."""
    before, after = _INNER[language]
    return _QUOTED.sub(lambda one: f"{before}{one[1] or one[2] or one[3] or ''}{after}", text)


def _quoted(text: str, language: str, *, single: bool = False) -> str:
    """A text in quotation marks; single ones where a style has them in English."""
    if language == "ru":
        before, after = _QUOTES["ru"]
        # In Russian the full stop stands behind the quotation mark.
        return f"{before}{text.removesuffix('.')}{after}" + ("." if text.endswith(".") else "")
    before, after = _INNER["en"] if single else _QUOTES["en"]
    return f"{before}{text}{after}"
