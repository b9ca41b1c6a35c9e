"""What is measured at one size, in the process that has its corpus as its database."""

from __future__ import annotations

import gc
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from cstokb.fulltext import kept
from cstokb.fulltext.models import Passage
from cstokb.listing import counts
from cstokb.operations.benchmark import datasette
from cstokb.operations.benchmark.clock import now
from cstokb.operations.benchmark.exporting import exports
from cstokb.operations.benchmark.loading import vocabularies
from cstokb.operations.benchmark.places import Place
from cstokb.operations.benchmark.questions import Asked, thirty
from cstokb.operations.benchmark.repeating import FIRST_ID
from cstokb.operations.benchmark.rivals import Anew, Naive, Product, Tuned, TunedOnPostgreSQL, answer
from cstokb.operations.benchmark.scanning import scans
from cstokb.operations.benchmark.writing import inserted, published, rebuilt
from cstokb.records.models import Entry
from cstokb.search.ready import is_ready, refresh

ROUNDS = 3
#: In so many seconds every answer is kept.
LONGEST_KEEPING = 3600
#: Who takes longer than this for a question is not asked it again,
PATIENCE = 1.5
#: and who takes longer than this is asked no other question of that sort.
LAST_PATIENCE = 5.0

#: Lists of which it is also measured what the first reader after a publication waits for, in each process.
COUNTED_ANEW = ("list, API", "list, page")

Timed = Callable[[Asked], tuple[float, int]]
Figures = dict[str, Any]


