"""What travels from the preview to the confirmation, signed: nothing is stored in between."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from cstokb.curation.importing.origins import Origin
from cstokb.curation.importing.plan import Plan, Terms, plan
from cstokb.curation.outline import parse
from cstokb.curation.reading import Document, DocumentRefused
from cstokb.dates import HistoricDate
from treaty.models import Instrument

LIFETIME = timedelta(hours=24)
#: A form may hold two and a half megabytes besides its files.
MOST_SIGNS = 2_200_000


class Stale(ValueError):
    """What was sent back is too old, or is not what was shown; the file has to be sent again."""


@dataclass(frozen=True)
class Carried:
    """A document that was read, what the curator said of it, and the plan's fingerprint as it was shown."""

    document: Document
    terms: Terms
    origin: Origin
    fingerprint: str = ""

    def plan(self) -> Plan:
        """What importing the document would do now."""
        return plan(parse(self.document), self.terms)

    def sealed(self, owner: str, fingerprint: str) -> str:
        """The signed text that the preview holds, of use to its owner alone.

        Raises:
            DocumentRefused: when the text is too long to travel.
        """
        terms = self.terms
        values = {
            "document": self.document.as_json(),
            "origin": asdict(self.origin),
            "fingerprint": fingerprint,
            "instrument": terms.instrument.public_id,
            "made_by": terms.made_by.public_id if terms.made_by else "",
            "language": terms.language,
            "standing": terms.standing,
            "began_on": terms.began_on.edtf if terms.began_on else "",
            "ended_on": terms.ended_on.edtf if terms.ended_on else "",
        }
        text = signing.dumps(values, salt=_salt(owner), compress=True)
        if len(text) > MOST_SIGNS:
            raise DocumentRefused(_("The text is too long."))
        return text

    @classmethod
    def opened(cls, text: str, owner: str) -> Carried:
        """What was sealed for the owner.

        Raises:
            Stale: when it is too old, was altered, or is somebody else's.
        """
        try:
            values = signing.loads(text, salt=_salt(owner), max_age=LIFETIME)
            return cls(
                document=Document.from_json(values["document"]),
                terms=_terms(values),
                origin=Origin(**values["origin"]),
                fingerprint=values["fingerprint"],
            )
        except (signing.BadSignature, KeyError, TypeError, ValueError) as error:
            raise Stale(_("The preview is too old or was altered. Send the file again.")) from error


def _salt(owner: str) -> str:
    return f"import-treaty:{owner}"


def _terms(values: dict[str, Any]) -> Terms:
    found = {
        one.public_id: one
        for one in Instrument.objects.select_related("entry").filter(
            entry__slug__in=[values["instrument"], values["made_by"]]
        )
    }
    began, ended = (
        HistoricDate.parse(values[name]) if values[name] else None for name in ("began_on", "ended_on")
    )
    return Terms(
        instrument=found[values["instrument"]],
        language=values["language"],
        standing=values["standing"],
        began_on=began,
        ended_on=ended,
        made_by=found.get(values["made_by"]),
    )
