"""Model fields for historic dates, and the constraints that go with them.

A date takes three columns: its text, and the first and last day it may have been, by which rows are filtered
and ordered. They are declared side by side::

    done_on = EdtfField(_("done on"), blank=True)
    done_on_min = BoundField("done_on")
    done_on_max = BoundField("done_on")

Assigning to ``done_on`` sets all three attributes, so whoever saves some columns only names all three.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core import checks
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from cstokb.dates.forms import EdtfFormField
from cstokb.dates.historic import LONGEST_TEXT, UNKNOWN_TEXT, HistoricDate, InvalidDate, historic_or_none
from cstokb.dates.period import Period

if TYPE_CHECKING:
    from django.forms import Field as FormField

    _TextField = models.CharField[HistoricDate | str | None, HistoricDate | None]
    _DayField = models.DateField[date | None, date | None]
else:
    _TextField = models.CharField
    _DayField = models.DateField

# Text order is not the order of time: "1992~" stands after "1992-05". The two bounds are compared instead.
_TEXT_COMPARISONS = frozenset({"gt", "gte", "lt", "lte", "range"})


class EdtfAttribute(DeferredAttribute):
    """The attribute of an EdtfField: takes a text or a HistoricDate, gives the latter, sets the bounds."""

    def __set__(self, instance: models.Model, value: HistoricDate | str | None) -> None:
        name, historic = self.field.attname, historic_or_none(value)
        instance.__dict__[name] = historic
        instance.__dict__[f"{name}_min"] = historic.earliest if historic else None
        instance.__dict__[f"{name}_max"] = historic.latest if historic else None


class EdtfField(_TextField):
    """A date as well as it is known; NULL where nothing is known of it, or where a period is open."""

    descriptor_class = EdtfAttribute
    empty_strings_allowed = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_length": LONGEST_TEXT, "null": True})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Leave out of migrations what is the same for every such field."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"], kwargs["null"]
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Also report a field that was declared without its bounds."""
        missing = [name for name in (f"{self.name}_min", f"{self.name}_max") if not self._is_bound(name)]
        return [
            *super().check(**kwargs),
            *(
                checks.Error(f"{name} = BoundField({self.name!r}) is missing.", obj=self, id="dates.E001")
                for name in missing
            ),
        ]

    def _is_bound(self, name: str) -> bool:
        try:
            field = self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        return isinstance(field, BoundField) and field.owner == self.name

    def get_lookup(self, lookup_name: str) -> Any:
        """Know no comparison by text order."""
        return None if lookup_name in _TEXT_COMPARISONS else super().get_lookup(lookup_name)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> HistoricDate | None:
        """Read the column."""
        return historic_or_none(value)

    def to_python(self, value: Any) -> HistoricDate | None:
        """Read the value of a form or a file; raises ValidationError with the sentence of InvalidDate."""
        try:
            return historic_or_none(value)
        except InvalidDate as error:
            raise ValidationError(str(error), code=error.code) from error

    def get_prep_value(self, value: Any) -> str | None:
        """Write the column, and the value of a lookup; raises InvalidDate."""
        historic = historic_or_none(value)
        return historic.edtf if historic else None

    def run_validators(self, value: Any) -> None:
        """Validate the text form, which is what CharField's validators know."""
        super().run_validators(value.edtf if isinstance(value, HistoricDate) else value)

    def value_to_string(self, obj: models.Model) -> str:
        """Give the text form to serializers."""
        return str(self.value_from_object(obj) or "")

    def formfield(self, **kwargs: Any) -> FormField | None:
        """Offer a text box that explains what is wrong with a text."""
        # Past CharField, whose length limit and empty text belong to another form field.
        return super(models.CharField, self).formfield(**{"form_class": EdtfFormField, **kwargs})


