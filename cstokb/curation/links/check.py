"""What the answer of an address means, and which addresses are asked next."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urldefrag

from django.db.models import F, OuterRef, Q, Subquery

from cstokb.curation.links.archive import copy_of
from cstokb.curation.links.guard import NoSuchHost, NotAllowed
from cstokb.curation.links.web import Answer, Unreachable, Web, host_of
from cstokb.records.choices import LinkState, Publication
from cstokb.records.models import LinkCheck, Source
from cstokb.records.models.links import ROTTED

#: Answers that say that a page is no longer there.
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
#: Answers that a program gets where a reader may get the page.
TURNED_AWAY = frozenset({401, 403, 407, 429, 451})
#: What was silent is asked again after so long, whatever else waits.
SILENT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Finding:
    """What an address is found to be."""

    state: LinkState
    status: int | None = None
    moved_to: str = ""
    said: str = ""


def look_at(url: str, web: Web) -> Finding:
    """Ask an address and say what became of it; every outcome is a finding."""
    try:
        answer, last, permanent = web.follow(url)
    except NotAllowed as error:
        return Finding(LinkState.REFUSED, said=str(error))
    except (NoSuchHost, Unreachable) as error:
        return Finding(LinkState.ERROR, said=str(error))
    return _meaning(url, answer, last, permanent)


def _meaning(url: str, answer: Answer, last: str, permanent: bool) -> Finding:
    status = answer.status
    good = HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
    good = good or status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE  # an empty page has no first byte
    if good and permanent and urldefrag(last).url != urldefrag(url).url:
        return Finding(LinkState.MOVED, status, moved_to=last)
    if good:
        return Finding(LinkState.OK, status)
    if status in GONE:
        return Finding(LinkState.GONE, status)
    if status in TURNED_AWAY:
        return Finding(LinkState.REFUSED, status, said="the host turns programs away")
    return Finding(LinkState.ERROR, status)


def due(*, at: datetime, every: timedelta, again: bool = False) -> list[Source]:
    """Sources whose address is to be asked: those never asked first, then the longest ago; withdrawn ones are left out.

    Args:
        at: the moment.
        every: after how long an address that answered is asked again. One that was silent is asked after a day.
        again: ask all of them, whenever they were asked.
    """
    kept = LinkCheck.objects.filter(entry_id=OuterRef("pk"), url=OuterRef("url"))
    rows = Source.objects.exclude(url="").exclude(entry__publication=Publication.WITHDRAWN)
    rows = rows.annotate(
        asked=Subquery(kept.values("checked_at")[:1]), found=Subquery(kept.values("state")[:1])
    )
    if not again:
        silent = Q(found=LinkState.ERROR, asked__lte=at - min(every, SILENT_FOR))
        rows = rows.filter(Q(asked__isnull=True) | Q(asked__lte=at - every) | silent)
    return list(rows.select_related("entry").order_by(F("asked").asc(nulls_first=True), "pk"))


def in_turn(sources: Iterable[Source]) -> Iterator[Source]:
    """One of each host after another, so that no host is asked twice in a row where others wait."""
    hosts: dict[str, deque[Source]] = defaultdict(deque)
    for source in sources:
        hosts[host_of(source.url)].append(source)
    waiting = deque(hosts.values())
    while waiting:
        queue = waiting.popleft()
        yield queue.popleft()
        if queue:
            waiting.append(queue)


def check(source: Source, web: Web, *, at: datetime, archive: bool = False) -> LinkCheck:
    """Ask the address of a source and keep what was found, at once, so that a check that is cut off goes on from here.

    ``archive`` also asks a public archive for a copy of what has rotted.
    """
    found = look_at(source.url, web)
    before = LinkCheck.objects.filter(entry_id=source.pk, url=source.url).first()
    rotted = found.state in ROTTED
    since = (before.failing_since if before and before.failing_since else at) if rotted else None
    copy = before.copy_url if before and rotted else ""
    if archive and rotted and not copy:
        copy = copy_of(source.url, web)
    values = {
        "url": source.url,
        "state": found.state,
        "checked_at": at,
        "status": found.status,
        "moved_to": found.moved_to[:2000],
        "said": found.said[:300],
        "failing_since": since,
        "copy_url": copy,
    }
    kept, _made = LinkCheck.objects.update_or_create(entry_id=source.pk, defaults=values)
    return kept
