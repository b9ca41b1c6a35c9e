"""FinalClause: what an instrument lays down about its own time, as a rule that computes dates."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.records.models import Record
from cstokb.records.models.rules import Rule
from treaty.choices import ClauseRule, TimeUnit
from treaty.models.instruments import Instrument
from treaty.models.provisions import Provision

#: What a rule cannot do without, and what it may have beside that.
NEEDS: Mapping[str, frozenset[str]] = {
    ClauseRule.ENTRY_DEPOSITS: frozenset({"count"}),
    ClauseRule.ENTRY_WITH: frozenset({"other"}),
    ClauseRule.TERM: frozenset({"span"}),
    ClauseRule.PROLONGATION: frozenset({"span"}),
    ClauseRule.END_WITH: frozenset({"other"}),
    ClauseRule.END_ON_ENTRY: frozenset({"other"}),
    ClauseRule.WITHDRAWAL: frozenset({"span"}),
}
TAKES: Mapping[str, frozenset[str]] = {
    ClauseRule.ENTRY_DEPOSITS: frozenset({"span"}),
    ClauseRule.ENTRY_ALL: frozenset({"span"}),
    ClauseRule.JOINING: frozenset({"span"}),
    ClauseRule.PROLONGATION: frozenset({"other"}),
}


class FinalClause(Record):
    """A rule of an instrument about entry into force, term, prolongation, end or withdrawal.

    ``count`` is a number of deposits or notices, ``span`` and ``unit`` a delay, a term or a period of notice, ``other``
    the instrument on which it turns. ``provision`` is where the rule stands: of this instrument, or of one that changed
    it. What the rule gives is computed (``treaty.clauses``) and never stored.
    """

    kind = "final-clause"
    published_through = ("instrument",)

    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="clauses", verbose_name=_("instrument")
    )
    provision = models.ForeignKey(
        Provision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clauses",
        verbose_name=_("provision"),
        help_text=_("Empty: where it stands was not seen."),
    )
    rule = models.CharField(_("rule"), max_length=24, choices=ClauseRule.choices)
    count = models.PositiveSmallIntegerField(_("number of deposits"), null=True, blank=True)
    span = models.PositiveSmallIntegerField(_("how long"), null=True, blank=True)
    unit = models.CharField(_("counted in"), max_length=8, choices=TimeUnit.choices, blank=True)
    other = models.ForeignKey(
        Instrument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clauses_naming",
        verbose_name=_("other instrument"),
    )

    class Meta:
        verbose_name = _("final clause")
        verbose_name_plural = _("final clauses")
        constraints = [
            Rule(
                condition=models.Q(span__isnull=True, unit="") | (models.Q(span__gt=0) & ~models.Q(unit="")),
                name="clause_span_has_a_unit",
                says=_("A span of time is a whole number above zero with a unit: give both or neither."),
            ),
            Rule(
                condition=models.Q(count__isnull=True) | models.Q(count__gt=0),
                name="clause_counts_from_one",
                says=_("A number of deposits is above zero."),
            ),
            Rule(
                condition=~models.Q(other=models.F("instrument")),
                name="clause_names_another_instrument",
                says=_("A clause that waits for an instrument waits for another one."),
            ),
        ]

    def label(self, language: str) -> str:
        return f"{self.instrument.short(language)}: {self.get_rule_display()}"

    def clean(self) -> None:
        """A rule has what it needs to compute a date, and nothing that it does not take.

        Raises:
            ValidationError: naming what is missing or too much.
        """
        values = {"count": self.count, "span": self.span, "other": self.other_id}
        given = {name for name, value in values.items() if value is not None}
        needs, takes = NEEDS.get(self.rule, frozenset()), TAKES.get(self.rule, frozenset())
        for name in sorted(needs - given):
            raise ValidationError({name: _("This rule needs it.")})
        for name in sorted(given - needs - takes):
            raise ValidationError({name: _("This rule does not take it.")})
        if self.provision and self.provision.instrument_id not in (self.instrument_id, self.other_id):
            said = _("The provision is neither of the instrument nor of the other one.")
            raise ValidationError({"provision": said})
