"""A few texts whose every word is known, and what plain Python counts in them."""

import re
from collections import Counter
from typing import NamedTuple

from cstokb.records.models import Topic
from members.models import State
from statements.models import Joined, Passage, Statement, StatementText
from tests.factories import meetings
from tests.factories import records as make
from tests.factories.records import published


class Said(NamedTuple):
    """A passage as the oracle knows it."""

    statement: str
    anchor: str
    language: str
    day: str
    speaker: str
    states: tuple[str, ...]
    text: str

    @property
    def words(self) -> list[str]:
        """Its words, folded as far as these texts need."""
        return re.findall(r"\w+", self.text.casefold().replace("ё", "е"))


SECURITY = "Security of states: collective security, and border security."
AIM = "«Collective security» is the aim of states; CSTO stands by."
FRONTIER = "The frontier: not a border, but Article 4 and 40 words."
RUSSIAN = "Безопасность государств и её граница, безопасности ради."
MATTERS = "Border security matters to us, ОДКБ too."
SAID = (
    Said("2012-a", "p1", "en", "2012-05-10", "tokayev", ("kaz",), SECURITY),
    Said("2012-a", "p2", "en", "2012-05-10", "tokayev", ("kaz",), "Drugs cross the border."),
    Said("2012-a", "p1", "ru", "2012-05-10", "tokayev", ("kaz",), RUSSIAN),
    Said("2012-b", "p1", "en", "2012-11", "", ("arm", "kaz"), AIM),
    Said("2014-c", "p1", "en", "2014-05-16", "pashinyan", (), MATTERS),
    Said("2014-c", "p2", "en", "2014-05-16", "tokayev", (), FRONTIER),
    Said("2015-d", "p1", "en", "2015~", "", ("arm",), "Securities are no security."),
)


def counted(word: str, *, language: str = "en", **narrowing: str) -> Counter[str]:
    """How often a word form is said, by year."""
    found: Counter[str] = Counter()
    for one in SAID:
        if one.language == language and all(getattr(one, name) == value for name, value in narrowing.items()):
            found[one.day[:4]] += one.words.count(word)
    return found


def build() -> None:
    """The texts as records, with drafts that nobody may see."""
    states = {
        slug: make.state(slug, name)
        for slug, name in (("arm", "Armenia"), ("kaz", "Kazakhstan"), ("rus", "Russia"))
    }
    tokayev = make.person("tokayev", "Kassym-Jomart Tokayev", "Касым-Жомарт Токаев")
    people = {"tokayev": tokayev, "pashinyan": make.person("pashinyan", "Nikol Pashinyan", "Никол Пашинян")}
    borders: Topic = make.topic("borders", "Borders")
    one = meetings.statement(
        "2012-a",
        "2012-05-10",
        issuer="speaker",
        speaker=tokayev,
        speaker_state=states["kaz"],
        topics=[borders.pk],
    )
    two = meetings.statement("2012-b", "2012-11", summary_en="Security in our own words.")
    three = meetings.statement("2014-c", "2014-05-16", type="report", issuer="states")
    four = meetings.statement("2015-d", "2015~", issuer="states")
    meetings.stood(two, states["arm"])
    meetings.stood(two, states["kaz"])
    meetings.stood(four, states["arm"])
    texts: dict[tuple[str, str], StatementText] = {}
    for said in SAID:
        of = {"2012-a": one, "2012-b": two, "2014-c": three, "2015-d": four}[said.statement]
        key = (said.statement, said.language)
        texts[key] = texts.get(key) or meetings.text(of, said.language)
        speaker = people.get(said.speaker) if said.statement == "2014-c" else None
        row = Passage(
            statement=of,
            statement_text=texts[key],
            anchor=said.anchor,
            order=int(said.anchor[1:]),
            text=said.text,
            speaker=speaker,
        )
        published(row, f"{said.statement}/{said.language}/{said.anchor}")
    _drafts(one, texts["2012-a", "en"], states["rus"])


def _drafts(statement: Statement, text: StatementText, state: State) -> None:
    make.draft(
        Passage(statement=statement, statement_text=text, anchor="p9", order=9, text="Security zqx."),
        "2012-a/en/p9",
    )
    make.draft(Joined(statement=statement, state=state, standing="joined"), "2012-a/rus")
    hidden = make.draft(Statement(title_en="Zqx", type="statement", issuer="states", issued_on="2013"), "zqx")
    version = make.draft(StatementText(statement=hidden, language="en", standing="authentic"), "zqx/en")
    make.draft(
        Passage(statement=hidden, statement_text=version, anchor="p1", order=1, text="Security zqx."),
        "zqx/p1",
    )
