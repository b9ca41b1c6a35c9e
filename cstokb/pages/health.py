"""Two questions a supervisor asks: does the process answer, and can it serve readers."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cstokb.fulltext import engine
from cstokb.fulltext.models import IndexedRecord
from cstokb.records.choices import Visibility
from cstokb.records.indexing import searchable_kinds
from cstokb.records.models import Entry


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers at all; it asks nothing of the database."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when readers can be served, else 503 with the part that is not ready."""
    checks = readiness()
    ready = all(answer == "ok" for answer in checks.values())
    if ready:
        return JsonResponse({"status": "ok", "checks": checks})
    return JsonResponse({"status": "not ready", "checks": checks}, status=503, headers={"Retry-After": "5"})


def readiness() -> dict[str, str]:
    """The state of each part: "ok", or what is wrong; behind a part that is not ready nothing is asked."""
    database = database_state()
    if database != "ok":
        return {"database": database}
    migrations = migrations_state()
    if migrations != "ok":  # the index may be one of the tables that are still to come
        return {"database": database, "migrations": migrations}
    return {"database": database, "migrations": migrations, "index": index_state(), "cache": cache_state()}


def database_state() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "away"
    return "ok"


def migrations_state() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} to apply" if waiting else "ok"


def index_state() -> str:
    """Publishing writes record and index in one transaction, so the two differ only while an index is missing."""
    if not engine.is_readable():
        return "lost; run manage.py rebuild_search_index"
    wanted = Entry.objects.filter(kind__in=searchable_kinds(), visibility=Visibility.PUBLIC).count()
    made = IndexedRecord.objects.count()
    return "ok" if made == wanted else f"{made} of {wanted} records"


def cache_state() -> str:
    try:
        cache.get("readyz")
    except (DatabaseError, OSError):
        return "away"
    return "ok"
