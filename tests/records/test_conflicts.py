"""Rounds of conflicting edits on every way of writing: one wins, the other is told, and nothing is lost."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from cstokb.accounts.models import User
from cstokb.records.decisions import apply, schedule
from cstokb.records.merging.merge import merge, undo
from cstokb.records.models import ChangeEvent, Entry, Evidence, Revision
from cstokb.records.payload import change_of, satellites, stored
from cstokb.records.publish import Change, Conflict, write
from cstokb.records.reconciling import merged
from cstokb.records.revisions import propose, submit
from cstokb.records.schedule import apply_due
from cstokb.records.versions import version_at
from members.models import Person
from tests.factories.curators import curator, sent_back, signed_in
from tests.factories.records import draft, person, source
from tests.factories.rounds import ROUNDS, START, Told, both, moment, submitted, told

NAMES = ("note_en", "note_ru")
LIST = "/admin/members/person/"


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


def record() -> Any:
    return stored(Entry.objects.get(kind="person", slug="somebody"))


def record_of(entry: Entry) -> Any:
    return stored(Entry.objects.get(pk=entry.pk))


def altered(entry: Entry, **values: str) -> Change:
    """The record as it stands, with some values changed."""
    row = record_of(entry)
    for name, value in values.items():
        setattr(row, name, value)
    return Change(row, row.public_id, base_version=row.entry.version)


def words(row: Any) -> list[str]:
    return [getattr(row, name) for name in NAMES]


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


class TestSeveralRecords:
    """Actions on several records hold what their page showed against what stands, each record alone."""

    @ROUNDS
    @pytest.mark.parametrize("action", ["publish_drafts", "delete_drafts"])
    def test_drafts_in_bulk_while_another_changes_one(
        self, sides: list[Side], rounds: int, action: str
    ) -> None:
        """All or none: the change stands in a draft, or comes too late and is told."""
        ann, bob = sides
        for number in range(rounds):
            some = [draft(Person(name_en="Ann"), f"{letter}-{number}") for letter in "abc"]
            asked = {"action": action, "_selected_action": [str(one.pk) for one in some]}
            page = ann.client.post(LIST, asked)
            shown = page.context.get("records") or [one for one, _said in page.context["told"]]
            sent: dict[str, Any] = {f"version-{one.pk}": str(one.entry.version) for one in shown}
            sent |= asked | {"confirmed": "1", "reason": "Read over."}
            change = altered(some[1].entry, note_en="Mine.")

            def take(sent: Any = sent) -> Told:
                return str(ann.client.post(LIST, sent).status_code), None

            def edit(change: Change = change, number: int = number) -> Told:
                return submitted(change, bob.user, number)

            (taken, _page), (edited, _done) = both(take, edit)
            stand = Person.objects.filter(pk__in=[one.pk for one in some])
            told = taken, edited, sorted(stand.values_list("entry__publication", "note_en"))
            kept = "409", "written", [("draft", ""), ("draft", ""), ("draft", "Mine.")]
            done = ("conflict", [("published", "")] * 3) if action == "publish_drafts" else ("refused", [])
            gone = "302", *done
            assert told in (kept, gone)

    @ROUNDS
    def test_a_record_that_is_withdrawn_while_another_changes_it(
        self, sides: list[Side], rounds: int
    ) -> None:
        ann, bob = sides
        for number in range(rounds):
            one = person(f"public-{number}", "Ann")
            where = f"{LIST}{one.pk}/withdraw/"
            sent = {"why": "Wrong.", "base_version": str(ann.client.get(where).context["base_version"])}
            change = altered(one.entry, note_en="Mine.")

            def take(where: str = where, sent: Any = sent) -> Told:
                return str(ann.client.post(where, sent).status_code), None

            def edit(change: Change = change, number: int = number) -> Told:
                return submitted(change, bob.user, number)

            (taken, _page), (edited, _done) = both(take, edit)
            now = record_of(one.entry)
            assert (taken, edited, now.entry.publication, now.note_en) in (
                ("409", "written", "published", "Mine."),
                ("302", "conflict", "withdrawn", ""),
            )

    @ROUNDS
    def test_a_merge_and_its_undoing_while_another_changes_the_record_that_stays(
        self, sides: list[Side], rounds: int
    ) -> None:
        """A change that came first keeps the other from going on unseen; else whoever changes is told."""
        ann, bob = (side.user for side in sides)
        for number in range(rounds):
            lost = person(f"lost-{number}", "Ann", "Анна").entry  # its Russian name goes over to the other
            stays = person(f"stays-{number}", "Ann").entry
            at = moment(number)

            def join(seen: int, lost: Entry = lost, stays: Entry = stays, at: datetime = at) -> Told:
                return told(lambda: merge(lost, stays, at=at, by=ann, reason="The same.", seen=(1, seen)))

            def edit(change: Change, number: int = number) -> Told:
                return submitted(change, bob, number)

            def part(kept: Any, at: datetime = at) -> Told:
                return told(lambda: undo(kept, at=at, by=ann, reason=""))

            joined, edited = both(partial(join, 1), partial(edit, altered(stays, note_en="Mine.")))
            assert (joined[0], edited[0]) in (("written", "conflict"), ("refused", "written"))
            if joined[0] == "refused":
                joined = join(record_of(stays).entry.version)
            parted, again = both(partial(part, joined[1]), partial(edit, altered(stays, note_ru="More.")))
            assert (parted[0], again[0]) in (("written", "conflict"), ("refused", "written"))
            mine = "Mine." if edited[0] == "written" else "", "More." if again[0] == "written" else ""
            assert words(record_of(stays)) == list(mine)
            assert record_of(lost).entry.publication == (
                "published" if parted[0] == "written" else "withdrawn"
            )

    @ROUNDS
    def test_a_proposal_that_is_applied_while_its_author_revises_it(
        self, sides: list[Side], rounds: int
    ) -> None:
        """What the reviewer read is what is applied: words that came since are told, and so is the author."""
        entry, editor = person("somebody", "Somebody").entry, curator("editor")
        for number in range(rounds):
            entry.refresh_from_db()
            first = {"note_en": f"{number}"}
            proposal: Any = propose(entry, first, at=moment(number), by=editor, reason=f"Round {number}.")
            better = altered(entry, note_en=f"{number}, better")

            def decide(steps: int, proposal: Any = proposal, number: int = number) -> Told:
                by, at = sides[0].user, moment(number)
                seen = Entry.objects.get(pk=entry.pk).version
                return told(lambda: apply(proposal, by=by, at=at, seen=seen, steps=steps))

            def revise(better: Change = better, proposal: Any = proposal, number: int = number) -> Told:
                at, reason = moment(number), f"Round {number}."
                return told(lambda: submit(better, at=at, by=editor, reason=reason, revises=proposal))

            decided, revised = both(lambda: decide(0), revise)
            assert {decided[0], revised[0]} in ({"written", "refused"}, {"written", "conflict"})
            if revised[0] == "written":
                assert decide(1)[0] == "written"
            assert record().note_en == (f"{number}, better" if revised[0] == "written" else f"{number}")
