"""What the history holds: one span and one event for each change, whoever makes it and however many at once."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from cstokb.accounts.models import User
from cstokb.records.models import ChangeEvent, EntryTopic, Evidence, NameForm, Record
from cstokb.records.payload import stored
from cstokb.records.publish import Change, withdraw, write, write_all
from cstokb.records.revisions import apply, propose
from members.models import Person, State
from summits.models import Activity
from tests.factories.curators import curator, signed_in
from tests.factories.records import WRITTEN, draft, many, source, state, topic
from tests.factories.treaties import instrument
from treaty.models import TreatyAction

pytestmark = pytest.mark.django_db

LATER, LATEST = WRITTEN + timedelta(days=30), WRITTEN + timedelta(days=60)


@pytest.fixture
def publisher() -> User:
    return curator("publisher")


def told(records: Sequence[Record], by: User, reason: str) -> list[int]:
    """How many events and spans each record has of one hand, one moment and one reason."""
    events = ChangeEvent.objects.filter(by=by, at=LATER, reason=reason)
    counts = []
    for record in records:
        spans = type(record).history.filter(entry_id=record.pk, valid_from=LATER, valid_to__isnull=True)
        said = spans.filter(history_user_id=by.pk, history_change_reason=reason)
        counts += [events.filter(entry_id=record.pk).count(), said.count()]
    return counts


class TestEveryChangeIsKept:
    """B097."""

    def test_each_of_a_hundred_that_come_in_together(self, publisher: User) -> None:
        backing = source()
        people = [Person(name_en=f"Person {number}") for number in range(100)]
        changes = [
            Change(one, f"p-{number}", "published", "", evidence=[Evidence(source=backing)])
            for number, one in enumerate(people)
        ]
        write_all([changes], at=LATER, by=publisher, reason="A list of delegates.")
        assert told(people, publisher, "A list of delegates.") == [1] * 200

    def test_each_of_several_that_are_published_together(self, publisher: User) -> None:
        hidden = [draft(Person(name_en=f"Person {number}"), f"p-{number}") for number in range(20)]
        untouched = draft(Person(name_en="Another"), "another")
        changes = [Change(one, one.public_id, "published", "") for one in hidden]
        write(changes, at=LATER, by=publisher, reason="Read over.")
        assert told(hidden, publisher, "Read over.") == [1] * 40
        assert told([untouched], publisher, "Read over.") == [0, 0]

    def test_a_state_that_signed_comes_and_goes(self, publisher: User) -> None:
        treaty, kaz = instrument("cst"), state("kaz", "Kazakhstan")
        signature = TreatyAction(instrument=treaty, state=kaz, type="signature", done_on="1992-05-15")
        change = Change(signature, "cst/kaz/signature/1992-05-15", "published", "")
        change.evidence = [Evidence(source=source())]
        write([change], at=WRITTEN, by=publisher, reason="The treaty itself.")
        withdraw(signature, at=LATER, by=publisher, why="It acceded.")
        events = ChangeEvent.objects.filter(entry=signature.entry).order_by("pk")
        assert [(one.kind, one.by, one.at, one.reason) for one in events] == [
            ("created", publisher, WRITTEN, "The treaty itself."),
            ("withdrawn", publisher, LATER, "It acceded."),
        ]
        assert told([signature], publisher, "It acceded.") == [1, 1]

    def test_a_heading_that_is_added_and_taken_away(self, publisher: User) -> None:
        kaz, heading = state("kaz", "Kazakhstan"), topic("borders", "Borders")
        for at, topics in ((LATER, [heading.pk]), (LATEST, [])):
            write([Change(kaz, "kaz", topics=topics)], at=at, by=publisher, reason="Sorted.")
        events = ChangeEvent.objects.filter(entry=kaz.entry, reason="Sorted.").order_by("pk")
        assert [(one.by, one.at, one.changes) for one in events] == [
            (publisher, LATER, [{"field": "topics", "old": [], "new": ["borders"]}]),
            (publisher, LATEST, [{"field": "topics", "old": ["borders"], "new": []}]),
        ]
        spans = EntryTopic.history.filter(entry_id=kaz.pk)
        assert [(one.valid_from, one.valid_to, one.history_user_id) for one in spans] == [
            (LATER, LATEST, publisher.pk)
        ]

    def test_an_action_of_the_admin_ends_the_spans_of_what_it_deletes(self, publisher: User) -> None:
        hidden = [draft(Person(name_en=name), name.lower()) for name in ("Ann", "Bob", "Cid")]
        values = {"action": "delete_drafts", "confirmed": "1"}
        selected = {"_selected_action": [str(one.pk) for one in hidden[:2]]}
        seen = {f"version-{one.pk}": "1" for one in hidden}
        signed_in(publisher).post("/admin/members/person/", values | selected | seen)
        ended = [Person.history.filter(entry_id=one.pk, valid_to__isnull=False).exists() for one in hidden]
        assert ended == [True, True, False]


class TestOnlyWhatChangedIsSaid:
    """B098."""

    def test_a_hundred_that_change_in_one_field_say_that_field_alone(self, publisher: User) -> None:
        many(
            {f"a-{number}": Activity(name_en=f"Exercise {number}", type="exercise") for number in range(100)}
        )
        exercises = list(Activity.objects.select_related("entry"))
        for one in exercises:
            one.description_en = f"About {one.name_en}."
        write([Change(one, one.public_id) for one in exercises], at=LATER, by=publisher)
        events = ChangeEvent.objects.filter(at=LATER)
        assert [[line["field"] for line in one.changes] for one in events] == [["description_en"]] * 100

    def test_the_same_values_again_say_nothing(self, publisher: User) -> None:
        kaz = state("kaz", "Kazakhstan")
        write([Change(kaz, "kaz")], at=LATER, by=publisher, reason="Looked over.")
        assert not ChangeEvent.objects.filter(at=LATER).exists()

    def test_an_earlier_version_that_is_proposed_anew_stands_again_in_every_part(self) -> None:
        heading = topic("borders", "Borders")
        kaz = state(
            "kaz", "Kazakhstan", names=[NameForm(text="Qazaqstan", kind="alias")], topics=[heading.pk]
        )
        first = parts(kaz)
        kaz.name_en, kaz.capital_en = "Kazakh Republic", "Astana"
        more = [Evidence(source=source("00another0"))]
        write([Change(kaz, "kaz", evidence=more, names=[], topics=[])], at=LATER)
        assert parts(kaz) != first
        earlier = State.history.get(entry_id=kaz.pk, valid_from=WRITTEN)
        payload = {
            "name_en": earlier.name_en,
            "capital_en": earlier.capital_en,
            "evidence": [{"source": "00testsrc0", "stance": "supports", "rank": "normal"}],
            "names": [{"text": "Qazaqstan", "kind": "alias"}],
            "topics": ["borders"],
        }
        revision = propose(kaz.entry, payload, at=LATER, by=None, reason="As it was.")
        assert revision is not None
        apply(revision, by=curator("reviewer"), at=LATEST)
        assert parts(kaz) == first


def parts(record: Record) -> dict[str, object]:
    """A record in every part: its fields, names, headings and what backs it."""
    kept = stored(record.entry)
    fields = {field.name: getattr(kept, field.attname) for field in kept._meta.concrete_fields}
    names = NameForm.objects.filter(entry_id=record.pk).order_by("text")
    evidence = Evidence.objects.filter(entry_id=record.pk).order_by("source_id")
    return fields | {
        "names": list(names.values_list("text", "kind", "language", "own")),
        "topics": list(EntryTopic.objects.filter(entry_id=record.pk).values_list("topic_id", flat=True)),
        "sources": list(evidence.values_list("source_id", "stance", "rank", "field", "value")),
    }
