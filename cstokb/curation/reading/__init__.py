"""Reading files that curators bring: bytes of HTML, DOCX, PDF or plain text become blocks of clean text.

What a text is about is not known here: a treaty and a press article are read alike. Whatever the bytes hold, the only
error that comes out is DocumentRefused, whose message is a sentence for the person who brought the file.
"""

from cstokb.curation.reading.document import Block, BlockKind, Document, DocumentRefused, Note, joined
from cstokb.curation.reading.read import read, read_text

__all__ = ["Block", "BlockKind", "Document", "DocumentRefused", "Note", "joined", "read", "read_text"]
