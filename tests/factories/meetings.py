"""Sessions, attendance, chairmanships, invocations, activities and statements for tests."""

from typing import Any

from members.models import Organ, Person, State
from statements.models import Joined, Passage, PassageReference, Statement, StatementText
from summits.models import (
    Activity,
    ActivityState,
    AdoptedInstrument,
    AgendaItem,
    Attendance,
    Chairmanship,
    Invocation,
    InvocationDocument,
    InvocationStep,
    Session,
)
from tests.factories import records as make
from tests.factories.records import published

OPTIONS = ("publication", "topics", "at")


def options_in(fields: dict[str, Any]) -> dict[str, Any]:
    """What is said of the record rather than by it, taken out of the fields."""
    return {name: fields.pop(name) for name in OPTIONS if name in fields}


def council() -> Organ:
    """The Collective Security Council."""
    standing = Organ.objects.filter(entry__slug="csc").first()
    return standing or make.organ("csc", "Collective Security Council")


def session(slug: str, began: str, ended: str | None = None, **fields: Any) -> Session:
    """A regular session of the Council, held in person unless another is said."""
    options = options_in(fields)
    values = {"type": "regular", "format": "in-person", "title_en": f"Session {slug}", **fields}
    values.setdefault("organ", council())
    return published(Session(began_on=began, ended_on=ended, **values), slug, **options)


def seat(of: Session, who: State | Organ, person: Person | None = None, **fields: Any) -> Attendance:
    """Who sat for a state or an organ, a head of state in person unless another is said."""
    options = options_in(fields)
    values = {"capacity": "head-of-state", "mode": "in-person", **fields}
    side = {"state": who} if isinstance(who, State) else {"organ": who}
    row = Attendance(session=of, person=person, **side, **values)
    return published(row, f"{of.public_id}/{who.public_id}", **options)


def point(of: Session, order: int, text: str, **options: Any) -> AgendaItem:
    """A point of the agenda."""
    return published(
        AgendaItem(session=of, order=order, text_en=text), f"{of.public_id}/agenda-{order}", **options
    )


def adopted(of: Session, title: str = "", **fields: Any) -> AdoptedInstrument:
    """A text that a session adopted."""
    options = options_in(fields)
    row = AdoptedInstrument(session=of, title_en=title, type=fields.pop("type", "decision"), **fields)
    number = of.adopted.count() + 1
    return published(row, f"{of.public_id}/text-{number}", **options)


def chair(who: State, began: str, ended: str | None = None, **fields: Any) -> Chairmanship:
    """A state in the chair."""
    options = options_in(fields)
    row = Chairmanship(state=who, began_on=began, ended_on=ended, **fields)
    return published(row, f"{who.public_id}/{began}", **options)


def invocation(slug: str, requested: str | None = None, **fields: Any) -> Invocation:
    """A request, granted unless another outcome is said; context has none."""
    options = options_in(fields)
    values = {"title_en": f"Request {slug}", "outcome": "" if fields.get("context") else "granted", **fields}
    return published(Invocation(requested_on=requested, **values), slug, **options)


def step(of: Invocation, order: int, text: str, done: str | None = None) -> InvocationStep:
    """A step of an invocation."""
    row = InvocationStep(invocation=of, order=order, text_en=text, done_on=done)
    return published(row, f"{of.public_id}/step-{order}")


def paper(of: Invocation, order: int, title: str, **fields: Any) -> InvocationDocument:
    """A document of an invocation."""
    row = InvocationDocument(invocation=of, order=order, title_en=title, **fields)
    return published(row, f"{of.public_id}/document-{order}")


def activity(slug: str, began: str | None = None, ended: str | None = None, **fields: Any) -> Activity:
    """An exercise unless another kind is said."""
    options = options_in(fields)
    values = {"name_en": f"Activity {slug}", "type": "exercise", **fields}
    return published(Activity(began_on=began, ended_on=ended, **values), slug, **options)


def part(of: Activity, who: State, role: str = "participant", **fields: Any) -> ActivityState:
    """A state in an activity."""
    options = options_in(fields)
    row = ActivityState(activity=of, state=who, role=role, **fields)
    return published(row, f"{of.public_id}/{role}/{who.public_id}", **options)


# -- statements ----------------------------------------------------------------------------------------------------


def statement(slug: str, issued: str | None = None, **fields: Any) -> Statement:
    """A statement of the Council unless another issuer is said."""
    options = options_in(fields)
    values = {"title_en": f"Statement {slug}", "type": "statement", "issuer": "organ", **fields}
    if values["issuer"] == "organ":
        values.setdefault("organ", council())
    return published(Statement(issued_on=issued, **values), slug, **options)


def stood(of: Statement, who: State, standing: str = "joined", **fields: Any) -> Joined:
    """How a state stood to a text."""
    options = options_in(fields)
    row = Joined(statement=of, state=who, standing=standing, **fields)
    return published(row, f"{of.public_id}/{who.public_id}", **options)


def text(of: Statement, language: str = "en", **fields: Any) -> StatementText:
    """A language version that is held."""
    options = options_in(fields)
    values = {"standing": "authentic", "original": language == "en", **fields}
    row = StatementText(statement=of, language=language, **values)
    return published(row, f"{of.public_id}/{language}", **options)


def passage(of: StatementText, anchor: str, words: str = "", **fields: Any) -> Passage:
    """A passage; its place is the number of its anchor unless another is said."""
    options = options_in(fields)
    place = fields.pop("order", None) or int("".join(letter for letter in anchor if letter.isdigit()))
    row = Passage(
        statement=of.statement,
        statement_text=of,
        anchor=anchor,
        order=place,
        text=words or f"Words of {anchor}.",
        **fields,
    )
    return published(row, f"{of.statement.public_id}/{anchor}", **options)


def reference(of: Passage, number: int = 1, **fields: Any) -> PassageReference:
    """What a passage cites."""
    options = options_in(fields)
    return published(PassageReference(passage=of, **fields), f"{of.public_id}/ref-{number}", **options)
