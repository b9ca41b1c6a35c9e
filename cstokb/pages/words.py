"""Words and shapes of the design system: what a standing, a sign or a spell is called and which mark it carries."""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Sign(NamedTuple):
    """A mark: its colour class, its shape (or a character), its word."""

    css: str
    symbol: str
    label: "StrPromise"
    text: str = ""


#: How a state stands on a day, in the order of keys and legends.
STANDINGS = {
    "member": Sign("is-member", "m-member", _("member")),
    "paused": Sign("is-paused", "m-paused", _("member, participation paused")),
    "suspended": Sign("is-suspended", "m-suspended", _("membership suspended")),
    "party": Sign("is-member", "m-party", _("party to the Treaty")),
    "former": Sign("is-former", "m-former", _("former party or member")),
    "observer": Sign("is-guest", "m-observer", _("observer")),
    "partner": Sign("is-guest", "m-partner", _("partner")),
    "none": Sign("is-unknown", "m-none", _("no standing")),
    "unknown": Sign("is-unknown", "m-unknown", _("not known")),
}
#: The entry of a map that has both former parties and a suspended member.
OUTLINED = _("former party, or membership suspended")
MAP_ORDER = ("none", "unknown", "guest", "member", "party", "former", "suspended", "paused")

#: Signs of the matrices: attendance, and how a state stands to an instrument.
CELLS = {
    "in-person": Sign("at-p", "a-p", _("in person")),
    "video": Sign("at-v", "a-v", _("by video")),
    "represented": Sign("at-r", "a-r", _("represented by another person")),
    "signed": Sign("at-p", "a-s", _("signed, so probably present")),
    "absent": Sign("at-a", "a-a", _("absent")),
    "guest": Sign("at-i", "a-i", _("guest")),
    "party": Sign("at-p", "a-p", _("party")),
    "contracting": Sign("at-v", "a-v", _("consented, not yet in force for it")),
    "provisional": Sign("at-v", "a-t", _("applies it provisionally")),
    "signatory": Sign("at-p", "a-s", _("signed only")),
    "suspended-party": Sign("at-q", "a-u", _("suspended as a party")),
    "former": Sign("at-q", "a-f", _("no longer a party")),
    "status-not-known": Sign("at-q", "", _("not known: an act or its day is not settled"), "?"),
    "no-act": Sign("no", "", _("no act recorded in our sources"), "·"),
    "joined": Sign("at-p", "a-p", _("joined")),
    "with-reservation": Sign("at-v", "a-v", _("joined with a reservation")),
    "not-joined": Sign("at-a", "a-a", _("did not join")),
    "mode-not-known": Sign("at-q", "a-m", _("mode not known: named, but not how it took part")),
    "not-known": Sign("at-q", "", _("not recorded in our sources"), "?"),
    "none": Sign("no", "", _("not a party that day"), "·"),
}

PRECISION = {
    "month": _("month known"),
    "year": _("year known"),
}

#: Spells and marks of the ruler, in the order of its key.
RULER_KINDS = {
    "signature": _("signature"),
    "late-signature": _("later signature"),
    "act": _("act"),
    "imprecise": _("act in a month or year, day not known"),
    "party": _("party to the Treaty"),
    "member": _("member of the Organization"),
    "paused": _("participation paused"),
    "suspended": _("membership suspended"),
    "former": _("former"),
    "guest": _("observer or partner"),
    "unknown": _("not known"),
    "text": _("wording"),
    "text2": _("later wording"),
    "quiet": _("other"),
}
