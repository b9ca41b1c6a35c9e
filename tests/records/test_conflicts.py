"""Rounds of conflicting edits on every way of writing: one wins, the other is told, and nothing is lost."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client

from cstokb.accounts.models import User
from cstokb.records.decisions import apply, schedule
from cstokb.records.models import ChangeEvent, Entry, Evidence, Revision
from cstokb.records.payload import change_of, payload_of, satellites, stored
from cstokb.records.publish import Change, Conflict, WriteRefused, write
from cstokb.records.reconciling import merged
from cstokb.records.revisions import propose, submit
from cstokb.records.schedule import apply_due
from cstokb.records.versions import version_at
from members.models import Person
from tests.factories.curators import curator, sent_back, signed_in
from tests.factories.records import draft, person, source

#: Every run does a few rounds; those marked slow twenty, and two hundred at full counts.
MANY = 200 if os.environ.get("TEST_SCALE") == "test-long" else 20
ROUNDS = pytest.mark.parametrize("rounds", [3, pytest.param(MANY, marks=pytest.mark.slow)])
START = datetime(2026, 1, 1, 12, tzinfo=UTC)
NAMES = ("note_en", "note_ru")

Told = tuple[str, Any]


@dataclass
class Side:
    """One of two people: which field is theirs, who they are, and the browser in which they sit."""

    field: str
    user: User
    client: Client


@pytest.fixture
def sides(transactional_db: None) -> list[Side]:
    users = [curator("publisher", name) for name in ("ann", "bob")]
    source()
    return [Side(name, user, signed_in(user)) for name, user in zip(NAMES, users, strict=True)]


def both(first: Callable[[], Told], second: Callable[[], Told]) -> list[Told]:
    """What two threads are told that write at the same moment; each has a connection of its own."""
    ready = Barrier(2)

    def run(work: Callable[[], Told]) -> Told:
        ready.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, (first, second)))


def record() -> Any:
    return stored(Entry.objects.get(kind="person", slug="somebody"))


def words(row: Any) -> list[str]:
    return [getattr(row, name) for name in NAMES]


def moment(number: int) -> datetime:
    return START + timedelta(minutes=number + 1)


class TestTwoPeople:
    """Each round both open the same version and save at the same moment; who comes second looks at both and goes on."""

    @ROUNDS
    def test_in_the_form(self, sides: list[Side], rounds: int) -> None:
        """B096."""
        one = person("somebody", "Somebody")
        where = f"/admin/members/person/{one.pk}/change/"
        for number in range(rounds):
            pages = [side.client.get(where) for side in sides]

            def save(index: int, pages: Any = pages, number: int = number) -> Told:
                side = sides[index]
                sent = sent_back(pages[index], **{side.field: f"{number}"})
                answer = side.client.post(where, sent)
                return str(answer.status_code), answer

            told = both(lambda: save(0), lambda: save(1))  # both end before the next round
            assert sorted(status for status, _answer in told) == ["302", "409"]
            loser = next(index for index, (status, _answer) in enumerate(told) if status == "409")
            page = told[loser][1]
            sent = dict(page.context["carried"]) | {name: str(value) for name, value in page.context["carry"]}
            form = sides[loser].client.post(where, sent)
            assert sides[loser].client.post(where, sent_back(form)).status_code == 302
            assert words(record()) == [f"{number}"] * 2
        assert ChangeEvent.objects.filter(entry_id=one.pk).count() == 1 + 2 * rounds

    @ROUNDS
    def test_in_proposals_of_the_same_version(self, sides: list[Side], rounds: int) -> None:
        """Two reviewers apply two proposals at once; whoever comes second applies theirs to what stands then."""
        entry = person("somebody", "Somebody").entry
        editors = [curator("editor", f"editor-{name}") for name in NAMES]
        source("00second00")
        source("00first000")
        for number in range(rounds):
            standing = Entry.objects.get(pk=entry.pk)
            kept = satellites(standing)["evidence"]
            extra = [
                {"source": slug, "stance": "supports", "rank": "normal"}
                for slug in ("00first000", "00second00")
            ]
            proposals: list[Any] = [
                propose(
                    standing,
                    {side.field: f"{number}", "evidence": [*kept, row | {"locator": f"{number}"}]},
                    at=moment(number),
                    by=editor,
                    reason=f"Round {number}.",
                )
                for side, editor, row in zip(sides, editors, extra, strict=True)
            ]

            def decide(index: int, proposals: Any = proposals, number: int = number) -> Told:
                try:
                    apply(proposals[index], by=sides[index].user, at=moment(number))
                except Conflict as conflict:
                    return "conflict", conflict
                return "applied", None

            told = both(lambda: decide(0), lambda: decide(1))
            assert sorted(word for word, _error in told) == ["applied", "conflict"]
            loser = next(index for index, (word, _error) in enumerate(told) if word == "conflict")
            apply(
                proposals[loser], by=sides[loser].user, at=moment(number), seen=told[loser][1].entry.version
            )
            assert words(record()) == [f"{number}"] * 2
            assert len(satellites(entry)["evidence"]) == len(kept) + 2
        assert Evidence.objects.filter(entry=entry).count() == 1 + 2 * rounds

    @ROUNDS
    def test_in_an_earlier_version_that_comes_back_and_an_import(
        self, sides: list[Side], rounds: int
    ) -> None:
        """A restore, and a program that submits what it read: the second is told, and reads again."""
        one = person("somebody", "Somebody")
        start = record()
        for number in range(rounds):
            first = record()
            first.note_en = f"{number}"
            write([Change(first, "somebody")], at=moment(number))
            seen = Entry.objects.get(pk=one.pk).version
            read = record()
            read.name_ru = f"Некто {number}"

            def bring_back(seen: int = seen, number: int = number) -> Told:
                change = change_of(one.entry, version_at(one.entry, START).payload)
                change.base_version = seen
                return submitted(change, sides[0].user, number)

            def bring_in(seen: int = seen, read: Any = read, number: int = number) -> Told:
                return submitted(Change(read, "somebody", base_version=seen), sides[1].user, number)

            told = both(bring_back, bring_in)
            assert sorted(word for word, _error in told) == ["conflict", "written"]
            loser = next(index for index, (word, _error) in enumerate(told) if word == "conflict")
            payload = {"note_en": ""} if loser == 0 else {"name_ru": f"Некто {number}"}
            now = Entry.objects.get(pk=one.pk)
            change = change_of(now, merged(now, payload, seen).payload)
            change.base_version = now.version
            assert submitted(change, sides[loser].user, number)[0] == "written"
            assert (record().note_en, record().name_ru) == ("", f"Некто {number}")
        assert record().name_en == start.name_en

    @ROUNDS
    def test_at_the_schedule_and_by_hand(self, sides: list[Side], rounds: int) -> None:
        """Two runs of the schedule and a hand at the form: each change is applied once, or waits with the reason."""
        entry = person("somebody", "Somebody").entry
        editor, applied = curator("editor"), 0
        for number in range(rounds):
            standing = Entry.objects.get(pk=entry.pk)
            proposal = propose(
                standing, {"note_en": f"{number}"}, at=moment(number), by=editor, reason=f"Round {number}."
            )
            assert proposal is not None
            due = moment(number) + timedelta(seconds=10)
            schedule(proposal, by=sides[0].user, at=moment(number), moment=due, zone=ZoneInfo("UTC"))
            row = record()
            row.note_ru = f"{number}"

            def run(due: datetime = due) -> Told:
                return "run", apply_due(at=due + timedelta(seconds=1))

            def hand(row: Any = row, seen: int = standing.version, number: int = number) -> Told:
                return submitted(Change(row, "somebody", base_version=seen), sides[1].user, number)

            ran, handed = both(run, run if number % 2 else hand)
            state = Revision.objects.get(pk=proposal.pk).state
            if number % 2:
                assert sorted(len(one.applied) for _word, one in (ran, handed)) == [0, 1]
                assert state == "applied"
            elif handed[0] == "written":
                assert (state, record().note_ru) == ("pending", f"{number}")
                apply(proposal, by=sides[0].user, at=due, seen=Entry.objects.get(pk=entry.pk).version)
            else:
                assert (state, len(ran[1].applied)) == ("applied", 1)
            applied += 1
            assert record().note_en == f"{number}"
        assert Revision.objects.filter(state="applied").count() == applied

    @ROUNDS
    def test_a_draft_that_is_changed_while_another_deletes_or_withdraws_it(
        self, sides: list[Side], rounds: int
    ) -> None:
        """What the page of the deletion showed is what is deleted: a change made since is told."""
        for number in range(rounds):
            slug = f"draft-{number}"
            one = draft(Person(name_en="Ann"), slug)
            where = f"/admin/members/person/{one.pk}/"
            page = sides[0].client.get(f"{where}delete/")
            row: Any = stored(one.entry)
            row.note_en = "Mine."

            def take(where: str = where, page: Any = page) -> Told:
                sent = {"post": "yes", "base_version": str(page.context["base_version"])}
                return str(sides[0].client.post(f"{where}delete/", sent).status_code), None

            def edit(row: Any = row, slug: str = slug, number: int = number) -> Told:
                return submitted(Change(row, slug, base_version=1), sides[1].user, number)

            taken, edited = both(take, edit)
            stands = Person.objects.filter(entry__slug=slug).first()
            if edited[0] == "written":
                assert (taken[0], stands is not None and stands.note_en) == ("409", "Mine.")
            else:
                assert (edited[0], taken[0], stands) == ("refused", "302", None)


def submitted(change: Change, by: User, number: int) -> Told:
    try:
        done = submit(change, at=moment(number) + timedelta(seconds=5), by=by, reason=f"Round {number}.")
    except Conflict as conflict:
        return "conflict", conflict
    except WriteRefused as error:
        return "refused", error
    return ("written", done) if done.changed else ("nothing", payload_of(change))
