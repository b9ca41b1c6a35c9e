"""The words of the field as these pages use them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Entry(NamedTuple):
    """A term and what it means here."""

    id: str
    term: StrPromise
    meaning: StrPromise


class Group(NamedTuple):
    """Terms that belong together."""

    id: str
    title: StrPromise
    entries: tuple[Entry, ...]


GLOSSARY = (
    Group(
        "texts",
        _("Texts"),
        (
            Entry(
                "instrument",
                _("instrument"),
                _(
                    "A legal act as a work: a treaty, a charter, a protocol, an agreement, a decision. It "
                    "stays one instrument, however often its wording changes."
                ),
            ),
            Entry(
                "provision",
                _("provision"),
                _(
                    "A part of an instrument that can be named: an article, a chapter, a paragraph. Its "
                    "address never changes, even where its number does."
                ),
            ),
            Entry(
                "wording",
                _("wording"),
                _(
                    "What a provision says in one language between two days, both included. On the day on "
                    "which a new wording enters into force it is the wording."
                ),
            ),
            Entry(
                "restatement",
                _("restatement"),
                _(
                    "The content of a provision in our own words, marked so wherever it stands. It is no "
                    "official text and no translation; the official one is linked."
                ),
            ),
            Entry(
                "statement",
                _("statement"),
                _(
                    "A text issued by an organ, by states jointly, or by a speaker: a declaration, a "
                    "communiqué, an address, a letter."
                ),
            ),
            Entry(
                "passage",
                _("passage"),
                _(
                    "A paragraph of one language version of a statement, with a number that names it for "
                    "ever."
                ),
            ),
            Entry(
                "summary",
                _("summary"),
                _(
                    "What a text says in our words, where the text itself is not held. It is marked as "
                    "ours and can be searched, and is never quoted as the text."
                ),
            ),
        ),
    ),
    Group(
        "states",
        _("States and instruments"),
        (
            Entry(
                "signatory",
                _("signatory"),
                _("A state that has signed and has not yet consented to be bound."),
            ),
            Entry(
                "contracting-state",
                _("contracting state"),
                _("A state that has consented to be bound, whether or not the instrument is in force."),
            ),
            Entry(
                "party",
                _("party"),
                _("A state that has consented to be bound and for which the instrument is in force."),
            ),
            Entry(
                "entry-into-force",
                _("entry into force"),
                _(
                    "The day on which an instrument begins to work at all. The day on which it is in force"
                    " for one state may be another."
                ),
            ),
            Entry(
                "act",
                _("act"),
                _(
                    "What one state did to one instrument on one day: signed, ratified, acceded, withdrew."
                    " How a state stands is computed from its acts and is never stored."
                ),
            ),
            Entry(
                "lapse",
                _("lapse of time"),
                _("The end of a state’s being a party because a period ran out and was not prolonged."),
            ),
        ),
    ),
    Group(
        "membership",
        _("Membership"),
        (
            Entry(
                "member",
                _("member"),
                _(
                    "A state in the Organization. There are members since the Charter entered into force "
                    "in 2003; before that there are parties to the Treaty."
                ),
            ),
            Entry(
                "paused",
                _("participation paused"),
                _("A state itself stopped taking part. It ends no membership and stands beside it."),
            ),
            Entry(
                "suspended",
                _("membership suspended"),
                _(
                    "The Council decided to suspend a membership. The state is no member from that day on,"
                    " and its standing is suspended."
                ),
            ),
            Entry(
                "observer",
                _("observer, partner"),
                _("A standing below membership, in the Organization or in one of its organs."),
            ),
        ),
    ),
    Group(
        "meetings",
        _("Meetings"),
        (
            Entry(
                "session",
                _("session"),
                _(
                    "A meeting of an organ. A summit is a session of the Collective Security Council. "
                    "Planned and cancelled ones are listed, never counted."
                ),
            ),
            Entry(
                "attendance",
                _("attendance"),
                _(
                    "Who sat for a state or an organ, in what capacity and how. A member without an entry "
                    "is not known, never absent."
                ),
            ),
            Entry(
                "chairmanship",
                _("chairmanship"),
                _("The rotating chair of the Council. The day of hand-over belongs to both states."),
            ),
            Entry(
                "joined",
                _("joined"),
                _(
                    "How one state stood to a collective text: joined, did not join, was absent, made a "
                    "reservation."
                ),
            ),
            Entry(
                "invocation",
                _("invocation"),
                _(
                    "One time a provision was invoked or asked for: the request, the decision, what came "
                    "of it."
                ),
            ),
            Entry("activity", _("activity"), _("Forces in the field: an operation or an exercise.")),
        ),
    ),
    Group(
        "knowing",
        _("How we know"),
        (
            Entry(
                "evidence",
                _("evidence"),
                _(
                    "What one source says of one record, or of one field of it; it supports or "
                    "contradicts. Where sources differ, the readings stand side by side and one is "
                    "preferred, with the reason."
                ),
            ),
            Entry(
                "imprecise-date",
                _("imprecise date"),
                _(
                    "A date says how well it is known: the day, the month, the year, about. A month or a "
                    "year stands for any of its days."
                ),
            ),
            Entry(
                "not-known",
                _("not known"),
                _(
                    "The third answer beside yes and no, given where a date or a source does not settle "
                    "the day asked about, with the fact that stands in the way."
                ),
            ),
            Entry(
                "as-of",
                _("as of a day"),
                _(
                    "With on= a page shows the world on that day. With known_on= it shows what this "
                    "knowledge base said then."
                ),
            ),
            Entry(
                "confidence", _("confidence"), _("How sure the editors are of a record: high, medium or low.")
            ),
            Entry(
                "correction",
                _("correction"),
                _(
                    "A change of something that had been wrong here, kept with the old reading and the "
                    "reason. A change in the world is no correction."
                ),
            ),
        ),
    ),
)
