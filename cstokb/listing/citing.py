"""What is cited of the records of a list and of other pages: one door for their pages, their lists and ``/cite/``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import override

from cstokb.listing.citation import Cited
from cstokb.listing.clocks import asked
from cstokb.listing.columns import Choice
from cstokb.listing.moments import moment_in_words

if TYPE_CHECKING:
    from cstokb.listing.ask import Ask
    from cstokb.listing.listing import Line, Listing

LANGUAGES = ("en", "ru")
CITE = "/cite/"
#: Columns that say who stands over a text; the first that is filled counts, and only the first is a person.
AUTHORS = ("speaker_name", "issuer", "organ_name")
#: What a fragment of an address may hold unescaped (RFC 3986).
_IN_FRAGMENT = "!$&'()*+,;=:@/?-._~"


class Titled(NamedTuple):
    """What a page that is no record is called, and the parameters of its address that it sets aside."""

    title: str
    set_aside: Sequence[str] = ()


@dataclass(frozen=True)
class Asked:
    """Which address is cited, and what it asks: in both languages, with the day, the moment and the day of today."""

    path: str
    url: str
    url_ru: str
    seen: date
    on: date | None
    moment: Mapping[str, str]

    @classmethod
    def of(cls, ask: Ask, path: str, keep: Iterable[str], place: str = "") -> Asked:
        """That of an English path with the parameters of a question that are kept, and a place on the page."""
        keep = tuple(keep)
        given = [(name, value) for name in keep for value in ask.params.getlist(name) if value.strip()]
        query = urlencode([(name, _exact(ask) if name == "known_on" else value) for name, value in given])
        rest = f"?{query}" if query else ""
        rest += f"#{quote(place, safe=_IN_FRAGMENT)}" if place else ""
        site, known_on = settings.SITE_URL, ask.scope.known_on if "known_on" in keep else None
        return cls(
            path=path,
            url=f"{site}{path}{rest}",
            url_ru=f"{site}/ru{path}{rest}",
            seen=ask.today,
            on=ask.on if "on" in keep else None,
            moment={one: _moment(known_on, one) for one in LANGUAGES} if known_on else {},
        )

    def told(self) -> dict[str, Any]:
        """The same as what a Cited says of it."""
        return {name: getattr(self, name) for name in ("url", "url_ru", "seen", "on", "moment")}


def _exact(ask: Ask) -> str:
    """The moment as an address has it that is to mean the same for ever: today's end is not known yet."""
    moment = cast("datetime", ask.scope.known_on).astimezone(UTC)
    return moment.date().isoformat() if moment.time() == time.max else f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _moment(known_on: datetime, language: str) -> str:
    with override(language):
        return moment_in_words(known_on, language)


def of_page(title: Callable[[Ask], Titled], ask: Ask, path: str, place: str) -> Cited:
    """A page that is no record, by its title in both languages; what its address asks belongs to it."""
    titled = {}
    for language in LANGUAGES:
        with override(language):
            titled[language] = title(replace(ask, language=language, memo={}))
    keep = [name for name in ask.params if name not in titled["en"].set_aside and name not in ask.said]
    asked_for = Asked.of(ask, path, keep, place)
    return Cited(
        key=path.strip("/").replace("/", "-") or "home",
        title={language: one.title for language, one in titled.items()},
        kind={},
        authors=(),
        issued=None,
        dated=False,
        **asked_for.told(),
    )


def of_record(listing: Listing, row: Mapping[str, Any], line: Line, asked_for: Asked) -> Cited:
    """A record by its title, kind and date, as its list says them."""
    english, russian = listing.heading or ("entry__label_en", "entry__label_ru")
    return Cited(
        key=line.id.replace("/", "-"),
        title={"en": row[english] or line.id, "ru": row[russian] or ""},
        kind=kinds(listing, line.values),
        authors=authors(line.values),
        issued=line.dates.get(listing.dated),
        dated=bool(listing.dated),
        at={one: place for one in LANGUAGES if (place := _place(line.values, one))},
        **asked_for.told(),
    )


def _place(values: Mapping[str, Any], language: str) -> str:
    return values.get(f"place_{language}") or values.get(f"city_{language}") or ""


def authors(record: Mapping[str, Any]) -> tuple[tuple[str, str, bool], ...]:
    """Who stands over a record, where that is recorded."""
    for name in AUTHORS:
        if record.get(f"{name}_en"):
            return ((record[f"{name}_en"], record.get(f"{name}_ru") or "", name == AUTHORS[0]),)
    return ()


def kinds(listing: Listing, record: Mapping[str, Any]) -> dict[str, str]:
    """The kind of record and its finer kind, in words, by language."""
    return {language: _kind(listing, record, language) for language in LANGUAGES}


def _kind(listing: Listing, record: Mapping[str, Any], language: str) -> str:
    with override(language):
        kind = capfirst(str(listing.model._meta.verbose_name))
        for column in listing.columns:
            if column.name == "type" and isinstance(column, Choice):
                return f"{kind}: {column.label_of(record.get('type'))}"
    return kind


def cite_url(ask: Ask, path: str = "", place: str = "") -> str:
    """The address that shows how a page is cited, with the day and the moment for which the page was asked."""
    clocks = {name: value for name, value in asked(ask).items() if name not in ask.said}
    query = f"?{urlencode(clocks)}" if clocks else ""
    return _citing(ask, f"{path or ask.path}{query}" + (f"#{place}" if place else ""))


def cite_question_url(ask: Ask, leave_out: Sequence[str] = ()) -> str:
    """The address that shows how a page is cited with all that it was asked, less what it set aside."""
    return _citing(ask, ask.address(without=leave_out))


def _citing(ask: Ask, here: str) -> str:
    return f"{ask.localised(CITE)}?{urlencode({'url': here})}"
