"""The index as tables. Everything here is made from public records and can be made again at any time.

Beside these stand two tables per database, made in a migration, that hold terms in the form its full text
search reads: `fulltext_terms` (a row for each record) and `fulltext_streams` (rows for each passage).
"""

from django.db import models


class IndexedRecord(models.Model):
    """One searchable record. A row is here exactly when the record is public.

    `letters` are its facet values, a letter each (see `fulltext/letters.py`).
    """

    record_id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=40)
    date_min = models.DateField(null=True)  # NULL: no date is known
    date_max = models.DateField(null=True)
    title_words = models.PositiveIntegerField()
    sort_en = models.TextField()
    sort_ru = models.TextField()
    letters = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["kind"], name="fulltext_record_kind"),
            models.Index(fields=["date_min", "record_id"], name="fulltext_record_date"),
            models.Index(fields=["sort_en", "record_id"], name="fulltext_record_en"),
            models.Index(fields=["sort_ru", "record_id"], name="fulltext_record_ru"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"


class TitleKey(models.Model):
    """A title or name of a record as terms in order; a query of just these terms finds the record first."""

    record_id = models.BigIntegerField()
    key = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["key", "record_id"], name="fulltext_title_key"),
            models.Index(fields=["record_id"], name="fulltext_title_record"),
        ]

    def __str__(self) -> str:
        return self.key


class Passage(models.Model):
    """A passage as it was written, to show it with the found words marked, and its words folded, to count them.

    `forms` are all its words in order (see `fulltext/forms.py`), `words` says how many; `voice` is who said it.
    """

    record_id = models.BigIntegerField()
    ordinal = models.PositiveIntegerField()
    anchor = models.TextField()
    language = models.TextField()
    role = models.TextField()
    voice = models.TextField(default="")
    text = models.TextField()
    forms = models.TextField(default="")
    words = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_id", "ordinal"], name="fulltext_passage_once")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.anchor}"


class FacetValue(models.Model):
    """One value of a record in one facet, by which searches are narrowed."""

    record_id = models.BigIntegerField()
    facet = models.TextField()
    value = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record_id", "facet", "value"], name="fulltext_facet_once")
        ]
        indexes = [models.Index(fields=["facet", "value", "record_id"], name="fulltext_facet_value")]

    def __str__(self) -> str:
        return f"{self.facet}:{self.value}"


class FacetLetter(models.Model):
    """A value of a facet with its number, which it keeps for ever, also when no record has the value any more."""

    facet = models.TextField()
    value = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["value", "facet"], name="fulltext_letter_once")]

    def __str__(self) -> str:
        return f"{self.facet}:{self.value}"


class Opening(models.Model):
    """Where a title or name of a record may be begun to be typed; see ``openings``."""

    record_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField(help_text="0 for the beginning, 1 for a later word.")
    start = models.TextField()
    sound = models.TextField(help_text="The key of names from here; empty in a long heading.")
    text = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "place", "start", "record_id"], name="fulltext_opening_start"),
            models.Index(fields=["kind", "place", "sound", "record_id"], name="fulltext_opening_sound"),
            models.Index(fields=["record_id"], name="fulltext_opening_record"),
        ]

    def __str__(self) -> str:
        return self.start


class Word(models.Model):
    """A word form that was ever indexed, with its stem: what a prefix may be completed to.

    Rows stay when records go, so that writers never wait for each other; whether a form is still in use is
    asked of the terms.
    """

    form = models.TextField()
    stem = models.TextField()
    bones = models.TextField(default="", help_text="Its consonants, by which misspellings are met.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form"], name="fulltext_word_form")]
        indexes = [
            models.Index(fields=["stem"], name="fulltext_word_stem"),
            models.Index(fields=["bones"], name="fulltext_word_bones"),
        ]

    def __str__(self) -> str:
        return self.form


class Stamp(models.Model):
    """One row: a number that is another, drawn by lot, after each change of the index; written in its transaction."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.number)


class Kept(models.Model):
    """The answer to a question that was asked while the stamp was this number; true for as long as it is.

    `counts` are the total and the facets, the others the first records of each order; see ``kept``.
    """

    key = models.TextField(primary_key=True)
    stamp = models.BigIntegerField()
    counts = models.TextField(default="")
    best = models.TextField(default="")
    newest = models.TextField(default="")
    oldest = models.TextField(default="")

    def __str__(self) -> str:
        return self.key


class Rebuild(models.Model):
    """A rebuild of the index that is under way, or was cut short: while a row is here, Late is kept."""

    began_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.began_at)


class Late(models.Model):
    """A record that was written while the index was made anew beside the one that serves."""

    record_id = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.record_id)
