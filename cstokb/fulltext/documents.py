"""What a caller hands over to be indexed: one document for each public record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

#: Facets that only narrow: nearly each record has a value of its own, so that counting them tells nothing.
UNCOUNTED = ("inside",)


@dataclass(frozen=True, slots=True)
class Segment:
    """One passage: phrases and NEAR hold inside it and never across its ends.

    `anchor` is where a link lands on the record's page ("" is its top). `language` is a code such as "en"
    and only describes: stemming follows the script of each word. `role` is free ("body", "note", ...). `voice`
    is the id of whoever said it, where that is known.
    """

    anchor: str
    language: str
    text: str
    role: str = "body"
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """What a record is called that others were called too, such as an office; held by the last who is known to be.

    ``opens`` says whether the record is suggested while somebody types it: where not, it is no name of the record but
    what it is among others, such as a member, or what has parties.
    """

    text: str
    held: bool = True
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """All that is searchable of one public record.

    `titles` are pairs of language and text; `names` are its other spellings and ways of being called, which
    are found like titles, and so are `roles`, such as offices, which others may have too: those held as titles are,
    those left like words that stand often in its texts. `about` says in words
    what else the record is known by, such as its date and whose it is: these words find it and are never shown.
    `answers` is what it tells most of without being called so, as its charter does of an organization: these words
    find it too, and before all else where nothing else is asked.
    `date_min` is the earliest possible day, None where no date is known. `facets` gives for each facet the values
    of this record. `sort_en` and `sort_ru` come from `sort_key`. `date_max` is the latest possible day; left out,
    the date is one day.
    """

    id: int
    kind: str
    date_min: date | None = None
    titles: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort_en: str = ""
    sort_ru: str = ""
    date_max: date | None = None
    roles: tuple[Role, ...] = ()
    about: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
