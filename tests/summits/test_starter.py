"""What the starter data must answer about sessions and attendance."""

import csv
import io
import re

import pytest

from tests.listing.asking import ask, body, data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


def words(path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body(ask(path)).decode()))


def seats(session: str) -> dict[str, tuple[str, str, str]]:
    rows = data(f"/api/v1/attendances/?session={session}")["results"]
    return {row["state"] or row["organ"]: (row["person"], row["capacity"], row["mode"]) for row in rows}


def test_the_anniversary_summit_has_seven_attendances() -> None:
    told = seats("2022-05-16-moscow")
    assert sorted(told) == ["arm", "blr", "kaz", "kgz", "rus", "secretariat", "tjk"]
    assert told["arm"] == ("nikol-pashinyan", "head-of-government", "in-person")
    assert {told[one][1:] for one in ("blr", "kaz", "kgz", "rus", "tjk")} == {("head-of-state", "in-person")}


def test_its_page_shows_the_slip_of_the_press_as_contradicting_evidence() -> None:
    said = words("/summits/2022-05-16-moscow/")
    assert re.search(r"Armenia Nikol Pashinyan .{0,200}Prime Minister head of government in person", said)
    assert "Armenia: office on that day Prime Minister preferred" in said
    assert "President not preferred Presidents of Armenia, Belarus, Kazakhstan. Kyrgyzstan" in said
    assert "contradicts : Armenia: office on that day: President" in said


def test_the_session_of_december_2020_was_by_video() -> None:
    told = seats("2020-12-02-video")
    assert {mode for _person, _capacity, mode in told.values()} == {"video"}
    assert told["arm"] == ("nikol-pashinyan", "head-of-government", "video")
    assert told["kgz"] == ("talant-mamytov", "acting-head-of-state", "video")
    assert "Kyrgyzstan Talant Mamytov Acting President acting head of state by video" in words(
        "/summits/2020-12-02-video/"
    )


def test_armenia_held_the_chair_on_the_day_of_the_summit() -> None:
    answer = data("/api/v1/chairmanships/?on=2022-05-16")
    assert [one["id"] for one in answer["results"]] == ["arm/2021-09-16"]


def test_meetings_are_counted_without_planned_cancelled_and_consultation() -> None:
    answer = data("/api/v1/sessions/?counted=no&page_size=200")
    assert [one["id"] for one in answer["results"]] == [
        "2026-11-11-moscow",
        "2022-01-06-decision",
        "2018-12-06-st-petersburg",
    ]


def test_the_matrix_has_the_nine_states_that_acted_upon_the_treaty() -> None:
    first = data("/summits/attendance.json?on=2020-12-02")["results"][0]
    assert [name for name in first if len(name) == 3 and name != "url"] == [
        *("arm", "aze", "blr", "geo", "kaz", "kgz", "rus", "tjk", "uzb")
    ]
    assert (first["arm"], first["kgz"], first["uzb"]) == (
        "by video, head of government",
        "by video, acting head of state",
        "not a party that day",
    )


def test_the_register_of_invocations_tells_requests_from_context() -> None:
    context = {one["id"] for one in data("/api/v1/invocations/?context=yes")["results"]}
    assert {"uzb-kgz-2000-08", "kgz-2005-03"} <= context
    assert all(one["outcome"] for one in data("/api/v1/invocations/?context=no")["results"])


def row_of(session: str, surface: str) -> dict[str, tuple[str, str]]:
    """Capacity and mode of each state in a session, as a surface has them."""
    if surface == "record":
        rows = data(f"/api/v1/sessions/{session}/")["attendances"]
    elif surface == "list":
        rows = data(f"/api/v1/attendances/?session={session}")["results"]
    else:
        text = body(ask(f"/attendances.csv?session={session}&on={session[:10]}")).decode()
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    return {row["state"]: (row["capacity"], row["mode"]) for row in rows if row["state"]}


HEADS = ("blr", "kaz", "kgz", "rus", "tjk")
BY_VIDEO = {
    **dict.fromkeys(HEADS, ("head-of-state", "video")),
    "arm": ("head-of-government", "video"),
    "kgz": ("acting-head-of-state", "video"),
}
IN_MOSCOW = {
    **dict.fromkeys(HEADS, ("head-of-state", "in-person")),
    "arm": ("head-of-government", "in-person"),
}


