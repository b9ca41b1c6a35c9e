"""The tables of the curators' workplace: files that are kept, and uploads that wait for a confirmation."""

from cstokb.curation.models.files import StoredFile
from cstokb.curation.models.uploads import Kind, State, Upload

__all__ = ["Kind", "State", "StoredFile", "Upload"]
