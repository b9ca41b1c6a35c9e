"""Small parts of a page as finished HTML: dates, links, signs, cells. The tags of `look` show them in templates."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from cstokb.dates import HistoricDate, describe
from cstokb.dates.display import NO_BREAK
from cstokb.pages import words
from cstokb.pages.addresses import active_language, is_followable
from cstokb.pages.markup import each, escaped, filled

Day = HistoricDate | date | None


def historic_date(value: Day, style: str = "") -> SafeString:
    """A date that says how well it is known.

    `short` shortens the month; `plain` leaves out the word of precision, as `short` does; `since` is the form behind
    since and until, which Russian months have. Several stand with a space between. "About" needs no further word.
    """
    if not value:
        return SafeString("")
    known = value if isinstance(value, HistoricDate) else HistoricDate.of_day(value)
    styles = style.split()
    since = "since" in styles
    text = _short(known) if "short" in styles else describe(known, active_language(), after_since=since)
    if known.exact_day:
        return filled('<time class="date" datetime="{}">{}</time>', known.edtf, text)
    if known.approximate or known.precision == "unknown":
        dated = filled('<span class="date im">{}</span>', text)
    else:
        dated = filled('<time class="date im" datetime="{}">{}</time>', known.edtf, text)
    brief = "short" in styles or "plain" in styles
    word = "" if brief or known.approximate else words.PRECISION.get(known.precision, "")
    return filled('{} <span class="prec">({})</span>', dated, word) if word else dated


def _short(known: HistoricDate) -> str:
    """The date with its month cut to three letters, in the form in which the whole date would say it."""
    said = describe(known, active_language())
    if known.month is None or known.approximate:
        return said
    *day, month, year = said.split(NO_BREAK)
    return NO_BREAK.join([*day, month[:3], year])


def period(began_on: Day, ended_on: Day) -> SafeString:
    """A period whose first and last day both belong to it; without a last day it is open.

    One that began and ended on the same day, or in the same month or year, is that day, month or year.
    """
    if not began_on and not ended_on:
        return SafeString("")
    if began_on == ended_on:
        return historic_date(began_on)
    began = historic_date(began_on) or _said(gettext("no beginning recorded"))
    ended = historic_date(ended_on) or _said(gettext("no end recorded"))
    return filled("{} – {}", began, ended)


def _said(text: str) -> SafeString:
    """Words for those who listen."""
    return filled('<span class="vh">{}</span>', text)


def linked(label: object, url: str = "", lang: str = "") -> SafeString:
    """Words, as a link where there is an address that a reader can safely follow, in their own language."""
    tongue = filled(' lang="{}"', lang) if lang else ""
    if url and is_followable(url):
        foreign = "" if url.startswith(("/", "#", "?")) else SafeString(' rel="external"')
        return filled('<a href="{}"{}{}>{}</a>', url, foreign, tongue, label)
    return filled("<span{}>{}</span>", tongue, label) if lang else SafeString(escaped(label))


def mark(symbol: str) -> SafeString:
    """One of the shapes of components/marks.html; it always stands beside its word."""
    return filled('<svg class="mk" aria-hidden="true"><use href="#{}"/></svg>', symbol)


def refs(numbers: Sequence[int] | int, prefix: str = "e") -> SafeString:
    """The numbers of evidence at a fact, each a link to its line at the foot."""
    chosen = [numbers] if isinstance(numbers, int) else numbers
    if not chosen:
        return SafeString("")
    said = _said(gettext("Evidence") + " ")
    rows = ((prefix, str(number), said, str(number)) for number in chosen)
    return each('<a class="ref" href="#{}{}">{}{}</a>', rows)


def standing(kind: str) -> SafeString:
    """How a state stands, by shape and word."""
    found = words.STANDINGS.get(kind, words.STANDINGS["unknown"])
    return filled(
        '<span class="badge {}">{}<span>{}</span></span>', found.css, mark(found.symbol), found.label
    )


def find_sign(kind: str) -> words.Sign:
    """The sign of a kind, spelt with hyphens or underscores; not known for any other."""
    return words.CELLS.get(kind.replace("_", "-"), words.CELLS["not-known"])


def sign(kind: str) -> SafeString:
    """The sign of a matrix by itself, for a line that also has its word."""
    found = find_sign(kind)
    return filled('<span class="{}">{}</span>', found.css, _drawn(found))


def cell(kind: str, label: str = "") -> SafeString:
    """A cell of a matrix: the sign to see, the word to hear."""
    found = find_sign(kind)
    return filled(
        '<td class="{}" role="cell">{}{}</td>', found.css, _drawn(found), _said(label or str(found.label))
    )


def legend_of(kinds: Sequence[str]) -> list[dict[str, Any]]:
    """The signs of a matrix with their words, for components/legend.html."""
    return [{"css": one.css, "sign": _drawn(one), "label": one.label} for one in map(find_sign, kinds)]


def _drawn(found: words.Sign) -> SafeString:
    return filled('<span aria-hidden="true">{}</span>', found.text) if found.text else mark(found.symbol)


def table_row(row: Sequence[Mapping[str, Any]], columns: Sequence[Mapping[str, Any]]) -> SafeString:
    """The cells of one row of components/table.html; the first is the row's heading."""
    heading = f'<th scope="row" role="rowheader">{shown(row[0])}</th>'
    rest = zip(row[1:], columns[1:], strict=True)
    return SafeString(heading + "".join(_data_cell(one, column) for one, column in rest))


def _data_cell(one: Mapping[str, Any], column: Mapping[str, Any]) -> SafeString:
    names = [name for name, wanted in (("lead", one.get("lead")), ("r", column.get("numeric"))) if wanted]
    css = filled(' class="{}"', " ".join(names)) if names else ""
    return filled('<td{} role="cell" data-l="{}">{}</td>', css, column["label"], shown(one))


def _each_linked(items: Sequence[Mapping[str, Any]]) -> SafeString:
    """Several links; the sign between two stays with the one before it."""
    last = len(items) - 1
    rows = ((linked(item["text"], item["url"]), "" if i == last else ";") for i, item in enumerate(items))
    return SafeString(each('<span class="listed">{}{}</span> ', rows).rstrip())


def shown(one: Mapping[str, Any]) -> SafeString:
    """What a cell or a fact shows: a date, a period, a sign with its word, or words."""
    text, url = one.get("text", ""), one.get("url", "")
    if one.get("sign"):
        value = filled('<span class="mode">{} {}</span>', sign(one["sign"]), text)
    elif one.get("standing"):
        value = standing(one["standing"])
    elif one.get("linked"):
        value = _each_linked(one["linked"])
    elif one.get("date"):
        value = linked(historic_date(one["date"]), url)
    elif one.get("began_on") or one.get("ended_on"):
        value = period(one.get("began_on"), one.get("ended_on"))
    else:
        value = linked("" if text is None else text, url, one.get("lang", ""))
    return value + refs(one.get("refs", ()))
