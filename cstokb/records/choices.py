"""Stored words of the shared side of a record."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Publication(TextChoices):
    """Where a record stands on its way to the reader."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Visibility(TextChoices):
    """What follows from a record's publication and that of its parents: who may see it.

    Withheld means that the record or a parent was withdrawn: it shows at no moment, not even a past one.
    """

    PUBLIC = "public", _("public")
    HIDDEN = "hidden", _("hidden")
    WITHHELD = "withheld", _("withheld")


class Confidence(TextChoices):
    """How sure the editors are of a record, given its evidence."""

    HIGH = "high", _("high confidence")
    MEDIUM = "medium", _("medium confidence")
    LOW = "low", _("low confidence")


class Language(TextChoices):
    """Languages in which texts and names are kept (ISO 639-1)."""

    ENGLISH = "en", _("English")
    RUSSIAN = "ru", _("Russian")
    ARMENIAN = "hy", _("Armenian")
    AZERBAIJANI = "az", _("Azerbaijani")
    BELARUSIAN = "be", _("Belarusian")
    GEORGIAN = "ka", _("Georgian")
    KAZAKH = "kk", _("Kazakh")
    KYRGYZ = "ky", _("Kyrgyz")
    TAJIK = "tg", _("Tajik")
    UZBEK = "uz", _("Uzbek")
    FRENCH = "fr", _("French")

    @classmethod
    def name_of(cls, code: str) -> str:
        """What a language is called in that of the page; one that is not of these by its code."""
        try:
            return str(cls(code).label)
        except ValueError:
            return code


class NameKind(TextChoices):
    """What sort of name a spelling is."""

    SHORT = "short", _("short name")
    OFFICIAL = "official", _("official name")
    NATIVE = "native", _("native name")
    FORMER = "former", _("former name")
    ALIAS = "alias", _("other name")
    ROMANISATION = "romanisation", _("romanisation")


class Stance(TextChoices):
    """Whether a source backs a fact or speaks against it."""

    SUPPORTS = "supports", _("supports")
    CONTRADICTS = "contradicts", _("contradicts")


class Rank(TextChoices):
    """How the editors weigh one piece of evidence beside the others."""

    PREFERRED = "preferred", _("preferred")
    NORMAL = "normal", _("normal")
    DEPRECATED = "deprecated", _("deprecated")


class ChangeKind(TextChoices):
    """What happened to a record."""

    CREATED = "created", _("created")
    CHANGED = "changed", _("changed")
    CORRECTED = "corrected", _("corrected")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged")


class RevisionState(TextChoices):
    """Where a pending change stands.

    Returned waits for its author, who was asked to change it; scheduled is approved for a moment to come; failed was
    due, could not be applied, and waits for a decision again.
    """

    PENDING = "pending", _("in review")
    RETURNED = "returned", _("changes requested")
    SCHEDULED = "scheduled", _("scheduled")
    FAILED = "failed", _("not applied when due")
    APPLIED = "applied", _("applied")
    REFUSED = "refused", _("refused")
    SUPERSEDED = "superseded", _("superseded")


#: Proposals about which something is still to be done.
OPEN = (RevisionState.PENDING, RevisionState.RETURNED, RevisionState.SCHEDULED, RevisionState.FAILED)
#: Those of them that may be applied.
DECIDABLE = (RevisionState.PENDING, RevisionState.SCHEDULED, RevisionState.FAILED)


class StepKind(TextChoices):
    """What happened to a proposal after it was made."""

    RETURNED = "returned", _("changes requested")
    RESUBMITTED = "resubmitted", _("handed in again")
    SCHEDULED = "scheduled", _("approved for a moment")
    UNSCHEDULED = "unscheduled", _("schedule lifted")
    FAILED = "failed", _("could not be applied")
    APPLIED = "applied", _("applied")
    REFUSED = "refused", _("refused or taken back")
    SUPERSEDED = "superseded", _("done otherwise")
    TAKEN_UP = "taken-up", _("taken up again")


class SourceType(TextChoices):
    """What sort of publication a source is."""

    OFFICIAL = "official", _("official publication")
    MEDIA = "media", _("press")
    REFERENCE = "reference", _("reference work")
    DATABASE = "database", _("legal database")
    FILE = "file", _("file held by the editors")
    OTHER = "other", _("other")


class LinkState(TextChoices):
    """What asking the address of a source found. Refused: it may not be asked, or programs are turned away."""

    OK = "ok", _("answers")
    MOVED = "moved", _("moved for good")
    GONE = "gone", _("no longer there")
    ERROR = "error", _("does not answer")
    REFUSED = "refused", _("not asked")
