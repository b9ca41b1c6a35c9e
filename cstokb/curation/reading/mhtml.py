"""MHTML: a page that a browser saved as one file; its first HTML part is the page."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

from django.utils.translation import gettext as _

from cstokb.curation.reading.document import DocumentRefused

_HEAD = re.compile(rb"^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?content-type:\s*multipart/related", re.I)
MOST_PARTS = 500


def is_mhtml(data: bytes) -> bool:
    """Whether bytes begin with the head of a page in many parts."""
    return bool(_HEAD.match(data[:4096].replace(b"\r\n", b"\n")))


def page_of(data: bytes) -> tuple[bytes, str]:
    """The page, and the encoding that its part names.

    Raises:
        DocumentRefused: when there is no page among the parts.
    """
    for number, part in enumerate(message_from_bytes(data).walk()):
        if number > MOST_PARTS:
            break
        if part.get_content_type() == "text/html":
            return _content(part), str(part.get_content_charset() or "")
    raise DocumentRefused(_("The saved page holds no text that can be read."))


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
