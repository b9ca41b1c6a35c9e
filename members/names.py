"""Names as they were on a day: Emomali Rahmon was Rahmonov until 2007."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from cstokb.records.choices import NameKind
from cstokb.records.models import NameForm
from cstokb.records.scope import Scope


def former_names(ids: Iterable[int | None], day: date, scope: Scope) -> dict[int, dict[str, str]]:
    """Names that records bore on a day and no longer bear, by row id and language.

    Of several spellings in a language the first that was entered counts. A name counts only on days on which it was
    certainly in use, so that a change known to the year leaves that year under the present name.
    """
    wanted = {key for key in ids if key is not None}
    begun = Q(began_on__isnull=True) | Q(began_on_max__lte=day)
    rows = scope.rows(NameForm).filter(
        begun, entry_id__in=wanted, kind=NameKind.FORMER, ended_on_min__gte=day
    )
    names: dict[int, dict[str, str]] = {}
    for entry_id, language, text in rows.order_by("id").values_list("entry_id", "language", "text"):
        names.setdefault(entry_id, {}).setdefault(language, text)
    return names
