"""The outline of a treaty: a document's blocks become a title, a preamble, chapters, articles, points and annexes.

Pure: nothing is read from or written to the database. What cannot be decided from the text is a warning at its place.
"""

from cstokb.curation.outline.model import Instruction, Outline, Paragraph, Part, Trouble, Warn
from cstokb.curation.outline.parse import parse

__all__ = ["Instruction", "Outline", "Paragraph", "Part", "Trouble", "Warn", "parse"]
