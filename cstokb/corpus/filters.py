"""What the corpus tools can be asked; the names are those of the search, and so is what reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cstokb.corpus import questions
from cstokb.corpus.questions import Extent
from cstokb.corpus.texts import LANGUAGE, SPEAKER, Texts, fields_of, names_languages, words_of
from cstokb.fulltext import engine
from cstokb.fulltext.matching import complete
from cstokb.fulltext.tree import Node
from cstokb.fulltext.wording import left_out
from cstokb.search.filters import SearchFilters

#: The kind of record that holds the texts of a source.
SOURCES = {"statements": "statement", "provisions": "provision"}
SOURCE_WORDS = {"statements": _("statements"), "provisions": _("wordings of provisions")}
YES_NO = {"no": _("no"), "yes": _("yes")}
#: In which script the words of each language are written.
SCRIPTS = {
    "latin": ("en", "fr", "az", "uz"),
    "cyrillic": ("ru", "be", "kk", "ky", "tg"),
    "armenian": ("hy",),
    "georgian": ("ka",),
}
_RANGES = {
    "latin": ("a", "z"),
    "cyrillic": ("\u0400", "\u052f"),
    "armenian": ("\u0530", "\u058f"),
    "georgian": ("\u10a0", "\u10ff"),
}
_OPERATORS = re.compile(r"\bNEAR/\d+|\bOR\b")


class CorpusFilters(SearchFilters):
    """The parameters that all corpus tools share. Texts are of the present: neither ``on`` nor ``known_on``."""

    q = questions.AsWritten(_("words"))
    # None takes a filter of the base class away.
    type: Any = None
    person: Any = None
    sort: Any = None

    @property
    def chosen_languages(self) -> tuple[str, ...]:
        """The languages asked for as a parameter."""
        return tuple(self.answers.get(LANGUAGE, ()))

    @property
    def source_read(self) -> str:
        """Which texts are read."""
        return str(self.answers.get("source", "statements"))

    def chosen(self, name: str, default: Any) -> Any:
        """The answer to one of the tools' own parameters."""
        return self.answers.get(name, default)

    def texts(self, tree: Node | None, languages: Sequence[str] = ()) -> Texts:
        """The passages that the parameters and a completed query leave."""
        told = self.narrowing
        facets = {name: values for name, values in told.facets.items() if name != LANGUAGE}
        narrowed = engine.Filters(facets, (SOURCES[self.source_read],), told.after, told.before)
        return Texts(
            narrowed.whole(),
            tree,
            tuple(self.chosen_languages or languages),
            tuple(self.answers.get(SPEAKER, ())),
        )

    def everything(self, language: str) -> Texts:
        """All passages in a language."""
        return Texts(engine.Filters(kinds=(SOURCES[self.source_read],)).base(), languages=(language,))


class Asked:
    """One query of a tool, with the passages it is about and those its figures are measured against."""

    def __init__(self, filters: CorpusFilters, query: engine.Query | None) -> None:
        self.filters, self.query = filters, query
        self.tree = complete(query.tree) if query and query.tree else None
        self.words = words_of(self.tree)

    @property
    def nothing(self) -> bool:
        """Whether no word can be found."""
        return not self.words

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the script the words are written in, unless the question names its own."""
        if self.filters.chosen_languages or names_languages(self.tree):
            return self.filters.chosen_languages
        shown = "".join(_OPERATORS.sub("", leaf.shown) for leaf in self.words).casefold()
        scripts = [
            name for name, (first, last) in _RANGES.items() if any(first <= one <= last for one in shown)
        ]
        return tuple(code for name in scripts for code in SCRIPTS[name])

    def found_in(self, languages: Sequence[str] = ()) -> Texts:
        """The passages of the records that the query finds."""
        return self.filters.texts(self.tree, languages)

    def measured_against(self, languages: Sequence[str] = ()) -> Texts:
        """The passages that the query's fields and the parameters leave, whatever words they hold."""
        return self.filters.texts(fields_of(self.tree), languages)

    def notices(self) -> list[dict[str, str]]:
        """Repairs of the query; what it was searched without, or why nothing can be found."""
        if self.query is None:
            return []
        said = [{"text": str(one.message), "suggestion": one.suggestion} for one in self.query.notices]
        if self.query.hint:
            further = str(self.query.hint.message)
        elif self.nothing:
            further = str(_("The question names no word, only where to look: add one."))
        else:
            further = left_out(self.query)
        return [*said, {"text": further, "suggestion": ""}] if further else said


KWIC_SORTS = {
    "-date": _("newest first"),
    "date": _("oldest first"),
    "left": _("by the words on the left"),
    "right": _("by the words on the right"),
}
GROUPS = {"state": _("state"), "speaker": _("speaker"), "year": _("year")}
PERIODS = {"year": _("year"), "state": _("state"), "speaker": _("speaker"), "organ": _("organ")}
COLLOCATION_SORTS = {
    "log_likelihood": _("log-likelihood"),
    "mi": _("mutual information"),
    "log_dice": _("logDice"),
    "together": _("how often together"),
}
KEYNESS_SORTS = {
    "log_likelihood": _("log-likelihood"),
    "log_ratio": _("log ratio"),
    "count": _("how often"),
}
DIRECTIONS = {"over": _("more often here"), "under": _("less often here")}
WIDTH, WINDOW, LEAST_TOGETHER, LEAST_KEY = Extent(10, of_words=True), 5, 3, 5
MOST_LEAST = 10_000


class ConcordanceFilters(CorpusFilters):
    """Every word found, with what stands beside it."""

    source = questions.OneOf(SOURCE_WORDS, _("Texts"))
    group = questions.OneOf(GROUPS, _("Group by"))
    width = questions.Width(_("Width"))
    sort = questions.OneOf(KWIC_SORTS, _("Order"))


class TrendFilters(CorpusFilters):
    """How often words are found, year by year or side by side."""

    q = questions.SeveralAsWritten(_("words"))
    by = questions.OneOf(PERIODS, _("Counted by"))

    @property
    def queries(self) -> list[engine.Query]:
        """The queries as they were read."""
        return cast("list[engine.Query]", self.answers.get("q", []))


class CollocationFilters(CorpusFilters):
    """Which words stand near a word more often than chance would have it."""

    source = questions.OneOf(SOURCE_WORDS, _("Texts"))
    window = questions.Whole(1, 15, _("Words on either side"))
    least = questions.Whole(1, MOST_LEAST, _("At least so often together"))
    stopwords = questions.OneOf(YES_NO, _("Common words too"))
    sort = questions.OneOf(COLLOCATION_SORTS, _("Order"))


class KeynessFilters(CorpusFilters):
    """Which words are peculiar to some texts, beside all the others."""

    direction = questions.OneOf(DIRECTIONS, pgettext_lazy("keyness", "Words"))
    least = questions.Whole(1, MOST_LEAST, _("At least so often"))
    stopwords = questions.OneOf(YES_NO, _("Common words too"))
    sort = questions.OneOf(KEYNESS_SORTS, _("Order"))
