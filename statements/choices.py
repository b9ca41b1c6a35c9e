"""Stored words of the statements app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StatementKind(TextChoices):
    """What sort of text a statement is."""

    STATEMENT = "statement", _("statement")
    DECLARATION = "declaration", _("declaration")
    COMMUNIQUE = "communique", _("communiqué")
    DECISION = "decision", _("decision")
    ADDRESS = "address", pgettext_lazy("speech", "address")
    REMARKS = "remarks", _("remarks")
    LETTER = "letter", _("letter")
    REPORT = "report", _("press report")


#: Kinds in which somebody speaks for himself, or the press for others; the rest is issued by organs and states.
SPOKEN = (StatementKind.ADDRESS, StatementKind.REMARKS, StatementKind.LETTER, StatementKind.REPORT)


class IssuerKind(TextChoices):
    """Who stands over a text: an organ, states together, a speaker, or the press."""

    ORGAN = "organ", _("an organ")
    STATES = "states", _("states together")
    SPEAKER = "speaker", _("a speaker")
    PRESS = "press", _("the press")


class SummaryBasis(TextChoices):
    """What our summary rests on."""

    TEXT = "text", _("the text")
    EXCERPT = "excerpt", _("an excerpt of the text")
    TITLE = "title", _("the title and reports of it")
    INFERRED = "inferred", _("inferred from other texts")


class Adopted(TextChoices):
    """Whether a text was adopted."""

    YES = "yes", _("adopted")
    NO = "no", _("not adopted")
    UNKNOWN = "unknown", _("not known")


class JoinedStanding(TextChoices):
    """How one state stood to a collective text."""

    JOINED = "joined", _("joined")
    DID_NOT_JOIN = "did-not-join", _("did not join")
    ABSENT = "absent", _("absent")
    WITH_RESERVATION = "with-reservation", _("joined with a reservation")
    UNKNOWN = "not-known", _("not known")


class PassageRole(TextChoices):
    """What a passage is in its text."""

    PARAGRAPH = "paragraph", pgettext_lazy("part of a statement", "paragraph")
    HEADING = "heading", _("heading")
    QUOTATION = "quotation", _("quotation")


class ReferenceBasis(TextChoices):
    """On what a tie between a passage and a provision rests."""

    CITED = "cited", _("cited in the words of the passage")
    TAGGED = "tagged", _("tagged by an editor")


class KinKind(TextChoices):
    """How two formulas with different words are related."""

    ALTERED = "altered", _("a version of the other")
    QUOTED = "quoted", _("words of the one in the other")


class Travel(TextChoices):
    """What a passage does with what earlier texts said."""

    NEW = "new", pgettext_lazy("passage", "new")
    REPEATED = "repeated", pgettext_lazy("passage", "repeated")
    ALTERED = "altered", pgettext_lazy("passage", "altered")
