"""A proposal taken up again by its author: its values stand in the record's form, to be changed and handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from cstokb.records.admin.guard import GuardedAdmin, is_key
from cstokb.records.models import Evidence, NameForm, Record, Revision
from cstokb.records.payload import change_of
from cstokb.records.publish import Change, WriteRefused

PARAMETER = "revision"


class RevisingMixin(GuardedAdmin):
    """Fills the form of a record with what a proposal asks for."""

    def revised(self, request: HttpRequest, record: Record | None) -> Revision | None:
        """The open proposal of this person for this record that the address names; None for any other."""
        key = request.GET.get(PARAMETER, "")
        if record is None or not is_key(key):
            return None
        own = Revision.objects.open().of_values().filter(author_id=request.user.pk, entry_id=record.pk)
        return own.select_related("entry").filter(pk=key).first()

    def fill(self, request: HttpRequest, object_id: str) -> bool:
        """Put the proposal that the address names into the request, as if it had been typed and sent.

        Nothing can be saved by it: the form is refused, as one that comes back to be looked over. False where the
        address names no proposal that this person may revise; then it says so.
        """
        record = self.get_object(request, object_id)
        revision = self.revised(request, record)
        if record is None or revision is None or not self.has_change_permission(request, record):
            self.message_user(
                request, _("There is no open proposal of yours for this record."), messages.WARNING
            )
            return False
        try:
            change = change_of(revision.entry, revision.payload)
        except WriteRefused as error:
            self.message_user(request, str(error), messages.ERROR)
            return False
        typed = {"change_reason": revision.reason, "correction": bool(revision.payload.get("correction"))}
        request.POST = self.as_sent(request, record, change, typed)  # type: ignore[assignment]  # never changed
        request.method = "POST"
        return True

    def as_sent(
        self, request: HttpRequest, record: Record, change: Change, typed: dict[str, Any]
    ) -> QueryDict:
        """What a browser would send if the record's form held a change; ``typed`` is what it asks for beside."""
        names = flatten_fieldsets(self.get_fieldsets(request, record))
        form: Any = self.get_form(request, record, change=True, fields=names)(instance=change.record)
        held = {"publication": change.publication, "why": change.why, "topics": change.topics}
        form.initial |= {name: value for name, value in (held | typed).items() if value is not None}
        sent = QueryDict(mutable=True)
        _send(sent, form)
        lists = {"evidence": change.evidence, "names": change.names}
        for inline in self.get_inline_instances(request, record):
            formset: Any = inline.get_formset(request, record)
            rows = lists[formset.satellite.name]
            _send_list(sent, formset, _standing(inline.model, record) if rows is None else rows)
        return sent


def pairs(sent: QueryDict) -> list[tuple[str, str]]:
    """What was sent, a pair for each value."""
    return [(name, value) for name, values in sent.lists() for value in values]


def _standing(model: type[Any], record: Record) -> Iterable[Evidence | NameForm]:
    rows = model.objects.filter(entry_id=record.pk).order_by("pk")
    found: Iterable[Evidence | NameForm] = rows.filter(own=False) if model is NameForm else rows
    return found


def _send_list(sent: QueryDict, formset: Any, rows: Iterable[Any]) -> None:
    prefix, number = formset.get_default_prefix(), 0
    for number, row in enumerate(rows, start=1):
        row.pk = None  # the whole list is sent; the writer knows which rows stand already
        _send(sent, formset.form(instance=row, prefix=f"{prefix}-{number - 1}"))
    for name, value in (("TOTAL", number), ("INITIAL", 0), ("MIN_NUM", 0), ("MAX_NUM", 1000)):
        sent[f"{prefix}-{name}_FORMS"] = str(value)


def _send(sent: QueryDict, form: Any) -> None:
    for name, value in _values(form):
        sent.setlist(name, value)


def _values(form: Any) -> Iterator[tuple[str, list[str]]]:
    """The values of a form as a browser would send them."""
    for bound in form:
        value = bound.value()
        if value is None or value is False:
            continue
        shown = bound.field.prepare_value(value)
        several = isinstance(shown, list | tuple)
        yield (
            bound.html_name,
            ["on"] if value is True else [str(one) for one in shown] if several else [str(shown)],
        )
