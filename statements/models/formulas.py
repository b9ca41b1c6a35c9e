"""Formulas: which passages have the same words, which similar ones. Derived from public passages, like the index."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.records.choices import Language
from statements.choices import KinKind
from statements.models.passages import Passage
from statements.models.statements import Statement


class Formula(models.Model):
    """The words of public passages in one language, however often they were said; no record, made anew at any time."""

    language = models.CharField(_("language"), max_length=8, choices=Language.choices)
    digest = models.CharField(_("digest of the folded words"), max_length=32, unique=True)
    words = models.PositiveIntegerField(_("how many words"))

    class Meta:
        verbose_name = _("formula")
        verbose_name_plural = _("formulas")

    def __str__(self) -> str:
        return self.digest


class Saying(models.Model):
    """A public passage says a formula. The days are those of its statement, as far as they are known."""

    passage = models.OneToOneField(Passage, on_delete=models.CASCADE, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    formula = models.ForeignKey(Formula, on_delete=models.CASCADE, related_name="sayings", db_index=False)
    earliest = models.DateField(_("not before"), null=True)
    latest = models.DateField(_("not after"), null=True)

    class Meta:
        verbose_name = _("saying of a formula")
        verbose_name_plural = _("sayings of formulas")
        indexes = [
            models.Index(fields=["formula", "earliest", "latest"], name="saying_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} {self.formula_id}"


class FormulaShingle(models.Model):
    """Three words in a row by which formulas with similar words are found, as a number."""

    formula = models.ForeignKey(Formula, on_delete=models.CASCADE, related_name="+")
    value = models.BigIntegerField(_("number of the words"))

    class Meta:
        verbose_name = _("shingle of a formula")
        verbose_name_plural = _("shingles of formulas")
        indexes = [models.Index(fields=["value", "formula"], name="shingle_value")]

    def __str__(self) -> str:
        return f"{self.formula_id} {self.value}"


class FormulaKinship(models.Model):
    """Two formulas with similar words, or a run of words in common; a row for each direction."""

    one = models.ForeignKey(Formula, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Formula, on_delete=models.CASCADE, related_name="+")
    kin = models.CharField(_("how they are related"), max_length=8, choices=KinKind.choices)
    share = models.FloatField(_("share of shingles in both"))

    class Meta:
        verbose_name = _("kinship of formulas")
        verbose_name_plural = _("kinships of formulas")
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="formulas_related_once")]

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id}"
