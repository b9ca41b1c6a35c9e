"""Stored words of the treaty app (Vienna Convention on the Law of Treaties and depositary practice)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InstrumentKind(TextChoices):
    """What sort of legal act an instrument is."""

    TREATY = "treaty", _("treaty")
    CHARTER = "charter", _("charter")
    PROTOCOL = "protocol", _("protocol")
    AGREEMENT = "agreement", _("agreement")
    MEMORANDUM = "memorandum", _("memorandum")
    STRATEGY = "strategy", _("strategy")
    DECISION = "decision", _("decision")
    REGULATION = "regulation", _("regulation")


class ProvisionKind(TextChoices):
    """What sort of part a provision is."""

    PREAMBLE = "preamble", _("preamble")
    CHAPTER = "chapter", _("chapter")
    ARTICLE = "article", _("article")
    PARAGRAPH = "paragraph", _("paragraph")
    ANNEX = "annex", _("annex")


class TextStanding(TextChoices):
    """What a wording is worth as law."""

    AUTHENTIC = "authentic", _("authentic text")
    OFFICIAL_TRANSLATION = "official-translation", _("official translation")
    UNOFFICIAL_TRANSLATION = "unofficial-translation", _("unofficial translation")
    RESTATEMENT = "restatement", _("restatement in our own words")


class AmendmentEffect(TextChoices):
    """What an amendment does to a provision. That words of it change is the least that can be said."""

    REPLACES = "replaces", _("replaces it")
    CHANGES_WORDS = "changes-words", _("changes words of it")
    INSERTS = "inserts", _("inserts it")
    REPEALS = "repeals", _("repeals it")
    RENUMBERS = "renumbers", _("renumbers it")


class ActionKind(TextChoices):
    """What a state did to an instrument on a day."""

    SIGNATURE = "signature", _("signature")
    RATIFICATION = "ratification", _("ratification")
    ACCEPTANCE = "acceptance", _("acceptance")
    APPROVAL = "approval", _("approval")
    ACCESSION = "accession", _("accession")
    DEPOSIT = "deposit", _("deposit")
    CONSENT = "consent", _("consent to be bound (act not found)")
    PROVISIONAL = "provisional-application", _("provisional application")
    RESERVATION = "reservation", _("reservation")
    DECLARATION = "declaration", pgettext_lazy("act of a state", "declaration")
    OBJECTION = "objection", _("objection")
    PROLONGATION = "prolongation", _("prolongation")
    LAPSE = "lapse", _("lapse of time")
    SUSPENSION = "suspension", _("suspension")
    DENUNCIATION = "denunciation", _("denunciation")
    WITHDRAWAL = "withdrawal", _("withdrawal")


class EffectScope(TextChoices):
    """Whose date the day of effect is."""

    OWN = "own", _("for this state")
    GENERAL = "general", _("general date of entry into force")


class ClauseRule(TextChoices):
    """What a final clause lays down about time; what each needs beside it, its model says."""

    ENTRY_SIGNATURE = "entry-on-signature", _("enters into force on signature")
    ENTRY_DEPOSITS = "entry-on-deposits", _("enters into force on so many deposits")
    ENTRY_ALL = "entry-on-all-deposits", _("enters into force on the deposits of all signatories")
    ENTRY_WITH = "entry-with-instrument", _("enters into force with another instrument")
    JOINING = "joining", _("enters into force for a state that joins later")
    TERM = "term", _("is concluded for a term")
    PROLONGATION = "prolongation", _("is prolonged, term by term")
    END_WITH = "end-with-instrument", _("lasts as long as another instrument")
    END_ON_ENTRY = "end-on-entry", _("ends when another instrument enters into force")
    WITHDRAWAL = "withdrawal", _("notice of withdrawal")


class TimeUnit(TextChoices):
    """In what a delay, a notice or a term is counted."""

    DAY = "day", _("days")
    MONTH = "month", _("months")
    YEAR = "year", _("years")


class Verb(TextChoices):
    """How one instrument stands to another; the reverse reading is in REVERSE."""

    AMENDS = "amends", _("amends")
    PROLONGS = "prolongs", _("prolongs")
    IMPLEMENTS = "implements", _("implements")
    SUPPLEMENTS = "supplements", _("supplements")
    SUPERSEDES = "supersedes", _("supersedes")
    TERMINATES = "terminates", _("terminates")


REVERSE = {
    Verb.AMENDS: _("amended by"),
    Verb.PROLONGS: _("prolonged by"),
    Verb.IMPLEMENTS: _("implemented by"),
    Verb.SUPPLEMENTS: _("supplemented by"),
    Verb.SUPERSEDES: _("superseded by"),
    Verb.TERMINATES: _("terminated by"),
}


class PartyStatus(TextChoices):
    """How a state stands to an instrument on a day; computed from its acts, never stored."""

    PARTY = "party", _("party")
    CONTRACTING = "contracting", _("contracting state")
    PROVISIONAL = "provisional", _("applies it provisionally")
    SIGNATORY = "signatory", _("signatory")
    SUSPENDED = "suspended", pgettext_lazy("party to a treaty", "suspended")
    FORMER = "former", _("no longer a party")
    NONE = "none", _("no act recorded")
    UNKNOWN = "unknown", _("not known")


class WordingState(TextChoices):
    """What can be read of a provision on a day; computed, never stored."""

    IN_FORCE = "in-force", _("in force")
    NOT_YET = "not-yet-in-force", _("not yet in force")
    NO_LONGER = "no-longer-in-force", _("no longer in force")
    REPEALED = "repealed", _("repealed")
    NOT_VERIFIED = "wording-not-verified", _("wording not yet verified")
    UNKNOWN = "unknown", _("not known")


class InForce(TextChoices):
    """Whether an instrument is in force on a day; computed, never stored."""

    YES = "yes", _("in force")
    NO = "no", _("not in force")
    UNKNOWN = "unknown", _("not known")
