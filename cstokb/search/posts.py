"""Who holds an office, or the chair of the Council, while somebody types its title: since when, or until when."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.db.models import F
from django.utils.translation import gettext as _

from cstokb.dates import HistoricDate, describe, sort_key
from cstokb.fulltext.openings import LONGEST_TEXT
from cstokb.listing.ask import Ask
from members.cards import office_in_words
from members.choices import RoleStatus
from members.indexing import SHORT
from members.listings import TERMS
from members.status import last_day, role_status
from summits.indexing import CHAIR
from summits.listings import CHAIRMANSHIPS

#: Somebody's row id, and the title in either language as the index holds it.
Held = tuple[int, str]


class Post(NamedTuple):
    """A title that somebody bore or bears, on the day asked about."""

    title: str
    began_on: HistoricDate | None
    ended_on: HistoricDate | None
    status: str

    @property
    def current(self) -> bool:
        """Whether it is certainly held that day."""
        return self.status == RoleStatus.CURRENT

    def words(self, language: str) -> str:
        """The title, and since when it is held or until when it was, both days included."""
        title = office_in_words(self.title, self.status)
        if self.current and _is_known(self.began_on):
            day = describe(self.began_on, language, after_since=True)
            return _("%(title)s, since %(day)s") % {"title": title, "day": day}
        if self.status == RoleStatus.FORMER and _is_known(self.ended_on):
            return _("%(title)s, until %(day)s") % {"title": title, "day": describe(self.ended_on, language)}
        return title


def posts(held: Collection[Held], ask: Ask) -> dict[Held, Post]:
    """Those of the titles that the records bear out: the one held on the day asked about, else the last.

    One query where there are any, and one more where the chair of the Council is among them.
    """
    people = {person for person, _text in held}
    found: dict[Held, Post] = {}
    rows = list(_terms(people, ask)) if people else []
    rows += _chairs(people, ask) if any(text in CHAIR for _person, text in held) else []
    for person, titles, post in rows:
        for text in titles:
            key = (person, text[:LONGEST_TEXT])
            if key in held and (key not in found or _worth(post) > _worth(found[key])):
                found[key] = post
    return found


Told = tuple[int, tuple[str, ...], Post]


def _terms(people: Collection[int], ask: Ask) -> Iterator[Told]:
    rows = (
        TERMS.rows(ask)
        .filter(person_id__in=people)
        .annotate(en=F("office__name_en"), ru=F("office__name_ru"), role=F("office__role"))
    )
    names = (
        "person_id",
        "en",
        "ru",
        "role",
        "acting",
        "began_on",
        "ended_on",
        "office_ended_on",
        "organ_ended_on",
    )
    for person, english, russian, role, acting, began_on, *ends in rows.values_list(*names):
        title = (russian if ask.language == "ru" else "") or english
        said = _("%(title)s, acting") % {"title": title} if acting else title
        yield person, (english, russian, *SHORT.get(role, ())), _post(said, began_on, last_day(*ends), ask)


def _chairs(people: Collection[int], ask: Ask) -> Iterator[Told]:
    rows = CHAIRMANSHIPS.rows(ask).filter(person_id__in=people)
    title = CHAIR[1] if ask.language == "ru" else CHAIR[0]
    for person, began_on, ended_on in rows.values_list("person_id", "began_on", "ended_on"):
        yield person, CHAIR, _post(title, began_on, ended_on, ask)


def _post(title: str, began_on: HistoricDate | None, ended_on: HistoricDate | None, ask: Ask) -> Post:
    return Post(title, began_on, ended_on, role_status(ask.day, began_on, ended_on))


def _worth(post: Post) -> tuple[bool, tuple[int, int]]:
    """What is held goes before what was, and of these the last one first."""
    return post.current, sort_key(post.began_on) if post.began_on else (0, 0)


def _is_known(day: HistoricDate | None) -> bool:
    return day is not None and day.year is not None
