"""Moments that people type: as the clock in their zone shows them, and none that it never shows or shows twice."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cstokb.records.moments import NoSuchMomentError, in_zone, require_ahead, typed

YEREVAN, BERLIN, MOSCOW = ZoneInfo("Asia/Yerevan"), ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 3, 5, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("2026-12-01 00:00", YEREVAN, "2026-11-30T20:00"),  # B101
        ("2026-12-01T00:00", YEREVAN, "2026-11-30T20:00"),
        (" 2026-12-01T00:00:00 ", YEREVAN, "2026-11-30T20:00"),
        ("2026-12-01 00:00", ZoneInfo("UTC"), "2026-12-01T00:00"),
        ("2026-03-29 01:59", BERLIN, "2026-03-29T00:59"),
        ("2026-03-29 03:00", BERLIN, "2026-03-29T01:00"),
        ("2026-10-25 01:59", BERLIN, "2026-10-24T23:59"),
        ("2026-10-25 03:00", BERLIN, "2026-10-25T02:00"),
        ("2026-03-29 02:30", MOSCOW, "2026-03-28T23:30"),  # no clock is put forward there
    ],
)
def test_what_the_clock_shows_is_a_moment(text: str, zone: ZoneInfo, moment: str) -> None:
    assert typed(text, zone) == datetime.fromisoformat(f"{moment}+00:00")


@pytest.mark.parametrize(
    ("text", "zone", "why"),
    [
        ("2026-03-29 02:00", BERLIN, "There is no 2026-03-29 02:00 in Europe/Berlin"),
        ("2026-03-29 02:59", BERLIN, "There is no 2026-03-29 02:59 in Europe/Berlin"),
        ("2026-10-25 02:00", BERLIN, "Clocks in Europe/Berlin show 2026-10-25 02:00 twice"),
        ("2026-10-25T02:59", BERLIN, "Clocks in Europe/Berlin show 2026-10-25 02:59 twice"),
        ("", MOSCOW, "“” is no moment"),
        ("tomorrow", MOSCOW, "“tomorrow” is no moment"),
        ("2026-02-30 10:00", MOSCOW, "is no moment"),
        ("2026-12-01", MOSCOW, "is no moment"),
        ("2026-12-01 24:00", MOSCOW, "is no moment"),
        ("2026-12-01 10:00:30", MOSCOW, "is no moment"),
        ("2026-12-01 10:00+03:00", MOSCOW, "is no moment"),
        ("0001-01-01 00:00", MOSCOW, "is no moment"),
        ("2026-12-01 10:00\x00", MOSCOW, "is no moment"),
    ],
)
def test_what_it_never_shows_or_shows_twice_is_none(text: str, zone: ZoneInfo, why: str) -> None:
    with pytest.raises(NoSuchMomentError, match=why):
        typed(text, zone)


@pytest.mark.parametrize(
    ("ahead", "why"),
    [
        (
            timedelta(0),
            "2026-03-05 14:30 Asia/Yerevan .2026-03-05 10:30 UTC. has passed; it is 2026-03-05 14:30",
        ),
        (timedelta(days=-1), "has passed"),
        (timedelta(days=5 * 366, minutes=1), "more than five years ahead"),
    ],
)
def test_a_schedule_lies_ahead_and_not_too_far(ahead: timedelta, why: str) -> None:
    with pytest.raises(NoSuchMomentError, match=why):
        require_ahead(NOW + ahead, NOW, YEREVAN)
    require_ahead(NOW + timedelta(minutes=1), NOW, YEREVAN)
    require_ahead(NOW + timedelta(days=5 * 366), NOW, YEREVAN)


def test_utc_stands_beside_any_other_zone() -> None:
    assert in_zone(NOW, YEREVAN) == "2026-03-05 14:30 Asia/Yerevan (2026-03-05 10:30 UTC)"
    assert in_zone(NOW, ZoneInfo("UTC")) == "2026-03-05 10:30 UTC"
