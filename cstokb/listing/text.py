"""TextFilter: ``q`` on a list, in the same query language as the site's search, over records of the list's kind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstokb.fulltext.errors import QueryError
from cstokb.fulltext.matching import match
from cstokb.fulltext.query import Query, parse
from cstokb.listing.filterset import Question, Refused, Rows
from cstokb.records import naming


class TextFilter(Question):
    """Rows whose record the words of a query find. Repairs of the query become notices of the list."""

    once = True
    words = _("words")

    def __init__(self, kind: str, label: Any = "") -> None:
        super().__init__(label)
        self.kind = kind

    def read(self, values: list[str]) -> Query:
        if self.ask.scope.known_on:
            raise Refused(
                "known_on", gettext("Full text knows the present only; ask without known_on, or without q.")
            )
        try:
            query = parse(values[0], names=naming.other_forms)
        except QueryError as error:
            raise Refused(
                error.code, str(error), allowed=error.allowed or None, nearest=error.nearest
            ) from error
        self.parent.notices += [str(notice.message) for notice in query.notices]
        if query.hint:
            self.parent.notices.append(str(query.hint.message))
        return query

    def filter(self, qs: Rows, value: Query) -> Rows:
        return qs.filter(entry_id__in=match(value, (self.kind,)))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": 1000}

    def explain(self) -> str:
        return gettext("Words, in the language of the search.")

    def form_field(self) -> forms.Field | None:
        box = forms.TextInput(attrs={"type": "search", "autocomplete": "off", "size": 24})
        return forms.CharField(label=self.label, required=False, widget=box)