@pytest.mark.parametrize("surface", ["record", "list", "csv"])
@pytest.mark.parametrize(
    ("session", "told"), [("2020-12-02-video", BY_VIDEO), ("2022-05-16-moscow", IN_MOSCOW)]
)
def test_two_sessions_read_as_the_data_say_on_every_surface(
    session: str, told: dict[str, tuple[str, str]], surface: str
) -> None:
    assert row_of(session, surface) == told


def test_the_matrix_reads_the_same_on_the_page_and_in_its_file() -> None:
    text = body(ask("/summits/attendance.csv?year=2020&year=2022")).decode()
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    levels = {"head-of-state": "head of state", "head-of-government": "head of government"}
    levels["acting-head-of-state"] = "acting head of state"
    modes = {"video": "by video", "in-person": "in person"}
    for session, told in (("2020-12-02-video", BY_VIDEO), ("2022-05-16-moscow", IN_MOSCOW)):
        read = {state: rows[session][state] for state in told}
        assert read == {state: f"{modes[mode]}, {levels[level]}" for state, (level, mode) in told.items()}
    page = words("/summits/attendance/?on=2020-12-02")
    assert "by video, head of government" in page
    assert "A by video, acting head of state" in page


def test_in_2022_armenia_will_chair_is_weighed_on_that_chairmanship() -> None:
    record = data("/api/v1/chairmanships/arm/2021-09-16/")
    assert (record["agrees"], record["computed_basis"], record["rule"]) == (
        "yes",
        "exception",
        "charter/art-13",
    )
    claim = next(one for one in record["readings"] if one["source"] == "bd0dc0c4e3")
    assert (claim["value"], claim["computed"], claim["agrees"]) == ("2022", "2021-09-16", "no")
    assert claim["quotation"] == "In 2022, Armenia will chair the CSTO"
    assert "of that time it held the chair 1 January 2022 – 23 November 2022" in words(
        "/summits/chairmanships/"
    )


def test_stored_chairmanships_that_disagree_with_the_charter_are_told() -> None:
    assert {
        one["id"]: one["contradicted"] for one in data("/api/v1/chairmanships/?agrees=no")["results"]
    } == {
        "blr/2016-10-14": ["ended_on"],
        "arm/2015-09-15": ["ended_on"],
    }
    before = {row["id"] for row in data("/api/v1/chairmanships/?agrees=unknown")["results"]}
    assert before == {"arm/2001-05-25", "rus/2002-05-14"}


def test_planned_and_cancelled_sessions_count_for_no_state() -> None:
    rows = data("/api/v1/attendances/?counted=no")["results"]
    assert {row["session"] for row in rows} == {"2022-01-06-decision"}
    matrix = {row["id"] for row in data("/summits/attendance.json?page_size=200")["results"]}
    assert not matrix & {"2026-11-11-moscow", "2022-01-06-decision", "2018-12-06-st-petersburg"}


def test_points_of_an_agenda_say_their_topics_on_the_page_and_in_the_api() -> None:
    points = data("/api/v1/sessions/2020-12-02-video/")["agenda"]
    told = {point["text_en"]: point["topics"] for point in points}
    assert told["Anti-drug strategy"] == ["counter-narcotics"]
    assert told["Logistics and medical support"] == []
    assert "Anti-drug strategy Counter-narcotics" in words("/summits/2020-12-02-video/")


def test_each_request_of_the_register_has_its_documents_steps_and_sources() -> None:
    rows = data("/api/v1/invocations/?page_size=50")["results"]
    assert len(rows) == 12
    assert {row["id"]: row["outcome"] for row in rows if not row["context"]} == {
        "kgz-2010-06": "partly-granted",
        "arm-2021-05": "no-decision",
        "tjk-2021-07": "no-decision",
        "kaz-2022-01": "granted",
        "arm-2022-09": "partly-granted",
    }
    told = {row["id"]: data(f"/api/v1/invocations/{row['id']}/?expand=evidence") for row in rows}
    assert all(one["evidence"] for one in told.values())
    counts = {key: (len(one["steps"]), len(one["documents"])) for key, one in told.items()}
    assert counts["kaz-2022-01"] == (8, 3)
    assert counts["arm-2022-09"] == (9, 4)
    assert sum(steps for steps, _documents in counts.values()) == 25
    assert sum(documents for _steps, documents in counts.values()) == 13
    last = told["arm-2022-09"]["steps"][-1]
    assert (last["done_on"], len(last["sources"])) == ("2023-11-20", 2)
    operation = data("/api/v1/activities/op-kazakhstan-2022/")
    assert (operation["invocations"], operation["sessions"]) == (["kaz-2022-01"], ["2022-01-06-decision"])
    assert operation["mandate_en"].startswith("Guard important state and military sites")
