"""docs/api.md and docs/data-model.md, written from the code so that neither can say what is not so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admindocs.views import simplify_regex
from django.db.models import Field, ForeignKey
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from cstokb.api.reference import BASE, document
from cstokb.listing import registry
from cstokb.listing.clocks import Clocks, Day, clocks_of
from cstokb.listing.listing import Listing
from cstokb.records.models import Record
from cstokb.records.registry import load_order, model_of

FORMATS = "`.json`, `.ndjson`, `.csv`, `.xlsx`, `.atom`, of treaties, sessions, statements and the search also `.ris`"
NOTICE = "<!-- Written by `manage.py write_docs`; a test compares it with the code. -->"

#: What holds for every address alike.
HOW_TO_ASK = """\
# How to ask

    curl --get http://localhost:8000/api/v1/statements/ --data-urlencode 'state=Россия' --data-urlencode 'year=2022'

- **Letters** outside ASCII are percent-encoded in an address, as `--data-urlencode` and every library do it. The
  server refuses others with 400 before the API sees them.
- **Values.** A repeated parameter means any of its values, where it takes several. An empty one asks nothing. An
  unknown parameter, a value that cannot be read, or a second value where one is taken is 400; a page sets unknown
  ones aside and says so.
- **Methods** are GET, HEAD and OPTIONS. Nothing is written through the API: any other method is 405, whatever the
  token.
- **All rows.** Follow `next`, or the `Link` header, until it is null; the cursor in it is good for this list,
  these parameters and this language, and skips and repeats no row while others are added. A list as a file is
  whole without paging.
- **Keeping up.** `/api/v1/changes/` tells what happened since a cursor.
- **Asking again.** Send the `ETag` of an answer as `If-None-Match`: 304 while it is the same. Without one,
  `If-Modified-Since` is read, which knows whole seconds alone: `Last-Modified` is the moment of the last publication,
  or of the release or the beginning of today where these came after it.
- **How often.** `RateLimit` says how many requests are left and for how many seconds; beyond them is 429 with
  `Retry-After`. A token (`Authorization: Bearer cstokb_…`) raises the limit and opens nothing else; one that is
  wrong or over is 401.