def measure(
    place: Place, say: Callable[[str], None], *, whole: bool = True, rebuilding: bool = True
) -> Figures:
    """Everything, or all but what goes out whole and what is written, or but the rebuild, as figures for JSON."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {**settings.STORAGES, "staticfiles": plain}  # nothing needs to be collected first
    with override_settings(ROOT_URLCONF="cstokb.operations.benchmark.urls", STORAGES=storages):
        client = Client(headers={"host": "localhost"})
        figures: Figures = {"size": place.size, "vendor": connection.vendor, "passages": passages()}
        figures["kept"] = kept_ready(say)
        with _rivals(place, client) as rivals:
            figures["searches"] = searches(rivals, say)
        figures["pages"] = pages(client)
        figures["queries"] = queries(client)
        if connection.vendor == "postgresql":
            figures["scans"] = scans(client, addresses(client))
        if whole:
            figures |= moving(client, place, say)
            figures |= {"rebuild": rebuilt(client, say)} if rebuilding else {}
    return figures


def kept_ready(say: Callable[[str], None]) -> Figures:
    """Keep the commonest answers, as readers find them when nothing was published in the last minute."""
    kept.outdate()
    began = now()
    number = refresh(timezone.now(), LONGEST_KEEPING)
    spent = now() - began
    every = thirty(vocabularies()["en"])
    figures = {
        "answers kept ready": number,
        "of them to the thirty questions": sum(is_ready(one.text, timezone.now()) for one in every),
        "seconds to keep them": spent,
    }
    say(f"  answers: {number} are kept ready")
    return figures


def moving(client: Client, place: Place, say: Callable[[str], None]) -> Figures:
    """What goes out whole, and what is written."""
    return {
        "exports": exports(client, place, datasette_python(), say),
        "writing": {**inserted(), **published()},
    }


def datasette_python() -> Path | None:
    """Datasette is measured over files alone."""
    return datasette.environment() if connection.vendor == "sqlite" else None


def passages() -> int:
    """How many invented passages are indexed."""
    return Passage.objects.filter(record_id__gte=FIRST_ID).count()


@contextmanager
def _rivals(place: Place, client: Client) -> Iterator[dict[str, Timed]]:
    """Who is measured."""
    tuned = TunedOnPostgreSQL() if connection.vendor == "postgresql" else Tuned()
    rivals: dict[str, Timed] = {
        each.name: _clocked(each) for each in (Product(client), Anew(client), tuned, Naive(client))
    }
    python = datasette_python()
    if python is None:
        yield rivals
        return
    process = datasette.Process(python, datasette.copy(place))
    for suggestions in (True, False):
        one = datasette.Datasette(process, suggestions=suggestions)
        rivals[one.name] = one.timed
    yield rivals
    process.close()


def _clocked(rival: Any) -> Timed:
    def timed(asked: Asked) -> tuple[float, int]:
        began = now()
        count = rival.ask(asked)
        return now() - began, count

    return timed


def searches(rivals: dict[str, Timed], say: Callable[[str], None]) -> list[Figures]:
    """Each question to each rival in turn, three times; the median of what each took.

    Each time another begins: who is asked first finds nothing in memory that the question needs.
    """
    every = thirty(vocabularies()["en"])
    taken: dict[tuple[str, str], list[float]] = defaultdict(list)
    told: dict[tuple[str, str], int] = {}
    slow: set[tuple[str, str]] = set()
    for timed in rivals.values():
        timed(Asked("warm", "zzz"))
    for number in range(ROUNDS):
        turn = [*list(rivals.items())[number:], *list(rivals.items())[:number]]
        for asked in every:
            for name, timed in turn:
                key = (asked.text, name)
                if (number and max(taken[key], default=PATIENCE) >= PATIENCE) or (asked.sort, name) in slow:
                    continue
                gc.collect()
                spent, told[key] = timed(asked)
                taken[key].append(spent)
                if spent > LAST_PATIENCE:
                    slow.add((asked.sort, name))
        say(f"  searches: round {number + 1} of {ROUNDS}")
    return [
        {
            "sort": asked.sort,
            "text": asked.text,
            "seconds": {name: statistics.median(taken[asked.text, name]) for name in _answered(asked, told)},
            "found": {name: told[asked.text, name] for name in _answered(asked, told)},
        }
        for asked in every
    ]


def _answered(asked: Asked, told: Mapping[tuple[str, str], int]) -> list[str]:
    """Who was asked the question."""
    return [name for text, name in told if text == asked.text]


def addresses(client: Client) -> dict[str, str]:
    """Single addresses that are measured, some of them beside what Django alone would answer."""
    newest = Entry.objects.filter(kind="statement", pk__gte=FIRST_ID).order_by("pk")
    slug = newest[newest.count() // 2].slug
    deep = min(newest.count() // 50, 200)
    after = answer(client, "/api/v1/statements/", page=str(deep)).json()["next"] or "/api/v1/statements/"
    return {
        "list, API": "/api/v1/statements/",
        "list, page": "/statements/",
        "list, bare view": "/bare/statements/",
        "list, last numbered page": f"/api/v1/statements/?page={deep}",
        "list, behind it by cursor": after,
        "list of passages, API": "/api/v1/passages/",
        "record, API": f"/api/v1/statements/{slug}/",
        "record, bare view": f"/bare/statements/{slug}/",
        "record, page": f"/statements/{slug}/",
        "article, page": "/treaties/cst/art-4/",
        "search, API": "/api/v1/search/?q=military+exercise",
        "search, page": "/search/?q=military+exercise",
    }


def pages(client: Client) -> dict[str, float]:
    """What single addresses take, in seconds, asked in turn; the median."""
    asked = addresses(client)
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS * 5 + 1):
        for name, path in asked.items():
            taken[name].append(_spent(client, path))
    found = {name: statistics.median(times[1:]) for name, times in taken.items()}
    for name in COUNTED_ANEW:
        spent = [_spent(client, asked[name], counted_anew=True) for _ in range(ROUNDS)]
        found[f"{name}, counted anew"] = statistics.median(spent)
    return found


def _spent(client: Client, path: str, *, counted_anew: bool = False) -> float:
    if counted_anew:
        caches[counts.CACHE].clear()
    gc.collect()
    began = now()
    answer(client, path)
    return now() - began


def queries(client: Client) -> dict[str, int]:
    """How many statements of SQL the commonest addresses take of the first reader after a publication."""
    asked = {
        "list, API": "/api/v1/statements/",
        "list of passages, API": "/api/v1/passages/",
        "list of provisions, API": "/api/v1/provisions/",
        "search, API": "/api/v1/search/?q=military+exercise",
        "search, page": "/search/?q=military+exercise",
        "state, page": "/states/kaz/",
        "instrument, page": "/treaties/cst-prolongation-1999/",
        "article, page": "/treaties/cst/art-4/",
        "matrix, page": "/treaties/cst/parties/",
    }
    counted = {}
    for name, path in asked.items():
        answer(client, path)
        caches[counts.CACHE].clear()
        with CaptureQueriesContext(connection) as captured:
            held = answer(client, path)
        counted[name] = len(captured)
        with CaptureQueriesContext(connection) as captured:
            client.get(path, headers={"if-none-match": held.headers["ETag"]})
        counted[f"{name}, unchanged"] = len(captured)
    return counted


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which a part of the values lies; of thirty the fifteenth and the twenty-ninth."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
