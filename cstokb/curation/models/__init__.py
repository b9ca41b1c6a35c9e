"""The tables of the curators' workplace: files that are kept, uploads that wait, and long work."""

from cstokb.curation.models.files import StoredFile
from cstokb.curation.models.tasks import Task, TaskKind
from cstokb.curation.models.uploads import UNFINISHED, Kind, Portion, State, Upload

__all__ = ["UNFINISHED", "Kind", "Portion", "State", "StoredFile", "Task", "TaskKind", "Upload"]
