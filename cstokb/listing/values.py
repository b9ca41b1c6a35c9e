"""Reading plain values, and counting rows by them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Aggregate, CharField, Count, F, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext

from cstokb.listing.errors import nearest
from cstokb.listing.filterset import Refused, Rows

#: Values of facets are cast to texts, so that all facets of a list are counted in one query.
TEXT: CharField[str, str] = CharField()


def without(qs: Rows, others: Rows) -> Rows:
    """The rows that are not among the others; written so, since NULLs would make ``exclude`` of a condition differ."""
    return qs.exclude(pk__in=others.order_by().values("pk"))


def count_by(qs: Rows, column: str, *, count: str = "pk") -> Rows:
    """How many rows (or different values of ``count``) there are for each value of a column.

    Gives (value, n) with the value as a text.
    """
    valued = qs.order_by().annotate(value=Cast(F(column), TEXT))
    counted: Rows = valued.values("value").annotate(n=Count(count, distinct=count != "pk"))
    return counted


def constant(qs: Rows, name: str) -> Rows:
    """The counted rows with the name of their facet, ready to be joined with those of others."""
    counted: Rows = qs.annotate(facet=Value(name, TEXT)).values_list("facet", "value", "n")
    return counted


class Together(Aggregate):
    """The values of a group as one text, with commas between and in no order."""

    function = "GROUP_CONCAT"
    output_field = TEXT

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """By the name and with the comma that PostgreSQL knows."""
        template = "%(function)s(%(expressions)s, ',')"
        sql, params = self.as_sql(compiler, connection, function="STRING_AGG", template=template)
        return sql, params


def read_yes_no(values: Sequence[str]) -> bool:
    """Read yes or no. Raises Refused for anything else."""
    if values[0] not in ("yes", "no"):
        raise unknown_word(values[0], ["yes", "no"])
    return values[0] == "yes"


def unknown_word(word: str, allowed: Sequence[str]) -> Refused:
    """The refusal of a word that is not in a vocabulary."""
    detail = gettext("It is none of the words allowed here.")
    return Refused("unknown_word", detail, value=word, allowed=allowed, nearest=nearest(word, allowed))


def yes_no_field(label: str) -> forms.ChoiceField:
    """The box of a form for yes or no."""
    words = [("", gettext("any")), ("yes", gettext("yes")), ("no", gettext("no"))]
    return forms.ChoiceField(choices=words, label=label, required=False)
