"""The answers as the templates show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cstokb.corpus import drawing
from cstokb.corpus.collocations import Collocations
from cstokb.corpus.concordance import Concordance
from cstokb.corpus.keyness import Keyness
from cstokb.corpus.tools import in_context
from cstokb.corpus.trends import THRESHOLD, Trends
from cstokb.dates import HistoricDate
from cstokb.records.choices import Language


def concordance(answer: Concordance) -> dict[str, Any]:
    """Lines of the page, each group of them under its heading."""
    counts = {one["value"]: one for one in answer.groups}
    before: str | None = None
    rows = []
    for line, found in zip(answer.results, answer.values_on_page, strict=True):
        heading = counts[found] if answer.group and found != before else None
        before = found
        rows.append({**line, "heading": _heading(heading), "on": _date(line), "lang": _other(line, answer)})
    return {"count": answer.count, "lines": rows, "groups": [_heading(one) for one in answer.groups]}


def _heading(group: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if group is None:
        return None
    return {"label": group["label"] or _("No single one, or not known"), "count": group["count"]}


def _date(line: Mapping[str, Any]) -> HistoricDate | None:
    return HistoricDate.parse(line["date"]) if line["date"] else None


def _other(line: Mapping[str, Any], answer: Concordance) -> str:
    return line["language"] if line["language"] != answer.ask.language else ""


def trends(answer: Trends) -> dict[str, Any]:
    """The chart with its key, and the table of the same numbers."""
    series = answer.told()
    told = [one for one in series if one["points"]]
    return {
        "series": [
            {
                **one,
                "css": f"s{number}",
                "languages_in_words": ", ".join(_languages(one["languages"])),
                "context_url": _in_context(one, answer),
            }
            for number, one in enumerate(series, start=1)
        ],
        "drawn": (drawing.lines(told) if answer.by == "year" else drawing.bars(told)) if told else None,
        "of_years": answer.by == "year",
        "table": _table(answer, told) if told else None,
        "threshold": _whole(THRESHOLD),
        "thin": any(point["thin"] for one in told for point in one["points"]),
        "gaps": any(not point["words"] for one in told for point in one["points"]),
        "left_out": answer.left_out,
        "without": any(one["without_period"]["words"] for one in series),
    }


def _languages(codes: list[str]) -> Iterator[str]:
    """English and Russian by name; the others in which texts are hardly held would only lengthen the line."""
    for code in codes:
        if code in ("en", "ru"):
            yield str(Language(code).label)


def _in_context(one: Mapping[str, Any], answer: Trends) -> str:
    params = answer.ask.params.copy()
    for name in ("by", "q"):
        params.pop(name, None)
    params["q"] = one["query"]
    if not params.get("lang"):
        params.setlist("lang", [code for code in one["languages"] if code in Language.values])
    return f"{answer.ask.localised('/search/concordance/')}?{params.urlencode()}"


def _table(answer: Trends, series: list[dict[str, Any]]) -> dict[str, Any]:
    """A row for each period; how many words there are is said once where it is the same for all queries."""
    amounts = [[point["words"] for point in one["points"]] for one in series]
    same = all(one == amounts[0] for one in amounts)
    columns = [{"label": capfirst(answer.filters.filters["by"].vocabulary[answer.by]), "numeric": False}]
    if same:
        columns.append({"label": _("Words of text"), "numeric": True})
    for one in series:
        more = [] if same else [_("Words of text")]
        named = f"{one['query']}: " if len(series) > 1 else ""
        columns += [
            {"label": f"{named}{label}", "numeric": True}
            for label in (*more, _("Times"), _("Per 10,000 words"))
        ]
    rows = [
        _row(points, answer, same=same) for points in zip(*(one["points"] for one in series), strict=True)
    ]
    return {
        "caption": _("The same numbers as a table"),
        "columns": columns,
        "rows": rows,
        "mode": "scroll" if len(series) > 1 else "fold",
    }


def _row(points: tuple[Mapping[str, Any], ...], answer: Trends, *, same: bool) -> list[dict[str, Any]]:
    first, few_words = points[0], _("few words")
    cells: list[dict[str, Any]] = [
        {"text": first["label"], "url": answer.names.page(answer.by, first["period"])}
    ]
    if same:
        cells.append({"text": _whole(first["words"])})
    for point in points:
        if not same:
            cells.append({"text": _whole(point["words"])})
        if point["per_10k"] is None:
            cells += [{"text": _("no text")}, {"text": "–"}]
        else:
            few = f" ({few_words})" if point["thin"] else ""
            cells += [{"text": _whole(point["count"])}, {"text": f"{_number(point['per_10k'])}{few}"}]
    return cells


def collocations(answer: Collocations) -> dict[str, Any]:
    """The words with their figures."""
    labels = (
        *(_("Word"), _("Together"), _("Expected"), _("In all")),
        *(_("Log-likelihood"), _("MI"), _("logDice")),
    )
    query = answer.asked.query
    rows = [
        [
            {"text": one["word"], "url": _beside(query.text if query else "", one["word"], answer)},
            {"text": _whole(one["together"])},
            {"text": _number(one["expected"])},
            {"text": _whole(one["frequency"])},
            *({"text": _number(one[name])} for name in ("log_likelihood", "mi", "log_dice")),
        ]
        for one in answer.results
    ]
    return {"count": answer.count, "table": _figures(_("Words near the word"), labels, rows)}


def _beside(text: str, word: str, answer: Collocations) -> str:
    """Where the two stand together, for a query that is one word or phrase."""
    alone = len(answer.asked.words) == 1 and ":" not in text
    joined = f"{text} NEAR/{answer.window} ={word}" if alone else f"={word}"
    return in_context(joined, answer.ask)


def keyness(answer: Keyness) -> dict[str, Any]:
    """The words with their figures."""
    labels = (
        *(_("Word"), _("Here"), _("Elsewhere"), _("Here per 10,000")),
        *(_("Elsewhere per 10,000"), _("Log-likelihood"), _("Log ratio")),
    )
    query = answer.asked.query
    narrowed = query.text if query and not answer.asked.words else ""
    rows = [
        [
            {"text": one["word"], "url": in_context(f"={one['word']}", answer.ask, narrowed)},
            {"text": _whole(one["count"])},
            {"text": _whole(one["rest"])},
            *(
                {"text": _number(one[name])}
                for name in ("per_10k", "rest_per_10k", "log_likelihood", "log_ratio")
            ),
        ]
        for one in answer.results
    ]
    here, rest = answer.words
    return {
        "count": answer.count,
        "table": _figures(_("Peculiar words"), labels, rows),
        "language_in_words": Language(answer.language).label if answer.language else "",
        "words": _whole(here),
        "rest_words": _whole(rest),
        "nothing_to_compare": not (here and rest),
    }


def _figures(caption: str, labels: tuple[str, ...], rows: list[list[dict[str, Any]]]) -> dict[str, Any]:
    columns = [{"label": label, "numeric": number > 0} for number, label in enumerate(labels)]
    return {"caption": caption, "caption_hidden": True, "columns": columns, "rows": rows}


def _whole(value: int) -> str:
    return str(number_format(value, force_grouping=True))


def _number(value: float) -> str:
    return str(number_format(round(value, 2), decimal_pos=2, force_grouping=True))
