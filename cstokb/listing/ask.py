"""Ask: what a request asks about time, language and scope, read once at the edge and passed on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language

from cstokb.dates import InvalidDate, parse_day, parse_known_on
from cstokb.listing.errors import BadQuestion, Fault, repeated
from cstokb.records.scope import NOW, Scope

T = TypeVar("T")


@dataclass(frozen=True)
class Ask:
    """A question's circumstances.

    ``now`` is the only reading of the clock. ``on`` is the day asked about, None where none was named; ``day`` is
    that day or today. ``base`` is the scheme and host that were asked, for absolute links in answers; ``path`` is
    the address without its query, ``said`` names parameters that it says itself. ``faults`` tells what is wrong
    with ``on`` and ``known_on``, by parameter.
    """

    params: QueryDict
    now: datetime
    language: str = "en"
    base: str = ""
    path: str = "/"
    on: date | None = None
    scope: Scope = NOW
    said: tuple[str, ...] = ()
    faults: dict[str, Fault] = field(default_factory=dict)
    memo: dict[Hashable, object] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, request: HttpRequest, **said: str) -> Ask:
        """Read a request; the only place where the clock is asked. ``said`` are parameters that its path says."""
        params = request.GET.copy()
        for name, value in said.items():
            params[name] = value
        asked = cls.about(
            params,
            now=timezone.now(),
            language=(get_language() or settings.LANGUAGE_CODE).partition("-")[0],
            base=f"{request.scheme}://{request.get_host()}",
            path=request.path,
        )
        return replace(asked, said=tuple(said)) if said else asked

    @classmethod
    def about(
        cls, params: QueryDict, *, now: datetime, language: str = "en", base: str = "", path: str = "/"
    ) -> Ask:
        """Read the two clocks out of the parameters; ``now`` has a zone."""
        faults: dict[str, Fault] = {}
        on = _read("on", params, parse_day, faults)
        known_on = _read("known_on", params, lambda text: parse_known_on(text, now), faults)
        return cls(
            params=params,
            now=now,
            language=language,
            base=base,
            path=path,
            on=on,
            scope=Scope(known_on) if known_on else NOW,
            faults=faults,
        )

    @classmethod
    def laid_out(cls, scope: Scope, language: str, on: date | None = None) -> Ask:
        """In what a question is laid out that is asked again and again: what day it is cannot be asked there."""
        return cls(QueryDict(), cast("datetime", None), language, on=on, scope=scope)

    @property
    def today(self) -> date:
        """The day in UTC on which the question is asked."""
        return self.now.date()

    @property
    def day(self) -> date:
        """The day asked about; today where the question names none."""
        return self.on or self.today

    def localised(self, path: str) -> str:
        """An English address as an address in the language of the answer."""
        return path if self.language == settings.LANGUAGE_CODE else f"/{self.language}{path}"

    def absolute(self, path: str) -> str:
        """An address with the scheme and host that were asked."""
        return f"{self.base}{path}"

    def address(
        self, path: str = "", *, without: Collection[str] = (), only: Collection[str] = (), page: int = 0
    ) -> str:
        """The address that was asked, or another path asked the same.

        Less some parameters, or with some alone; with the number of another page.
        """
        params = self.params.copy()
        for name in list(params):
            if name in without or (only and name not in only):
                params.pop(name)
        if page:
            params["page"] = str(page)
        return f"{path or self.path}?{params.urlencode()}" if params else path or self.path

    def in_form(self, path: str, suffix: str, without: Collection[str]) -> str:
        """What stands at an English path, in a format and asked the same, less some parameters."""
        return self.address(f"{self.localised(path).rstrip('/')}.{suffix}", without=without)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, made once for this question, so that a filter and a column share one query."""
        if key not in self.memo:
            self.memo[key] = make()
        return cast("T", self.memo[key])

    def require_days(self) -> None:
        """Refuse days and moments that cannot be read.

        Raises:
            BadQuestion: naming ``on`` or ``known_on``.
        """
        if self.faults:
            raise BadQuestion(faults=tuple(self.faults.values()))


def _read(name: str, params: QueryDict, parse: Callable[[str], T], faults: dict[str, Fault]) -> T | None:
    given = list(dict.fromkeys(text for text in params.getlist(name) if text.strip()))
    if not given:
        return None
    if len(given) > 1:
        faults[name] = repeated(name, given)
        return None
    try:
        return parse(given[0])
    except InvalidDate as error:
        faults[name] = Fault(name, given[0][:200], error.code, str(error))
        return None
