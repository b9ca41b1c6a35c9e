"""Jobs that are killed, each with what tells whether all of it was done or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cstokb.curation.documents.choices import suggested
from cstokb.curation.models import State, StoredFile, Upload
from cstokb.curation.tables import batches
from cstokb.fulltext import engine
from cstokb.operations import backups
from cstokb.records.choices import RevisionState, StepKind
from cstokb.records.decisions import schedule
from cstokb.records.models import Entry, Evidence, Merge, NameForm, Revision, Source
from cstokb.records.publish import Change, write
from cstokb.records.revisions import propose
from members.models import Person, Term
from statements.models import Passage, Statement
from tests.curation.documents.press import NOON, brought, press
from tests.curation.importing.test_import import TEXT
from tests.factories import meetings, treaties
from tests.factories import records as make
from tests.factories.curators import curator
from tests.operations.victims import AT
from treaty.models import Provision, ProvisionText


@dataclass(frozen=True)
class Round:
    """One job, and how to tell whether all of it was done or nothing."""

    job: dict[str, Any]
    is_done: Callable[[], bool]


def a_document(number: int) -> Round:
    """A document to confirm: a source, a report, its passages, a new person."""
    user = curator("editor", f"editor{number}")
    found = press(source=replace(press().source, title=f"Text {number}"))
    upload = brought(user, found, f"file {number}".encode())
    upload.note_choices(replace(suggested(found), again=True).as_json())
    slug = f"2022-05-17-text-{number}"

    def is_done() -> bool:
        state = Upload.objects.get(pk=upload.pk).state
        file = StoredFile.objects.get(pk=upload.file_id)
        signs: set[bool] = {
            state == State.CONFIRMED,
            Source.objects.filter(checksum=file.sha256).exists(),
            Statement.objects.filter(entry__slug=slug).exists(),
            Passage.objects.filter(statement__entry__slug=slug).count() == 2,
        }
        assert len(signs) == 1
        assert file.data == f"file {number}".encode()
        return signs.pop()

    return Round({"job": "confirm", "upload": str(upload.pk), "by": user.pk}, is_done)


def a_table(number: int) -> Round:
    """A table of new people to confirm."""
    user = curator("editor", f"importer{number}")
    slugs = [f"row-{number}-{letter}" for letter in "abcdefgh"]
    data = "\n".join(["id,name_en", *(f"{slug},Person {slug}" for slug in slugs)])
    upload = batches.bring(user, data.encode(), name="people.csv", at=NOON, choices={"kind": "person"})
    batches.compare(upload)

    def is_done() -> bool:
        confirmed = bool(Upload.objects.get(pk=upload.pk).state == State.CONFIRMED)
        count = Entry.objects.filter(kind="person", slug__in=slugs, publication="draft").count()
        assert (confirmed, count) in {(True, len(slugs)), (False, 0)}
        return confirmed

    return Round({"job": "table", "upload": str(upload.pk)}, is_done)


def a_large_table(number: int) -> Round:
    """A table that is written in portions: what stands of it is known, and can be finished or taken back."""
    user = curator("editor", f"carrier{number}")
    slugs = [f"large-{number}-{letter}" for letter in "abcdefgh"]
    data = "\n".join(["id,name_en", *(f"{slug},Person {slug}" for slug in slugs)])
    upload = batches.bring(user, data.encode(), name="people.csv", at=NOON, choices={"kind": "person"})
    batches.compare(upload)

    def standing() -> list[str]:
        rows = Entry.objects.filter(kind="person", slug__in=slugs, publication="draft")
        return list(rows.order_by("pk").values_list("slug", flat=True))

    def is_done() -> bool:
        found = Upload.objects.get(pk=upload.pk)
        noted = [slug for portion in found.portions.all() for slug in portion.slugs]
        whole = slugs if found.state == State.CONFIRMED else noted
        assert standing() == whole
        if found.state == State.WRITING and number % 2:
            batches.go_on(found, at=AT)
            assert standing() == slugs
        elif found.state == State.WRITING:
            batches.give_up(found, at=AT, by=user)
            assert standing() == []
        state = Upload.objects.get(pk=upload.pk).state
        assert state in (State.WAITING, State.CONFIRMED)
        return bool(state == State.CONFIRMED)

    return Round({"job": "large_table", "upload": str(upload.pk)}, is_done)


def drafts(number: int) -> Round:
    """Drafts to publish at once."""
    slugs = [f"person-{number}-{letter}" for letter in "abcdef"]
    source = make.source()
    write(
        [
            Change(Person(name_en=slug), slug, "draft", "new", evidence=[Evidence(source=source)])
            for slug in slugs
        ],
        at=NOON,
    )
    return Round({"job": "publish", "slugs": slugs}, lambda: _alike("person", slugs, "published"))


def a_schedule(number: int) -> Round:
    """A change of a published record that is due."""
    one, user = make.person(f"due-{number}", "Somebody"), curator("publisher", f"approver{number}")
    proposal = propose(one.entry, {"name_ru": "Некто"}, at=NOON, by=None, reason="Test.")
    assert proposal is not None
    at = AT - timedelta(hours=1)
    schedule(proposal, by=user, at=at, moment=at + timedelta(minutes=1), zone=ZoneInfo("UTC"))

    def is_done() -> bool:
        state = Revision.objects.get(pk=proposal.pk).state
        signs: set[bool] = {
            state == RevisionState.APPLIED,
            proposal.steps.filter(kind=StepKind.APPLIED).exists(),
            Person.objects.get(pk=one.pk).name_ru == "Некто",
            one.entry.events.filter(by=user).count() == 1,
        }
        assert len(signs) == 1
        assert state in (RevisionState.APPLIED, RevisionState.SCHEDULED)
        return signs.pop()

    return Round({"job": "due"}, is_done)


def a_statement(number: int) -> Round:
    """A published statement with passages, to be withdrawn."""
    slug = f"statement-{number}"
    statement = meetings.statement(slug, "2024-01-01")
    text = meetings.text(statement)
    passages = [meetings.passage(text, f"p{place}") for place in range(1, 9)]

    def is_done() -> bool:
        seen = set(
            Entry.objects.filter(pk__in=[one.pk for one in passages]).values_list("visibility", flat=True)
        )
        assert len(seen) == 1
        withdrawn = _alike("statement", [slug], "withdrawn")
        assert withdrawn == (seen != {"public"})
        return withdrawn

    return Round({"job": "withdraw", "slug": slug}, is_done)


def a_treaty(number: int) -> Round:
    """The text of a treaty to import: a source, drafts of what is new, a proposal for the article that is published."""
    slug, user = f"treaty-{number}", curator("editor", f"reader{number}")
    of = treaties.instrument(slug)
    terms = {"language": "en", "standing": "official-translation", "began_on": "1994-04-20"}
    second = treaties.article(of, "2")
    treaties.wording(second, terms["began_on"], text="They differ.", standing=terms["standing"])
    origin = {"url": f"https://example.org/{slug}", "title": slug, "checksum": f"{number:064d}"}

    def is_done() -> bool:
        parts = Provision.objects.filter(instrument=of).exclude(pk=second.pk)
        texts = ProvisionText.objects.filter(provision__in=parts)
        proposed = Revision.objects.filter(entry__slug__startswith=f"{slug}/art-2/")
        counts = (
            Source.objects.filter(checksum=origin["checksum"]).count(),
            parts.filter(entry__publication="draft").count(),
            texts.filter(entry__publication="draft").count(),
            proposed.filter(author=user, state=RevisionState.PENDING).count(),
            Evidence.objects.filter(source__checksum=origin["checksum"]).count(),
        )
        assert counts in {(0, 0, 0, 0, 0), (1, 5, 3, 1, 8)}
        return bool(counts[0])

    job = {"job": "treaty", "instrument": slug, "text": TEXT, "origin": origin, "by": user.pk, **terms}
    return Round(job, is_done)


def a_merge(number: int) -> Round:
    """Two people who are one: terms, a seat, a speech, names and an address go over, and the one leads to the other."""
    user = curator("publisher", f"merger{number}")
    native = NameForm(text=f"Native {number}", kind="native", language="kk")
    loser = make.person(f"lost-{number}", f"Lost {number}", names=[native])
    winner = make.person(f"stays-{number}", f"Stays {number}")
    seat = make.organ(f"seat-{number}", f"Seat {number}")
    for place in range(3):
        office = make.office(f"office-{number}-{place}", f"Office {place}", role="official", organ=seat)
        make.term(loser, office, "2001", "2002")
    speech = meetings.statement(f"speech-{number}", "2003-01-01", speaker=loser)

    def is_done() -> bool:
        first = Entry.objects.get(pk=loser.pk)
        kept = Merge.objects.filter(loser=loser.entry).first()
        terms = Term.objects.filter(person=winner).count()
        assert terms + Term.objects.filter(person=loser).count() == 3
        signs: set[bool] = {
            kept is not None and kept.winner_id == winner.pk,
            first.publication == "withdrawn",
            first.merged_into_id == winner.pk,
            terms == 3,
            Statement.objects.get(pk=speech.pk).speaker_id == winner.pk,
            NameForm.objects.filter(entry_id=winner.pk, text=native.text).exists(),
            engine.facets_of([speech.pk], "speaker") == {speech.pk: {winner.public_id}},
        }
        assert len(signs) == 1
        return signs.pop()

    return Round(
        {"job": "merge", "loser": loser.public_id, "winner": winner.public_id, "by": user.pk}, is_done
    )


def _alike(kind: str, slugs: list[str], publication: str) -> bool:
    """Whether all of the records have the publication; they must not differ in it."""
    found = list(Entry.objects.filter(kind=kind, slug__in=slugs).values_list("publication", flat=True))
    assert len(found) == len(slugs)
    assert len(set(found)) == 1
    return found[0] == publication


def a_backup(number: int, folder: Path) -> Round:
    """A backup to restore, and a record that it does not hold."""
    file = folder / f"{number}.backup"
    backups.back_up(file)
    before = Entry.objects.count()
    make.person(f"after-backup-{number}", "After Backup")

    def is_done() -> bool:
        count = Entry.objects.count()
        there = Entry.objects.filter(slug=f"after-backup-{number}").exists()
        assert count == before + there
        return not there

    return Round({"job": "restore", "file": str(file)}, is_done)


def an_index(number: int) -> Round:
    """A search index to make anew; it serves whether that was done or not."""
    return Round({"job": "reindex"}, lambda: True)
