"""Sessions and who sat in them, chairmanships, invocations, activities, milestones."""

from summits.models.activities import Activity, ActivityState
from summits.models.chairmanships import ChairException, Chairmanship
from summits.models.invocations import Invocation, InvocationDocument, InvocationStep
from summits.models.milestones import Milestone
from summits.models.sessions import AdoptedInstrument, AgendaItem, Attendance, Session

__all__ = [
    "Activity",
    "ActivityState",
    "AdoptedInstrument",
    "AgendaItem",
    "Attendance",
    "ChairException",
    "Chairmanship",
    "Invocation",
    "InvocationDocument",
    "InvocationStep",
    "Milestone",
    "Session",
]
