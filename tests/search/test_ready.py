"""Answers are kept ready for the words that many records hold, and readers are answered as without them."""

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from cstokb.fulltext import engine, heavy, kept
from cstokb.fulltext.documents import Document, Segment
from cstokb.fulltext.models import Kept
from cstokb.records.models import NameForm
from cstokb.search import ready
from statements.models import Statement
from tests.factories import meetings
from tests.factories import records as make
from tests.listing.asking import data

pytestmark = pytest.mark.django_db

NOW = timezone.now()
QUESTIONS = ["", "afghanistan", "border", "afghanistan*", "border*"]
#: Beginnings of no other word, which find what the words do.
SHORTER = [f"{word[:end]}*" for word in ("afghanistan", "border") for end in range(len(word) - 1, 3, -1)]
EVERY = [*QUESTIONS, *SHORTER]


@pytest.fixture(autouse=True)
def world(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three statements are many; their words are those that most records hold."""
    monkeypatch.setattr(heavy, "LEAST", 3)
    for number in range(3):
        border(f"border-{number}")


def border(slug: str) -> Statement:
    return meetings.statement(slug, "2010", title_en="Talks", summary_en="Afghanistan, border.")


def refresh(seconds: float = 60) -> int | None:
    return ready.refresh(NOW, seconds)


def searched(query: str) -> dict[str, Any]:
    answer: dict[str, Any] = data(f"/api/v1/search/?q={query}")
    return answer


def counted(query: str) -> int:
    return int(searched(query)["count"])


def spoil() -> None:
    """Make it visible whether an answer is a kept one."""
    Kept.objects.exclude(key__startswith="whole").update(counts='[777, {"type": [["statement", 777]]}]')


def test_nothing_at_all_words_and_what_begins_as_they_do_are_asked() -> None:
    asked = [[text] for text in QUESTIONS]
    for alike in asked[3:]:
        alike += [text for text in SHORTER if text[0] == alike[0][0]]
    assert list(ready.questions()) == asked


def test_a_beginning_of_further_words_is_asked_by_itself() -> None:
    meetings.statement("bordering", "2010", title_en="Bordeaux")
    asked = list(ready.questions())[3:]
    assert asked == [
        [text for text in ("afghanistan*", *SHORTER) if text[0] == "a"],
        ["border*"],
        ["borde*", "bord*"],
    ]
    refresh()
    assert [searched(text)["count"] for text in ("border*", "borde*", "bord*", "bor*")] == [3, 4, 4, 4]
    spoil()
    assert [counted(text) for text in ("border*", "borde*", "bord*", "bor*")] == [777, 777, 777, 4]


def test_readers_are_given_what_is_kept_and_it_is_what_they_were_given_before() -> None:
    before = [searched(text) for text in QUESTIONS]
    assert refresh() == len(EVERY)
    assert [searched(text) for text in QUESTIONS] == before
    assert [counted(text) for text in SHORTER] == [3] * len(SHORTER)
    spoil()
    assert [counted(text) for text in EVERY] == [777] * len(EVERY)
    assert (counted("talks"), counted("afghanistan border")) == (3, 3)


def test_it_is_told_of_a_question_whether_its_answer_is_ready() -> None:
    assert not ready.is_ready("border", NOW)
    refresh()
    assert [ready.is_ready(text, NOW) for text in ("", "Borders", "bor*", "talks")] == [
        True,
        True,
        False,
        False,
    ]
    border("border-3")
    assert not ready.is_ready("border", NOW)


def test_a_narrower_question_is_counted() -> None:
    refresh()
    spoil()
    assert searched("afghanistan&type=statement")["count"] == 3
    assert searched("afghanistan&after=2011")["count"] == 0
    assert searched("afghanistan&sort=title")["count"] == 777


def test_a_name_that_a_word_is_stands_in_its_question() -> None:
    make.state("afg", "Afghanistan", names=[NameForm(text="Афганистан", kind="alias", language="ru")])
    refresh()
    spoil()
    assert (counted("afghanistan"), counted("афганистан"), counted("Афганистана")) == (777, 4, 4)


def test_what_is_published_is_found_at_once_and_what_is_taken_off_is_gone_at_once() -> None:
    refresh()
    new = border("border-3")
    assert [counted(text) for text in QUESTIONS] == [5, 4, 4, 4, 4]  # and the Council
    refresh()
    make.withdrawn(new)
    assert [counted(text) for text in QUESTIONS] == [4, 3, 3, 3, 3]
    make.draft(Statement(title_en="On the border", type="statement", issuer="states"), "draft")
    assert counted("border") == 3


def test_a_draft_outdates_nothing() -> None:
    refresh()
    spoil()
    make.draft(Statement(title_en="On the border", type="statement", issuer="states"), "draft")
    assert counted("border") == 777


def test_where_nothing_was_published_two_queries_are_asked() -> None:
    refresh()
    with CaptureQueriesContext(connection) as captured:
        assert refresh() == 0
    assert len(captured) == 2


def test_another_release_keeps_its_own_answers_though_nothing_was_published() -> None:
    refresh()
    spoil()
    with override_settings(RELEASE="next"):
        assert counted("border") == 3
        assert (refresh(), refresh()) == (len(EVERY), 0)
        spoil()
        assert counted("border") == 777


def test_what_is_heavy_no_longer_is_forgotten() -> None:
    refresh()
    keys = set(Kept.objects.values_list("key", flat=True))
    make.withdrawn(Statement.objects.order_by("pk")[0])
    assert refresh() == 1
    assert set(Kept.objects.values_list("key", flat=True)) < keys
    assert Kept.objects.count() == 2  # all records, and that this is all


def test_without_time_nothing_is_said_to_be_whole_and_the_next_call_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert refresh(seconds=0) is None
    keep, done = engine.keep, list[Any]()

    def slow(query: Any, alike: Any) -> set[str]:
        done.append(query)
        if len(done) == 2:
            monkeypatch.setattr("cstokb.search.ready.time.monotonic", lambda: float("inf"))
        return keep(query, alike)

    monkeypatch.setattr(engine, "keep", slow)
    assert refresh() is None
    assert (len(done), Kept.objects.count(), kept.is_whole(kept.stamp())) == (2, 2, False)
    monkeypatch.undo()
    monkeypatch.setattr(heavy, "LEAST", 3)
    assert refresh() == len(EVERY)


def test_what_is_written_meanwhile_is_caught_up_with(monkeypatch: pytest.MonkeyPatch) -> None:
    keep, done = engine.keep, list[Any]()

    def disturbed(query: Any, alike: Any) -> set[str]:
        done.append(query)
        if len(done) == 3:
            engine.index([Document(9_999, "statement", segments=(Segment("", "en", "border"),))])
        return keep(query, alike)

    monkeypatch.setattr(engine, "keep", disturbed)
    assert refresh() == len(EVERY)
    assert len(done) == 3 + len(QUESTIONS)  # those alike are not asked
    assert Kept.objects.filter(stamp=kept.stamp()).count() == 1 + len(EVERY)


def test_the_command_says_what_it_did() -> None:
    def said(**options: Any) -> str:
        out = io.StringIO()
        call_command("keep_answers", stdout=out, **options)
        return out.getvalue()

    assert said(seconds=0) == "Answers: the rest is left to the next run.\n"
    assert said() == "Answers: 14 are kept ready.\n"
    assert said() == ""
