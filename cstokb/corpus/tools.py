"""The four tools as data: what each is called, what it reads, and what it answers as JSON and as rows of files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from cstokb.corpus import collocations, concordance, keyness, trends
from cstokb.corpus.filters import (
    CollocationFilters,
    ConcordanceFilters,
    CorpusFilters,
    KeynessFilters,
    TrendFilters,
)
from cstokb.listing.ask import Ask
from cstokb.listing.errors import BadQuestion
from cstokb.search import told

PAGE = ("page", "page_size")
#: What narrows the texts of every tool alike.
NARROWING = tuple(name for name in CorpusFilters.base_filters if name != "q")
ROOT = "/search/"
NEEDS_WORDS = _("Write a word to look for.")


@dataclass(frozen=True)
class Tool:
    """One of the tools. ``make`` answers a question; ``head`` is what its JSON says beside the rows."""

    name: str
    filters: type[CorpusFilters]
    make: Callable[..., Any]
    head: Callable[[Any], Mapping[str, Any]]
    keys: Sequence[str]
    title: Any
    short: Any
    lede: Any
    #: Rows of a page; nought where all are told at once.
    size: int = 50
    #: What to say where a question names nothing to answer.
    needs: Any = NEEDS_WORDS

    @property
    def path(self) -> str:
        """The English address of its page."""
        return f"{ROOT}{self.name}/"

    @property
    def surface(self) -> tuple[str, ...]:
        """What its page reads beside the filters."""
        return PAGE if self.size else ()

    def read(self, ask: Ask, surface: Sequence[str] = ()) -> CorpusFilters:
        """The question read; its faults are still to be asked for."""
        return self.filters(ask, (*self.surface, *surface))

    @property
    def needs_words(self) -> bool:
        """Whether it answers questions with words alone; keyness answers any that narrows the texts."""
        return self.filters is not KeynessFilters

    def asks(self, filters: CorpusFilters) -> bool:
        """Whether the question names anything to answer."""
        if self.needs_words:
            return bool(filters.answers.get("q"))
        return bool(set(filters.answers) - {"lang", "direction", "least", "stopwords", "sort"})

    def require_question(self, filters: CorpusFilters) -> None:
        """Refuse a question that asks nothing. Raises BadQuestion."""
        if not self.asks(filters):
            raise BadQuestion(faults=[told.fault("q", "", "required", str(self.needs))])

    def body(self, answer: Any) -> dict[str, Any]:
        """The answer as JSON."""
        notices = notices_of(answer)
        said = {"notice": " ".join(one["text"] for one in notices) or None, "notices": notices}
        if not self.size:
            return {**said, **self.head(answer)}
        query = answer.asked.query
        return {
            "query": query.text if query else "",
            "explained": query.explained if query else "",
            **said,
            "count": answer.count,
            "next": self.beside(answer, 1),
            "previous": self.beside(answer, -1),
            **self.head(answer),
            "results": answer.results,
        }

    def rows(self, filters: CorpusFilters, page: tuple[int, int] | None) -> Iterator[dict[str, Any]]:
        """The rows of a file: all of them, or those of a page."""
        answer = self.make(filters, *(page or ()))
        return iter(answer.results) if page else answer.every()

    def beside(self, answer: Any, step: int) -> str | None:
        """The address of the page before or after; None where there is none."""
        number = answer.page + step
        if number < 1 or (step > 0 and answer.page * answer.size >= answer.count):
            return None
        params = answer.ask.params.copy()
        params["page"] = str(number)
        return str(answer.ask.absolute(f"{answer.ask.path}?{params.urlencode()}"))


def notices_of(answer: Any) -> list[dict[str, str]]:
    """Repairs of the question, and why nothing can be found."""
    return list(answer.notices() if hasattr(answer, "notices") else answer.asked.notices())


def in_context(text: str, ask: Ask, more: str = "") -> str:
    """The address of the concordance of a query in the texts that this question leaves; ``more`` narrows the query."""
    kept = [(name, value) for name in NARROWING for value in ask.params.getlist(name) if value.strip()]
    asked = [("q", f"{text} {more}".strip()), *kept]
    return f"{ask.localised(f'{ROOT}concordance/')}?{urlencode(asked)}"


def _concordance(answer: concordance.Concordance) -> dict[str, Any]:
    return {"group": answer.group or None, "groups": answer.groups}


def _trends(answer: trends.Trends) -> dict[str, Any]:
    return {
        "by": answer.by,
        "threshold": trends.THRESHOLD,
        "left_out": answer.left_out,
        "series": answer.told(),
    }


def _collocations(answer: collocations.Collocations) -> dict[str, Any]:
    return {
        "languages": list(answer.asked.languages),
        "window": answer.window,
        "least": answer.least,
        "hits": answer.hits,
        "words": answer.words,
        "near_words": answer.near_words,
    }


def _keyness(answer: keyness.Keyness) -> dict[str, Any]:
    here, rest = answer.words
    return {
        "language": answer.language or None,
        "direction": "over" if answer.over else "under",
        "least": answer.least,
        "words": here,
        "rest_words": rest,
    }


CONCORDANCE = Tool(
    "concordance",
    ConcordanceFilters,
    concordance.Concordance,
    _concordance,
    concordance.KEYS,
    _("Words in context"),
    _("In context"),
    _("Every place where the texts hold a word, with what stands on either side."),
)
TRENDS = Tool(
    "trends",
    TrendFilters,
    trends.Trends,
    _trends,
    trends.KEYS,
    _("Words over time"),
    _("Over time"),
    _("How often the texts use a word, each year or by each state, beside how much text there is."),
    size=0,
)
COLLOCATIONS = Tool(
    "collocations",
    CollocationFilters,
    collocations.Collocations,
    _collocations,
    collocations.KEYS,
    _("Words that go together"),
    _("In company"),
    _("Which words stand near a word more often than chance would have it."),
)
KEYNESS = Tool(
    "keyness",
    KeynessFilters,
    keyness.Keyness,
    _keyness,
    keyness.KEYS,
    _("Words peculiar to some texts"),
    _("Peculiar words"),
    _("Which words some texts use more often, or less often, than all the others."),
    needs=_("Name the texts to set beside all others: a state, a speaker, an organ, a topic or years."),
)
TOOLS = (CONCORDANCE, TRENDS, COLLOCATIONS, KEYNESS)
