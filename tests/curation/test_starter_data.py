"""The starter data that ships: complete, consistent, and right where it is most often asked."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from cstokb.curation.checks import broken_laws
from cstokb.curation.loader.files import read_ledger, read_records
from cstokb.records.models import ChangeEvent, Entry, Evidence, Revision, Source
from cstokb.records.registry import record_models
from members.models import MembershipPeriod, State
from statements.models import Passage, Statement
from summits.models import Attendance, Invocation
from treaty.models import Provision, ProvisionText

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


def test_no_record_that_ships_breaks_a_law_of_the_model(today: object) -> None:
    assert [str(broken) for broken in broken_laws(today)] == []  # type: ignore[arg-type]


def test_a_second_load_changes_nothing_and_writes_no_history() -> None:
    before = (ChangeEvent.objects.count(), Revision.objects.count(), State.history.count())
    out = StringIO()
    call_command("load_data", force=True, stdout=out)
    assert "0 created, 0 changed" in out.getvalue()
    assert (ChangeEvent.objects.count(), Revision.objects.count(), State.history.count()) == before


def test_a_load_leaves_one_event_and_one_span_of_every_record_with_its_reason() -> None:
    """B097: a command is written down like the work of a hand."""
    made = ChangeEvent.objects.filter(kind="created").values_list("entry_id", flat=True)
    assert sorted(made) == sorted(Entry.objects.values_list("pk", flat=True))
    assert set(ChangeEvent.objects.filter(reason="").values_list("entry__kind", flat=True)) == set()
    for model in record_models().values():
        open_spans = model.history.filter(valid_to__isnull=True).values_list("entry_id", flat=True)
        assert sorted(open_spans) == sorted(model.objects.values_list("pk", flat=True)), model


def test_unchanged_files_are_not_even_compared() -> None:
    out = StringIO()
    call_command("load_data", stdout=out)
    assert out.getvalue() == "The starter data is loaded and unchanged.\n"


def test_every_input_record_is_accounted_for_once() -> None:
    rows = read_ledger(settings.DATA_DIR)
    assert len(rows) == len({row["input"] for row in rows}) == 1846
    assert {row["as"] for row in rows} == {"published", "draft", "merged", "refused"}
    assert [row["input"] for row in rows if row["as"] != "published" and not row["why"]] == []


def test_what_the_ledger_says_became_of_a_record_stands() -> None:
    standing = {f"{entry.kind}:{entry.slug}" for entry in Entry.objects.all()}
    named = [
        name
        for row in read_ledger(settings.DATA_DIR)
        if row["as"] in {"published", "draft"} and row["became"]
        for name in (row["became"] if isinstance(row["became"], list) else [row["became"]])
    ]
    assert sorted({name for name in named if name not in standing}) == []


def test_every_record_of_the_files_stands_as_its_file_says() -> None:
    should = {(raw.kind, raw.id, raw.publication) for raw in read_records(settings.DATA_DIR)}
    assert should == set(Entry.objects.values_list("kind", "slug", "publication"))


def test_every_draft_says_why() -> None:
    assert Entry.objects.filter(publication="draft").count() == 84
    assert not Entry.objects.filter(publication="draft", reason="").exists()


def test_nothing_proposed_from_memory_is_public() -> None:
    waiting = Revision.objects.filter(state="pending")
    assert waiting.count() > 50
    assert not waiting.filter(reason="").exists()


def test_uzbekistan_was_a_member_until_the_day_before_the_decision_and_the_other_reading_stands_beside() -> (
    None
):
    spell = MembershipPeriod.objects.get(entry__slug="uzb/member/2006-08-16")
    assert str(spell.ended_on) == "2012-12-18"
    assert spell.ended_by == "suspension"
    assert Evidence.objects.filter(entry=spell.entry, stance="contradicts").exists()


def test_both_wordings_of_article_4_stand_side_by_side() -> None:
    wordings = ProvisionText.objects.published().filter(provision__entry__slug="cst/art-4").in_order()
    assert [(str(text.began_on), str(text.ended_on)) for text in wordings] == [
        ("1994-04-20", "2012-12-18"),
        ("2012-12-19", "None"),
    ]


@pytest.mark.parametrize(("instrument", "articles"), [("cst", 11), ("charter", 29)])
def test_the_frame_of_every_article_is_published(instrument: str, articles: int) -> None:
    rows = Provision.objects.published().filter(instrument__entry__slug=instrument, type="article")
    assert [article.number for article in rows.order_by("order")] == [str(n) for n in range(1, articles + 1)]


def test_the_anniversary_summit_names_seven_and_keeps_the_slip_of_the_press_as_evidence() -> None:
    seats = Attendance.objects.published().filter(session__entry__slug="2022-05-16-moscow")
    assert seats.count() == 7
    armenia = seats.get(state__entry__slug="arm")
    assert (armenia.person.public_id, armenia.capacity) == ("nikol-pashinyan", "head-of-government")
    slip = Evidence.objects.filter(entry=armenia.entry, stance="contradicts")
    assert {row.source.type for row in slip} == {"file"}


def test_the_seed_is_a_source_and_a_report_whose_passages_are_its_quotations() -> None:
    report = Statement.objects.get(entry__slug="2022-05-16-stability-and-security-mechanism")
    assert report.type == "report"
    passages = Passage.objects.published().filter(statement=report).order_by("order")
    assert [passage.anchor for passage in passages] == [f"p{n}" for n in range(1, 11)]
    assert passages[9].text.startswith("If one of the States Parties is subjected to aggression")
    assert Source.objects.published().filter(type="file").exclude(checksum="").count() == 1


def test_five_invocations_count_and_the_rest_is_context_that_says_why() -> None:
    rows = Invocation.objects.published()
    assert sorted(row.public_id for row in rows.counted()) == [
        "arm-2021-05",
        "arm-2022-09",
        "kaz-2022-01",
        "kgz-2010-06",
        "tjk-2021-07",
    ]
    assert all(row.context_en for row in rows if row.context)
