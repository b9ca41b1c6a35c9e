"""Session, its agenda, who attended it and which instruments it adopted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.dates import BoundField, EdtfField
from cstokb.dates.fields import bounds_check, period_check
from cstokb.records.models import Record
from cstokb.records.models.rules import Once, Rule
from members.models import Office, Organ, Person, State
from summits.choices import Capacity, Mode, SessionFormat, SessionKind, SessionStatus, TextKind
from summits.querysets import AttendanceQuerySet, SessionQuerySet
from treaty.models import Instrument

if TYPE_CHECKING:
    from cstokb.fulltext.documents import Document


class Session(Record):
    """A meeting of an organ; a summit is a session of the Collective Security Council.

    Days are calendar days at the place of the meeting, first and last included. Planned and cancelled sessions and
    decisions by consultation are listed and never counted as meetings.
    """

    kind = "session"
    searchable = True

    title_en = models.CharField(_("title"), max_length=300)
    title_ru = models.CharField(_("title (Russian)"), max_length=300, blank=True)
    type = models.CharField(_("kind"), max_length=16, choices=SessionKind.choices)
    format = models.CharField(_("format"), max_length=16, choices=SessionFormat.choices)
    status = models.CharField(
        _("status"), max_length=16, choices=SessionStatus.choices, default=SessionStatus.HELD
    )
    organ = models.ForeignKey(
        Organ, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("organ")
    )
    began_on = EdtfField(_("first day"))
    began_on_min = BoundField("began_on")
    began_on_max = BoundField("began_on")
    ended_on = EdtfField(_("last day"), null=True, blank=True, help_text=_("Empty: the same day."))
    ended_on_min = BoundField("ended_on")
    ended_on_max = BoundField("ended_on")
    city_en = models.CharField(_("city"), max_length=120, blank=True)
    city_ru = models.CharField(_("city (Russian)"), max_length=120, blank=True)
    country = models.ForeignKey(
        State,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions_hosted",
        verbose_name=_("country"),
    )
    country_en = models.CharField(
        _("country, where it is no state of the knowledge base"), max_length=120, blank=True
    )
    country_ru = models.CharField(_("the same in Russian"), max_length=120, blank=True)
    venue_en = models.CharField(_("venue"), max_length=200, blank=True)
    venue_ru = models.CharField(_("venue (Russian)"), max_length=200, blank=True)
    chair_state = models.ForeignKey(
        State,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions_chaired",
        verbose_name=_("state in the chair"),
    )
    chair_person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions_chaired",
        verbose_name=_("person in the chair"),
    )
    next_chair_state = models.ForeignKey(
        State,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions_handed_over",
        verbose_name=_("state next in the chair"),
    )
    summary_en = models.TextField(_("summary (ours)"), blank=True)
    summary_ru = models.TextField(_("summary (ours, Russian)"), blank=True)

    objects: ClassVar[Any] = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            bounds_check("began_on", "session"),
            bounds_check("ended_on", "session"),
            period_check("began_on", "ended_on", "session"),
        ]

    def label(self, language: str) -> str:
        return (self.title_ru if language == "ru" else "") or self.title_en

    def address(self) -> str:
        return f"/summits/{self.public_id}/"

    @classmethod
    def documents(cls, ids: Sequence[int]) -> Iterable[Document]:
        from summits.indexing import session_documents

        return session_documents(ids)


class AgendaItem(Record):
    """A point of a session's agenda; its topics are topics of the record."""

    kind = "agenda-item"
    published_through = ("session",)
    evidence_of = "session"

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="agenda", verbose_name=_("session")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    text_en = models.CharField(_("point"), max_length=400)
    text_ru = models.CharField(_("point (Russian)"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("agenda point")
        verbose_name_plural = _("agenda points")
        constraints = [models.UniqueConstraint(fields=["session", "order"], name="agenda_order_unique")]

    def label(self, language: str) -> str:
        return (self.text_ru if language == "ru" else "") or self.text_en

    def index_owners(self) -> Iterable[int]:
        return (self.session_id,)


class Attendance(Record):
    """Who sat for a state or an organ in a session, in what capacity and how.

    A member without a row is not known, never absent. ``office_en`` is the office as the source names it, on that
    day; ``name_inferred`` marks a name that follows from the office alone.
    """

    kind = "attendance"
    published_through = ("session",)

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="attendances", verbose_name=_("session")
    )
    state = models.ForeignKey(
        State,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("state"),
    )
    organ = models.ForeignKey(
        Organ,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("organ"),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("person"),
    )
    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("office"),
    )
    office_en = models.CharField(_("office on that day"), max_length=200, blank=True)
    office_ru = models.CharField(_("office on that day (Russian)"), max_length=200, blank=True)
    capacity = models.CharField(_("capacity"), max_length=24, choices=Capacity.choices, blank=True)
    mode = models.CharField(_("mode"), max_length=16, choices=Mode.choices, default=Mode.UNKNOWN)
    signed = models.BooleanField(_("signed a text of the session"), default=False)
    represents = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="represented_at",
        verbose_name=_("in place of"),
    )
    reason_en = models.CharField(_("stated reason"), max_length=300, blank=True)
    reason_ru = models.CharField(_("stated reason (Russian)"), max_length=300, blank=True)
    name_inferred = models.BooleanField(_("name inferred from the office"), default=False)

    objects: ClassVar[Any] = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            Rule(
                condition=models.Q(state__isnull=True) ^ models.Q(organ__isnull=True),
                name="attendance_of_a_state_or_an_organ",
                says=_("An attendance is that of a state or of an organ: fill in exactly one."),
            ),
            Once(
                fields=["session", "state"],
                name="state_sits_once",
                says=_("This state sits in the session already: change that attendance instead."),
            ),
            Once(
                fields=["session", "organ"],
                name="organ_sits_once",
                says=_("This organ sits in the session already: change that attendance instead."),
            ),
        ]

    def label(self, language: str) -> str:
        who = self.state if self.state_id else self.organ
        return f"{who.label(language) if who else ''}, {self.session.label(language)}"

    def index_owners(self) -> Iterable[int]:
        return (self.session_id,)


class AdoptedInstrument(Record):
    """A text that a session adopted or signed: an instrument of the knowledge base, or a title alone.

    Texts that are statements are linked from the statement.
    """

    kind = "adopted"
    published_through = ("session",)
    evidence_of = "session"

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="adopted", verbose_name=_("session")
    )
    instrument = models.ForeignKey(
        Instrument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="adopted_at",
        verbose_name=_("instrument"),
    )
    type = models.CharField(_("kind"), max_length=16, choices=TextKind.choices)
    title_en = models.CharField(_("title"), max_length=400, blank=True)
    title_ru = models.CharField(_("title (Russian)"), max_length=400, blank=True)
    title_is_ours = models.BooleanField(_("title is our wording"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("adopted text")
        verbose_name_plural = _("adopted texts")
        constraints = [
            Rule(
                condition=models.Q(instrument__isnull=False) | ~models.Q(title_en=""),
                name="adopted_text_has_a_name",
                says=_("Name the instrument, or write the title of the text."),
            )
        ]

    def label(self, language: str) -> str:
        if self.instrument:
            return self.instrument.label(language)
        return (self.title_ru if language == "ru" else "") or self.title_en

    def index_owners(self) -> Iterable[int]:
        return (self.session_id,)
