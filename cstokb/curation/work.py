"""Work that takes longer than a reader of a page waits: it goes on when the tab is closed, and is whole or not done.

The work runs in a thread of the process that was asked. Whatever it writes, it writes in one transaction, so a process
that is killed leaves nothing half done; its row then falls silent, and the page offers to begin again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Thread
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import close_old_connections, connections
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cstokb.curation.models.progress import Progress
from cstokb.curation.reading import DocumentRefused
from cstokb.records.publish import WriteRefused

P = TypeVar("P", bound=Progress)

#: How long a page waits for work that may be short, in seconds, before it shows how far the work is.
PATIENCE = 2.0
logger = logging.getLogger(__name__)


def start(row: P, job: Callable[[P], None]) -> None:
    """Begin work on a row, unless somebody works on it, and wait a moment for its end.

    Args:
        row: what the work is done for; it is told that work has begun.
        job: does the work, in the language of the page. ``WriteRefused``, ``DocumentRefused`` and
            ``ValidationError`` end it with their sentence; every other error with a general one, and is logged.
    """
    now = timezone.now()
    if row.is_at_work(at=now):
        return
    row.tell(_("Beginning"), at=now)
    language = translation.get_language() or "en"
    launch(lambda: finish(row, job, language))
    row.refresh_from_db(fields=["said", "done", "total", "moved_at"])


def in_thread(work: Callable[[], None]) -> None:
    """Run work beside the request, and wait for it as long as a page can."""
    thread = Thread(target=_apart, args=(work,), daemon=True)
    thread.start()
    thread.join(PATIENCE)


#: How work is run; tests that share a transaction with it run it at once.
launch: Callable[[Callable[[], None]], None] = in_thread


def _apart(work: Callable[[], None]) -> None:
    close_old_connections()
    try:
        work()
    finally:
        connections.close_all()


def finish(row: P, job: Callable[[P], None], language: str) -> None:
    """Do the work and note its end."""
    with translation.override(language):
        try:
            job(row)
        except (WriteRefused, DocumentRefused) as refused:
            row.rest(str(refused))
        except ValidationError as refused:
            row.rest(" ".join(refused.messages))
        except Exception:  # whatever it was, the page must not say for ever that work goes on
            logger.exception("work on %s failed", row)
            row.rest(_("Something went wrong; nothing was written. It has been noted in the log."))
        else:
            row.rest()
