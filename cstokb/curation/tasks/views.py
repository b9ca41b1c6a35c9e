"""The pages of long work: what can be begun, how far it is, and what it found."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cstokb.accounts.models import User
from cstokb.curation import work
from cstokb.curation.frame import page, work_page
from cstokb.curation.models import Task, TaskKind
from cstokb.curation.tasks.jobs import JOBS
from cstokb.records import rights

_MOST_RUNS = 20


def _user(request: HttpRequest) -> User:
    """Those who publish answer for the whole."""
    if not rights.may_publish(request.user):
        raise PermissionDenied
    return cast("User", request.user)


def task_list(request: HttpRequest) -> HttpResponse:
    """What can be begun, and the runs so far."""
    user = _user(request)
    kind = request.POST.get("kind", "")
    if request.method == "POST" and kind in JOBS:
        begun = Task.objects.begin(kind, by=user, at=timezone.now())
        work.start(begun, JOBS[kind])
        return HttpResponseRedirect(reverse("curation:task", args=[begun.pk]))
    now = timezone.now()
    runs = [(run, _state(run, run.is_at_work(at=now))) for run in _runs()]
    context = {"title": _("Search index and checks"), "kinds": TaskKind.choices, "runs": runs}
    return page(request, "tasks", context)


def _runs() -> list[Task]:
    return list(Task.objects.select_related("began_by").defer("result")[:_MOST_RUNS])


def _state(run: Task, at_work: bool) -> str:
    if at_work:
        return _("work goes on")
    if run.ended_at is None:
        return run.said if run.moved_at is None else _("cut off")
    return _("done")


def task(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a run is, or what it found."""
    _user(request)
    run = get_object_or_404(Task.objects.select_related("began_by"), pk=pk)
    title = capfirst(run.get_kind_display())
    if run.is_at_work(at=timezone.now()):
        return work_page(request, run, title, _back())
    context = {"title": title, "run": run, "state": _state(run, False), "result": run.result, "back": _back()}
    return page(request, "task", context)


def _back() -> tuple[str, str]:
    """The page above, for the way back."""
    return reverse("curation:tasks"), _("Search index and checks")
