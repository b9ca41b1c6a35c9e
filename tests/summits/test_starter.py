"""What the starter data must answer about sessions and attendance."""

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
