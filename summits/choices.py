"""Stored words of the summits app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SessionKind(TextChoices):
    """What sort of meeting a session is."""

    REGULAR = "regular", _("regular")
    EXTRAORDINARY = "extraordinary", _("extraordinary")
    INFORMAL = "informal", _("informal")
    ANNIVERSARY = "anniversary", _("anniversary")
    FOUNDING = "founding", _("founding")
    JOINT = "joint", _("joint")
    CONSULTATION = "consultation", _("decision by consultation")


class SessionFormat(TextChoices):
    """How those present met."""

    IN_PERSON = "in-person", _("in person")
    VIDEO = "video", _("by video")
    MIXED = "mixed", _("mixed")
    CORRESPONDENCE = "correspondence", _("by correspondence")


class SessionStatus(TextChoices):
    """Whether the meeting took place."""

    HELD = "held", _("held")
    PLANNED = "planned", _("planned")
    CANCELLED = "cancelled", _("cancelled")


class Capacity(TextChoices):
    """In what quality a person sat for a state or an organ."""

    HEAD_OF_STATE = "head-of-state", _("head of state")
    ACTING_HEAD_OF_STATE = "acting-head-of-state", _("acting head of state")
    HEAD_OF_GOVERNMENT = "head-of-government", _("head of government")
    REPRESENTATIVE = "representative", _("representative")
    SECRETARY_GENERAL = "secretary-general", _("secretary general")
    GUEST = "guest", _("guest")


class Mode(TextChoices):
    """How a participant took part."""

    IN_PERSON = "in-person", _("in person")
    VIDEO = "video", _("by video")
    ABSENT = "absent", _("absent")
    UNKNOWN = "not-known", _("not known")


class ChairBasis(TextChoices):
    """On what a chairmanship's dates rest."""

    REPORTED = "reported", _("reported by a source")
    RULE = "rule", _("computed from the Charter's rule")
    EXCEPTION = "exception", _("sourced exception to the rule")


class Agreement(TextChoices):
    """Whether a stored chairmanship is the one that follows from the Charter's rule."""

    YES = "yes", _("agrees with the rule")
    NO = "no", _("disagrees with the rule")
    UNKNOWN = "unknown", _("the rule does not tell")


class Outcome(TextChoices):
    """What became of a request."""

    GRANTED = "granted", _("granted")
    PARTLY_GRANTED = "partly-granted", _("partly granted")
    REFUSED = "refused", _("refused")
    NO_DECISION = "no-decision", _("no decision")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "withdrawn")


class ActivityKind(TextChoices):
    """What sort of activity forces in the field carried out."""

    OPERATION = "operation", _("operation")
    EXERCISE = "exercise", _("exercise")


class ActivityStatus(TextChoices):
    """How well it is known that an activity took place."""

    HELD = "held", _("held")
    ANNOUNCED = "announced", _("announced")
    PLANNED = "planned", _("was planned")


class ActivityRole(TextChoices):
    """What a state was to an activity."""

    HOST = "host", _("host")
    PARTICIPANT = "participant", _("participant")


class TextKind(TextChoices):
    """What sort of text a session adopted."""

    AGREEMENT = "agreement", _("agreement")
    CHARTER = "charter", _("charter")
    CONCEPT = "concept", _("concept")
    DECISION = "decision", _("decision")
    DECLARATION = "declaration", _("declaration")
    MEMORANDUM = "memorandum", _("memorandum")
    PLAN = "plan", _("plan")
    PROGRAMME = "programme", _("programme")
    PROTOCOL = "protocol", _("protocol")
    REGULATION = "regulation", _("regulation")
    STATEMENT = "statement", _("statement")
    STRATEGY = "strategy", _("strategy")
    TREATY = "treaty", _("treaty")
