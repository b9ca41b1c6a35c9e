"""Stored words of the members app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PeriodStanding(TextChoices):
    """What a membership period is a period of."""

    MEMBER = "member", _("member")
    OBSERVER = "observer", _("observer")
    PARTNER = "partner", _("partner")


class Standing(TextChoices):
    """How a state stands to the Organization on a day; computed, never stored."""

    MEMBER = "member", _("member")
    SUSPENDED = "suspended", _("suspended")
    FORMER = "former", _("former member")
    OBSERVER = "observer", _("observer")
    PARTNER = "partner", _("partner")
    NONE = "none", _("no standing")


class PeriodEnd(TextChoices):
    """What ended a membership period."""

    SUSPENSION = "suspension", _("suspension")
    WITHDRAWAL = "withdrawal", _("withdrawal")
    EXCLUSION = "exclusion", _("exclusion")
    LAPSE = "lapse", _("lapse of time")


class OrganKind(TextChoices):
    """What sort of body an organ is."""

    STATUTORY = "statutory", _("statutory organ")
    WORKING = "working", _("working organ")
    SUBSIDIARY = "subsidiary", _("subsidiary organ")
    FORCE = "force", _("force")
    EXTERNAL = "external", _("body outside the Organization")


class OfficeRole(TextChoices):
    """What an office is, whatever its title."""

    HEAD_OF_STATE = "head-of-state", _("head of state")
    HEAD_OF_GOVERNMENT = "head-of-government", _("head of government")
    MINISTER = "minister", _("minister")
    SECRETARY_GENERAL = "secretary-general", _("secretary general")
    OFFICIAL = "official", _("official")


#: Whoever holds such an office is at the head of the state.
HEADS = (OfficeRole.HEAD_OF_STATE, OfficeRole.HEAD_OF_GOVERNMENT)


class RoleStatus(TextChoices):
    """How a person stands to an office on a day; computed, never stored."""

    CURRENT = "current", _("in office")
    FORMER = "former", _("formerly in office")
    FUTURE = "future", _("not yet in office")
    UNKNOWN = "unknown", _("not known")
