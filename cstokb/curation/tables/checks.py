"""Checks of the rows that would write: ids, values, laws of the model, and what may stand only once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, ForeignKey
from django.utils.translation import gettext as _

from cstokb.curation.tables.lookup import chunks
from cstokb.curation.tables.plan import Line, Plan, Progress, State
from cstokb.curation.tables.standing import by_key, is_key, unique_keys
from cstokb.records.admin.base import RecordAdmin
from cstokb.records.admin.ids import IdRule
from cstokb.records.models import Entry, Record
from cstokb.records.payload import record_fields, target

#: Rules that ask the database for each row are asked of so many rows; of more it is the writer that refuses.
MOST_ASKED = 2_000


def check(made: Plan, progress: Progress) -> None:
    """Note on each line that would write what the writer would refuse."""
    writing = [line for line in made.lines if line.writes]
    rule = id_rule(made.layout.model)
    for line in writing:
        if line.state is State.NEW:
            _check_id(line, rule, made)
    _check_once(made, [line for line in writing if line.writes])
    keys = reference_keys(made)
    deep = len(writing) <= MOST_ASKED
    looked_at = [line for line in made.lines if line.differences]
    for done, line in enumerate(looked_at, 1):
        _check_record(line, made, keys, deep=deep and line.writes)
        if not done % 1_000:
            progress(_("Checking rows"), done, len(looked_at))


def id_rule(model: type[Record]) -> IdRule:
    """How ids of a kind are made, as its form in the admin knows."""
    shown = admin.site._registry.get(model)
    return shown.id_rule if isinstance(shown, RecordAdmin) else IdRule()


def _check_id(line: Line, rule: IdRule, made: Plan) -> None:
    try:
        rule.check_form(line.slug)
        below = line.values.get(rule.below)
        if below and not line.slug.startswith(f"{below}/"):
            raise ValidationError(_("The id begins with %(start)s."), "parent", {"start": f"{below}/"})
    except ValidationError as error:
        letter = made.binding.letter("id")
        line.refuse(" ".join(error.messages), letter=letter, column="id", value=line.slug)


def _check_once(made: Plan, lines: Iterable[Line]) -> None:
    """What may stand once stands once, in the file and beside what stands."""
    writing = list(lines)
    for names in unique_keys(made.layout.model):
        touching = [line for line in writing if any(one.name in names for one in line.differences)]
        if not touching:
            continue
        known = by_key(made.layout.model, names)
        held = {slug: key for key, slug in known.items()}
        for line in touching:
            before = dict(zip(names, held.get(line.slug, ()), strict=False))
            key = tuple(line.values.get(name, before.get(name)) for name in names)
            other = known.get(key) if is_key(key) else None
            if other is not None and other != line.slug:
                said = _("The same stands already: %(record)s.") % {"record": other}
                value = ", ".join(str(part) for part in key)
                line.refuse(said, letter=made.binding.letter(names[-1]), column=names[-1], value=value)
            elif is_key(key):
                known[key] = line.slug


def reference_keys(made: Plan) -> dict[tuple[str, str], int]:
    """Row ids of the records that lines refer to, by kind and id; those that the file makes have none yet."""
    wanted: dict[str, set[str]] = {}
    for one in record_fields(made.layout.model):
        model = target(one)
        if model is not None:
            said = {line.values.get(one.name) for line in made.lines if line.writes}
            wanted.setdefault(model.kind, set()).update(text for text in said if text)
    keys: dict[tuple[str, str], int] = {}
    for kind, slugs in wanted.items():
        for part in chunks(sorted(slugs)):
            rows = Entry.objects.filter(kind=kind, slug__in=part).values_list("slug", "pk")
            keys |= {(kind, slug): key for slug, key in rows}
    return keys


def assign(record: Record, line: Line, keys: dict[tuple[str, str], int]) -> list[tuple[str, str]]:
    """Give a record the differing values of a line; the references to records that do not stand yet are handed back.

    Raises:
        ValidationError: when a value is none of its field's.
    """
    fields = {one.name: one for one in record_fields(type(record))}
    waits: list[tuple[str, str]] = []
    for difference in line.differences:
        column = fields.get(difference.name)
        if column is None:
            continue
        model = target(column)
        if model is None:
            try:
                setattr(record, column.name, column.to_python(difference.new))
            except ValidationError as error:
                raise ValidationError({column.name: error.messages}) from error
        elif difference.new is None or (model.kind, difference.new) in keys:
            setattr(record, column.attname, keys.get((model.kind, difference.new)))
        else:
            waits.append((column.attname, difference.new))
    return waits


def _check_record(line: Line, made: Plan, keys: dict[tuple[str, str], int], *, deep: bool) -> None:
    model = made.layout.model
    record = line.standing if line.standing is not None else model()
    passed_over = {one.name for one in model._meta.concrete_fields if isinstance(one, ForeignKey)}
    passed_over |= {fault.column for fault in line.faults}
    try:
        waits = assign(record, line, keys)
        record.clean_fields(exclude=passed_over)
        if deep and not waits:
            record.clean()
            for rule in model._meta.constraints:
                if isinstance(rule, CheckConstraint):
                    rule.validate(model, record, exclude=set())
    except ValidationError as error:
        _tell(line, error, made)


def _tell(line: Line, error: ValidationError, made: Plan) -> None:
    told: dict[str, Any] = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, sentences in told.items():
        known = made.layout.column(name)
        column = known.name if known else ""
        value = line.values.get(column, "")
        line.refuse(" ".join(sentences), letter=made.binding.letter(column), column=column, value=value)