- **Browsers** of any origin may read `/api/`."""


def documents() -> dict[str, str]:
    """The texts by their file names under docs/. The catalogue must be filled, as it is once the addresses are read."""
    with translation.override("en"):
        return {
            "api.md": "\n".join(_api()) + "\n",
            "data-model.md": "\n".join(_model()) + "\n",
        }


def _api() -> Iterator[str]:
    yield "# Lists, filters and the API"
    yield ""
    yield NOTICE
    yield ""
    yield "Every list below answers the same question in the same way on its page, in its exports and under `/api/v1/`."
    yield f"A page's list is also {FORMATS}; every record's page is also `.json`. Errors are `application/problem+json`"
    yield "(RFC 9457) with `errors: [{parameter, value, code, detail, allowed, nearest}]`. The machine-readable"
    yield "description is `/api/v1/schema/`, the reference pages are `/api/v1/docs/`."
    yield ""
    yield "An instrument is also Akoma Ntoso (`/treaties/cst.xml`) and plain text (`.txt`), as of a day and in a"
    yield "language; each text has a lasting address (`/treaties/cst/2012-12-19/en/`). See `akoma-ntoso.md`."
    yield "A statement is also `.xml`, `.txt` and `.jsonld` (with `lang`), and a citation: `.bib`, `.ris`, `.csl`, of"
    yield "one passage with `passage=p7`."
    yield ""
    yield "Beside its filters every API list takes `page`, `page_size` (at most 200), `cursor`, `count`, `fields`,"
    yield "`expand` and `format`. `sort` is one of the words listed, with `-` before it for the other way round."
    yield 'Letters, methods, limits, cursors and ETags: see "How to ask" below the services.'
    for listing in registry.listings():
        yield from _list(listing)
    yield from _services()
    yield ""
    yield HOW_TO_ASK
    yield from _addresses()


def _services() -> Iterator[str]:
    yield ""
    yield "# Search and the other services"
    lists = {f"{BASE}{listing.api}/" for listing in registry.listings()}
    for path, methods in document()["paths"].items():
        if path in lists or "{" in path:
            continue
        yield ""
        yield f"## `{path}`"
        yield ""
        yield _cell(methods["get"]["description"])
        yield ""
        yield "| parameter | meaning |"
        yield "|---|---|"
        for one in methods["get"]["parameters"]:
            yield f"| `{one['name']}` | {_cell(one.get('description', 'As the suffix.'))} |"


def _addresses() -> Iterator[str]:
    yield ""
    yield "# Every address"
    yield ""
    yield "Pages stand in Russian below `/ru/` too. Lists, records and services also answer with a format as suffix"
    yield "in the place of the last slash; an id may hold slashes."
    yield ""
    yield "`on=` asks for the world on a day, `known_on=` for what this knowledge base said at a moment. An address"
    yield "that refuses one answers 400 to it, since its answer would mislead. Links of a page keep both where the page"
    yield "they lead to takes them; a day is not kept to a list that it would narrow."
    yield ""
    yield "| address | `on=` | `known_on=` |"
    yield "|---|---|---|"
    for address, told in addresses().items():
        yield f"| `{address}` | {_on(told)} | {_known_on(told)} |"


ON = {
    Day.SHOWS: "what holds on the day is shown",
    Day.NARROWS: "rows of the day, or whose period holds it",
    Day.REFUSED: "refused",
}


def _on(told: Clocks | None) -> str:
    return ON[told.on] if told else "no question is asked"


def _known_on(told: Clocks | None) -> str:
    if told is None:
        return "no question is asked"
    return "what was said then" if told.known_on else "refused"


def addresses() -> dict[str, Clocks | None]:
    """Every address as readers would write it, and what it makes of the clocks; None for files that ask no question.

    Those of sign-in, of the admin, and with a format as suffix are left out.
    """
    found = {
        simplify_regex(pattern).replace("\\.", "."): clocks_of(view)
        for pattern, view in _patterns(get_resolver().url_patterns, "")
    }
    own = {one: told for one, told in found.items() if not one.startswith(("/admin/", "/accounts/"))}
    return {one: own[one] for one in sorted(own) if not one.endswith((".<form>", ".<format>"))}


def _patterns(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, Any]]:
    for one in patterns:
        here = before + str(one.pattern).removeprefix("^")
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns, here)
        else:
            yield here, one.callback


def _list(listing: Listing) -> Iterator[str]:
    yield ""
    yield f"## {listing.title}"
    yield ""
    page = f" Page: `{listing.path}`." if listing.path else ""
    yield f"API: `/api/v1/{listing.api}/`.{page}"
    yield ""
    yield "| parameter | meaning |"
    yield "|---|---|"
    for name, question in listing.filters.base_filters.items():
        yield f"| `{name}` | {_cell(question.explain())} |"
    yield ""
    yield "| value | meaning |"
    yield "|---|---|"
    for column in listing.columns:
        yield f"| `{column.name}` | {_cell(str(column.label))} |"


def _cell(text: str) -> str:
    return " ".join(str(text).split()).replace("|", "\\|").replace("``", "`")


def _model() -> Iterator[str]:
    yield "# The data model"
    yield ""
    yield NOTICE
    yield ""
    yield "Every record has an Entry (`cstokb/records`): kind, public id, publication, visibility, labels, address"
    yield "and row version; evidence, names, topics, addresses, pending changes and events refer to it. Each table"
    yield "below has a history table whose rows say from when to when they held. Dates in EDTF stand in three columns:"
    yield "the text and the first and last possible day (`_min`, `_max`), which are left out here."
    for kind in load_order():
        yield from _record(model_of(kind))


def _record(model: type[Record]) -> Iterator[str]:
    summary = (model.__doc__ or "").strip().split("\n\n")[0]
    yield ""
    yield f"## {model.__name__} (`{model.kind}`)"
    yield ""
    yield " ".join(summary.split())
    if model.published_through:
        yield f"Public only while its {' and '.join(model.published_through)} {_are(model.published_through)}."
    yield ""
    yield "| column | holds |"
    yield "|---|---|"
    for column in model._meta.concrete_fields:
        if not column.primary_key and not column.name.endswith(("_min", "_max")):
            yield f"| `{column.name}` | {_cell(_holds(column))} |"


def _are(parents: tuple[str, ...]) -> str:
    return "is" if len(parents) == 1 else "are"


def _holds(column: Field[object, object]) -> str:
    name = str(column.verbose_name)
    if isinstance(column, ForeignKey):
        kind = str(column.related_model._meta.verbose_name)
        return f"{name}: {'an' if kind[0] in 'aeio' else 'a'} {kind}"
    if column.choices:
        words = ", ".join(f"`{value}`" for value, _label in column.flatchoices)
        return f"{name}: {words}"
    return name
