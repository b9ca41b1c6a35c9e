"""The curators' pages for records: RecordAdmin for every app, and the pages of what all records share."""

from cstokb.records.admin.base import RecordAdmin
from cstokb.records.admin.ids import IdRule
from cstokb.records.admin.merges import MergeAdmin
from cstokb.records.admin.revisions import RevisionAdmin  # importing it registers every page of this app

__all__ = ["IdRule", "MergeAdmin", "RecordAdmin", "RevisionAdmin"]
