"""The tables every record shares."""

from cstokb.records.models.address import Address
from cstokb.records.models.apart import Apart
from cstokb.records.models.base import Kept, Record
from cstokb.records.models.entry import Entry
from cstokb.records.models.events import ChangeEvent, Head
from cstokb.records.models.faces import EntryFace
from cstokb.records.models.links import LinkCheck
from cstokb.records.models.loads import DataLoad
from cstokb.records.models.merges import Merge
from cstokb.records.models.names import NameForm
from cstokb.records.models.revision import Revision, RevisionStep
from cstokb.records.models.sources import Evidence, Source
from cstokb.records.models.topics import EntryTopic, Topic

__all__ = [
    "Address",
    "Apart",
    "ChangeEvent",
    "DataLoad",
    "Entry",
    "EntryFace",
    "EntryTopic",
    "Evidence",
    "Head",
    "Kept",
    "LinkCheck",
    "Merge",
    "NameForm",
    "Record",
    "Revision",
    "RevisionStep",
    "Source",
    "Topic",
]
