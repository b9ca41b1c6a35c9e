"""States, people, offices and organs; periods of membership and pauses in taking part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.dates import BoundField, EdtfField
from cstokb.dates.fields import bounds_check, period_check
from cstokb.records.models import Record
from cstokb.records.models.rules import Rule
from members.choices import HEADS, OfficeRole, OrganKind, PeriodEnd, PeriodStanding
from members.peoples import adjectives_of
from members.querysets import PeriodQuerySet

if TYPE_CHECKING:
    from cstokb.fulltext.documents import Document


def _surname_first(name: str) -> str:
    """A name as lists sort it: last word first."""
    *given, family = name.split() or [""]
    return " ".join([family, *given])


class State(Record):
    """A state. Its public id is its lower-case alpha-3 code (ISO 3166-1)."""

    kind = "state"
    searchable = True

    alpha2 = models.CharField(_("alpha-2 code"), max_length=2, unique=True)
    name_en = models.CharField(_("name"), max_length=120)
    name_ru = models.CharField(_("name (Russian)"), max_length=120, blank=True)
    official_en = models.CharField(_("official name"), max_length=200, blank=True)
    official_ru = models.CharField(_("official name (Russian)"), max_length=200, blank=True)
    capital_en = models.CharField(_("capital"), max_length=120, blank=True)
    capital_ru = models.CharField(_("capital (Russian)"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("state")
        verbose_name_plural = _("states")

    def label(self, language: str) -> str:
        return (self.name_ru if language == "ru" else "") or self.name_en

    def sought_as(self) -> Iterable[str]:
        """Its names, and the adjectives of its people."""
        return (*super().sought_as(), *adjectives_of(self.public_id))

    def own_names(self) -> Iterable[tuple[str, str, str]]:
        return (
            (self.name_en, "short", "en"),
            (self.name_ru, "short", "ru"),
            (self.official_en, "official", "en"),
            (self.official_ru, "official", "ru"),
        )

    def address(self) -> str:
        return f"/states/{self.public_id}/"

    @classmethod
    def documents(cls, ids: Sequence[int]) -> Iterable[Document]:
        from members.indexing import state_documents

        return state_documents(ids)


class Organ(Record):
    """An organ of the Organization, one of its forces, or a body outside it that is named in the records."""

    kind = "organ"
    searchable = True

    name_en = models.CharField(_("name"), max_length=200)
    name_ru = models.CharField(_("name (Russian)"), max_length=200, blank=True)
    abbreviation_en = models.CharField(_("abbreviation"), max_length=30, blank=True)
    abbreviation_ru = models.CharField(_("abbreviation (Russian)"), max_length=30, blank=True)
    type = models.CharField(_("kind"), max_length=16, choices=OrganKind.choices)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="subsidiaries",
        verbose_name=_("higher organ"),
    )
    established_on = EdtfField(_("established on"), null=True, blank=True)
    established_on_min = BoundField("established_on")
    established_on_max = BoundField("established_on")
    dissolved_on = EdtfField(_("dissolved on"), null=True, blank=True, help_text=_("Empty: it exists."))
    dissolved_on_min = BoundField("dissolved_on")
    dissolved_on_max = BoundField("dissolved_on")
    function_en = models.TextField(_("what it does"), blank=True)
    function_ru = models.TextField(_("what it does (Russian)"), blank=True)
    strength_en = models.CharField(_("strength"), max_length=200, blank=True)
    strength_ru = models.CharField(_("strength (Russian)"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("organ")
        verbose_name_plural = _("organs")
        constraints = [
            bounds_check("established_on", "organ"),
            bounds_check("dissolved_on", "organ"),
            period_check("established_on", "dissolved_on", "organ"),
        ]

    def label(self, language: str) -> str:
        return (self.name_ru if language == "ru" else "") or self.name_en

    def own_names(self) -> Iterable[tuple[str, str, str]]:
        return (
            (self.name_en, "official", "en"),
            (self.name_ru, "official", "ru"),
            (self.abbreviation_en, "short", "en"),
            (self.abbreviation_ru, "short", "ru"),
        )

    def address(self) -> str:
        return f"/organs/{self.public_id}/"

    @classmethod
    def documents(cls, ids: Sequence[int]) -> Iterable[Document]:
        from members.indexing import organ_documents

        return organ_documents(ids)


class MembershipPeriod(Record):
    """A state, or an assembly, stood to the Organization or to one of its organs as member, observer or partner.

    ``organ`` empty means the Organization itself. Both days are included; ``ended_on`` empty means that the period
    goes on. What ended it decides the standing afterwards (law 8): a suspension leaves the state suspended.
    """

    kind = "membership"

    state = models.ForeignKey(
        State,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("state"),
    )
    body = models.ForeignKey(
        Organ,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="standings_elsewhere",
        help_text=_("An assembly or body that is no state."),
        verbose_name=_("body"),
    )
    organ = models.ForeignKey(
        Organ,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("organ"),
    )
    standing = models.CharField(_("standing"), max_length=16, choices=PeriodStanding.choices)
    began_on = EdtfField(_("first day"), null=True, blank=True)
    began_on_min = BoundField("began_on")
    began_on_max = BoundField("began_on")
    ended_on = EdtfField(_("last day"), null=True, blank=True, help_text=_("Empty: it goes on."))
    ended_on_min = BoundField("ended_on")
    ended_on_max = BoundField("ended_on")
    ended_by = models.CharField(_("ended by"), max_length=16, choices=PeriodEnd.choices, blank=True)

    objects: ClassVar[Any] = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership period")
        verbose_name_plural = _("membership periods")
        constraints = [
            Rule(
                condition=models.Q(state__isnull=True) ^ models.Q(body__isnull=True),
                name="membership_of_a_state_or_a_body",
                says=_("A membership is that of a state or of a body: fill in exactly one."),
            ),
            bounds_check("began_on", "membershipperiod"),
            bounds_check("ended_on", "membershipperiod"),
            period_check("began_on", "ended_on", "membershipperiod"),
        ]

    def label(self, language: str) -> str:
        who = self.state if self.state_id else self.body
        return f"{who.label(language) if who else ''}: {self.get_standing_display()}"

    def index_owners(self) -> Iterable[int]:
        """The state, and whoever was at its head: the leaders of members are found as such."""
        if not self.state_id:
            return ()
        heads = Term.objects.filter(office__state_id=self.state_id, office__role__in=HEADS)
        led = heads.values_list("person_id", flat=True) if self.organ_id is None else ()
        return {self.state_id, *led}

    def clean(self) -> None:
        """Periods of one state in one standing never share a day (checked under the state's lock).

        Raises:
            ValidationError: naming the period that overlaps.
        """
        twins = MembershipPeriod.objects.filter(
            state_id=self.state_id, body_id=self.body_id, organ_id=self.organ_id, standing=self.standing
        )
        clash = twins.clash_of(self)
        if clash:
            raise ValidationError(_("The period overlaps %(other)s."), params={"other": clash.public_id})


class ParticipationPause(Record):
    """A state itself stopped taking part. It ends no membership; it stands beside the standing."""

    kind = "pause"

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="pauses", verbose_name=_("state"))
    began_on = EdtfField(_("first day"), null=True, blank=True)
    began_on_min = BoundField("began_on")
    began_on_max = BoundField("began_on")
    ended_on = EdtfField(_("last day"), null=True, blank=True, help_text=_("Empty: it goes on."))
    ended_on_min = BoundField("ended_on")
    ended_on_max = BoundField("ended_on")
    summary_en = models.TextField(_("what happened"), blank=True)
    summary_ru = models.TextField(_("what happened (Russian)"), blank=True)

    objects: ClassVar[Any] = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause in taking part")
        verbose_name_plural = _("pauses in taking part")
        constraints = [
            bounds_check("began_on", "participationpause"),
            bounds_check("ended_on", "participationpause"),
            period_check("began_on", "ended_on", "participationpause"),
        ]

    def label(self, language: str) -> str:
        return self.state.label(language)

    def index_owners(self) -> Iterable[int]:
        return (self.state_id,)


class Person(Record):
    """A person, under the name most sources use; every other spelling is a NameForm."""

    kind = "person"
    searchable = True

    name_en = models.CharField(_("name"), max_length=200)
    name_ru = models.CharField(_("name (Russian)"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def label(self, language: str) -> str:
        return (self.name_ru if language == "ru" else "") or self.name_en

    def sort_label(self, language: str) -> str:
        return _surname_first(self.label(language))

    def own_names(self) -> Iterable[tuple[str, str, str]]:
        return ((self.name_en, "short", "en"), (self.name_ru, "short", "ru"))

    def address(self) -> str:
        return f"/people/{self.public_id}/"

    @classmethod
    def documents(cls, ids: Sequence[int]) -> Iterable[Document]:
        from members.indexing import person_documents

        return person_documents(ids)


class Office(Record):
    """An office of a state or of an organ; who held it when is a Term."""

    kind = "office"

    name_en = models.CharField(_("title"), max_length=200)
    name_ru = models.CharField(_("title (Russian)"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=24, choices=OfficeRole.choices)
    state = models.ForeignKey(
        State,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
        verbose_name=_("state"),
    )
    organ = models.ForeignKey(
        Organ,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
        verbose_name=_("organ"),
    )
    abolished_on = EdtfField(_("abolished on"), null=True, blank=True, help_text=_("Empty: it exists."))
    abolished_on_min = BoundField("abolished_on")
    abolished_on_max = BoundField("abolished_on")

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints = [
            Rule(
                condition=models.Q(state__isnull=True) ^ models.Q(organ__isnull=True),
                name="office_of_a_state_or_an_organ",
                says=_("An office is one of a state or of an organ: fill in exactly one."),
            ),
            bounds_check("abolished_on", "office"),
        ]

    def label(self, language: str) -> str:
        return (self.name_ru if language == "ru" else "") or self.name_en


class Term(Record):
    """A person held an office, or acted in it, from one day to another, both included."""

    kind = "term"
    published_through = ("person", "office")

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="terms", verbose_name=_("person")
    )
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="terms", verbose_name=_("office")
    )
    acting = models.BooleanField(_("acting"), default=False)
    began_on = EdtfField(_("first day"), null=True, blank=True)
    began_on_min = BoundField("began_on")
    began_on_max = BoundField("began_on")
    ended_on = EdtfField(_("last day"), null=True, blank=True, help_text=_("Empty: in office."))
    ended_on_min = BoundField("ended_on")
    ended_on_max = BoundField("ended_on")

    objects: ClassVar[Any] = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        constraints = [
            bounds_check("began_on", "term"),
            bounds_check("ended_on", "term"),
            period_check("began_on", "ended_on", "term"),
        ]

    def label(self, language: str) -> str:
        return f"{self.person.label(language)}, {self.office.label(language)}"

    def index_owners(self) -> Iterable[int]:
        """Whoever held the office, or was head of the state: one of them is the last, and found before the others."""
        followed = models.Q(office_id=self.office_id)
        if self.office.role == OfficeRole.HEAD_OF_STATE:
            followed |= models.Q(office__role=OfficeRole.HEAD_OF_STATE, office__state_id=self.office.state_id)
        return {self.person_id, *Term.objects.filter(followed).values_list("person_id", flat=True)}

    def clean(self) -> None:
        """One person's terms in one office, acting or not, share at most the day of hand-over (law 3).

        Raises:
            ValidationError: naming the term that overlaps.
        """
        twins = Term.objects.filter(person_id=self.person_id, office_id=self.office_id)
        clash = twins.clash_of(self, shared_days=1)
        if clash:
            raise ValidationError(_("The term overlaps %(other)s."), params={"other": clash.public_id})