class BoundField(_DayField):
    """The first or last day that the date in the field ``owner`` may have been; set by that field alone."""

    def __init__(self, owner: str, **kwargs: Any) -> None:
        self.owner = owner
        super().__init__(**{**kwargs, "editable": False, "null": True, "serialize": False})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Leave out of migrations what is the same for every bound."""
        name, path, _args, kwargs = super().deconstruct()
        del kwargs["editable"], kwargs["null"], kwargs["serialize"]
        return name, path, [self.owner], kwargs

    def get_default(self) -> Any:
        """Have none: a new instance keeps what assigning to the owner has set."""
        return models.DEFERRED


class PeriodCheck(models.CheckConstraint):
    """No period certainly ends before it begins: in the database, and with both dates named in forms and
    imports.

    Django leaves out a constraint over columns that a form does not show, as the bounds are, so this one
    validates the two dates themselves.
    """

    def __init__(self, *, began: str, ended: str, name: str) -> None:
        self.began, self.ended = began, ended
        # Written out as three cases, since a comparison with NULL is neither true nor false.
        in_order = Q(**{f"{ended}_max__gte": F(f"{began}_min")})
        unbounded = Q(**{f"{ended}_max__isnull": True}) | Q(**{f"{began}_min__isnull": True})
        super().__init__(condition=in_order | unbounded, name=name)

    def get_violation_error_message(self) -> str:
        """What the writer tells; forms name the two dates."""
        return str(_("The end lies before the beginning."))

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Name the two fields in migrations; the condition follows from them."""
        path, _args, _kwargs = super().deconstruct()
        return path, (), {"began": self.began, "ended": self.ended, "name": self.name}

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Collection[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Raise ValidationError, at the end's field where that is shown."""
        shown = {self.began, self.ended}.difference(exclude or ())
        began, ended = getattr(instance, self.began), getattr(instance, self.ended)
        if shown and Period(began, ended).is_reversed:
            error = ValidationError(
                _("The end, %(ended)s, lies before the beginning, %(began)s."),
                code="period",
                params={"began": began, "ended": ended},
            )
            raise ValidationError({self.ended if self.ended in shown else NON_FIELD_ERRORS: error})


def bounds_check(field: str, model: str) -> models.CheckConstraint:
    """Bounds are both there and in order, or both missing, the latter exactly where no day is known."""
    low, high = f"{field}_min", f"{field}_max"
    no_day = Q(**{f"{field}__isnull": True}) | Q(**{field: UNKNOWN_TEXT})
    unbounded = Q(**{f"{low}__isnull": True, f"{high}__isnull": True}) & no_day
    bounded = (
        Q(**{f"{low}__isnull": False, f"{high}__isnull": False, f"{field}__isnull": False})
        & ~Q(**{field: UNKNOWN_TEXT})
        & Q(**{f"{low}__lte": F(high)})
    )
    return models.CheckConstraint(condition=unbounded | bounded, name=f"{model}_{field}_bounds")


def period_check(began: str, ended: str, model: str) -> PeriodCheck:
    """The period between two date fields does not certainly end before it begins."""
    return PeriodCheck(began=began, ended=ended, name=f"{model}_{ended}_not_before_{began}")


class NewestFirst(models.Index):
    """An index of rows in the order of lists: the latest day first, those without a day last.

    For SQLite nothing is less than every day and so comes last. PostgreSQL has it come first unless it is told, and
    reads no list by an index that has it so.
    """

    def create_sql(
        self, model: type[models.Model], schema_editor: Any, using: str = "", **kwargs: Any
    ) -> Any:
        """The statement that makes it."""
        plain = models.Index(fields=self.fields, name=self.name)
        if schema_editor.connection.vendor == "postgresql":
            plain.fields_orders = [
                (name, order and f"{order} NULLS LAST") for name, order in plain.fields_orders
            ]
        return plain.create_sql(model, schema_editor, using, **kwargs)


def meets(field: str, after: date | None, before: date | None) -> Q:
    """Rows whose date may lie on a day from ``after`` to ``before``, both included: those that
    ``HistoricDate.meets``.

    Rows without a known day meet no range, and a range that ends before it begins is met by none.
    """
    if after and before and before < after:
        return Q(pk__in=[])
    range_from = Q(**{f"{field}_max__gte": after}) if after else Q()
    return range_from & Q(**{f"{field}_min__lte": before}) if before else range_from


def date_order(field: str, newest_first: bool = False) -> tuple[OrderBy, OrderBy]:
    """Order rows as ``HistoricDate.sort_key`` does, or the other way round, without a day last either way."""
    low, high = F(f"{field}_min"), F(f"{field}_max")
    if newest_first:
        return low.desc(nulls_last=True), high.asc(nulls_last=True)
    return low.asc(nulls_last=True), high.desc(nulls_last=True)
