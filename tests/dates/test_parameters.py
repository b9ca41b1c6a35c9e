"""Days and moments of a request."""

import contextlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstokb.dates import InvalidDate, bound_day, parse_day, parse_known_on

NOW = datetime(2026, 3, 5, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "after", "before"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-06", date(2021, 6, 1), date(2021, 6, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021-06-15", date(2021, 6, 15), date(2021, 6, 15)),
        (" 2021-06 ", date(2021, 6, 1), date(2021, 6, 30)),
    ],
)
def test_a_bare_year_or_month_bounds_a_range_by_its_first_or_last_day(
    text: str, after: date, before: date
) -> None:
    assert bound_day(text, "after") == after
    assert bound_day(text, "before") == before


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("XXXX", "Write a day, a month or a year: YYYY-MM-DD, YYYY-MM or YYYY."),
        ("2021~", "Write a day, a month or a year: YYYY-MM-DD, YYYY-MM or YYYY."),
        ("tomorrow", "Write a day, a month or a year: YYYY-MM-DD, YYYY-MM or YYYY."),
        ("2022-02-30", "There is no such day: 2022-02-30."),
        ("0", "A year has four digits, and hyphens stand between year, month and day: YYYY-MM-DD."),
        ("99999", "A year has four digits, and hyphens stand between year, month and day: YYYY-MM-DD."),
        ("", "Write a date."),
        ("01.01.0000", "Write the year first and hyphens between the parts: YYYY-MM-DD."),
    ],
)
def test_other_bounds_are_refused(text: str, sentence: str) -> None:
    for side in ("after", "before"):
        with pytest.raises(InvalidDate) as refusal:
            bound_day(text, side)
        assert str(refusal.value) == sentence


def test_a_day_is_written_in_one_way() -> None:
    assert parse_day("2012-12-19") == date(2012, 12, 19)
    assert parse_day("0001-01-01") == date.min


@pytest.mark.parametrize(
    "text",
    [
        "2012-12",
        "2012",
        "2012-12-19~",
        "XXXX",
        " 2012-12-19",
        "2012-12-19\n",
        "19.12.2012",
        "2012-12-32",
        "",
        "\x00",
    ],
)
def test_no_other_text_is_a_day(text: str) -> None:
    with pytest.raises(InvalidDate):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-01-31", datetime(2025, 1, 31, 23, 59, 59, 999999, UTC)),
        ("2026-03-04", datetime(2026, 3, 4, 23, 59, 59, 999999, UTC)),
        ("2026-03-05", NOW),
        ("2025-01-31T12:00:00Z", datetime(2025, 1, 31, 12, tzinfo=UTC)),
        ("2025-01-31t12:00:00z", datetime(2025, 1, 31, 12, tzinfo=UTC)),
        ("2025-01-31T00:30:00+03:00", datetime(2025, 1, 30, 21, 30, tzinfo=UTC)),
        ("2025-01-31T12:00:00-00:00", datetime(2025, 1, 31, 12, tzinfo=UTC)),
        ("2025-01-31T12:00:00.25Z", datetime(2025, 1, 31, 12, 0, 0, 250000, UTC)),
        ("2025-01-31T12:00:00.123456789Z", datetime(2025, 1, 31, 12, 0, 0, 123456, UTC)),
        ("2026-03-05T10:30:00Z", NOW),
        ("2026-03-05T23:30:00+14:00", datetime(2026, 3, 5, 9, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_in_utc_a_day_as_its_end_and_today_as_now(text: str, moment: datetime) -> None:
    read = parse_known_on(text, NOW)
    assert read == moment
    assert read.utcoffset() == timedelta(0)


def test_today_is_the_day_in_utc_wherever_now_is_said() -> None:
    now = datetime(2026, 3, 6, 2, tzinfo=timezone(timedelta(hours=6)))
    assert parse_known_on("2026-03-05", now) == now
    with pytest.raises(InvalidDate):
        parse_known_on("2026-03-06", now)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-03-06", "future"),
        ("2026-03-05T10:30:00.000001Z", "future"),
        ("2026-03-05T11:00:00+00:00", "future"),
        ("9999-12-31", "future"),
        ("2026-02-30", "day"),
        ("2025-02-30T12:00:00Z", "day"),
        ("0000-01-01T12:00:00Z", "year"),
        ("9999-12-31T23:59:59-12:00", "range"),
        ("0001-01-01T00:00:00+12:00", "range"),
        ("2025-01-31T12:00:00 03:00", "zone"),
        ("2025-01-31T12:00:00", "form"),
        ("2025-01-31 12:00:00Z", "form"),
        ("2025-01-31T12:00Z", "form"),
        ("2025-01-31T24:00:00Z", "form"),
        ("2025-01-31T12:00:60Z", "form"),
        ("2025-01-31T12:00:00+24:00", "form"),
        ("2025-01-31T12:00:00+01:60", "form"),
        ("2025-01-31T12:00:00+0300", "form"),
        ("2025-01-31T12:00:00Z\n", "form"),
        ("٢٠٢٥-01-31", "form"),
        ("2025-01", "form"),
        ("now", "form"),
        ("", "form"),
        ("2025-01-31T12:00:00." + "0" * 100_000 + "Z", "form"),
    ],
)
def test_other_moments_and_those_to_come_are_refused(text: str, code: str) -> None:
    with pytest.raises(InvalidDate) as refusal:
        parse_known_on(text, NOW)
    assert refusal.value.code == code


def test_a_plus_sign_lost_in_an_address_is_explained() -> None:
    with pytest.raises(InvalidDate, match=r"^In an address the plus sign before a zone is written %2B\.$"):
        parse_known_on("2025-01-31T12:00:00 03:00", NOW)


LOCAL_TIMES = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001  hypothesis takes the zone by itself
    datetime(2025, 12, 31),  # noqa: DTZ001
    timezones=st.timezones(),
    allow_imaginary=False,
)


@settings(deadline=None)
@given(LOCAL_TIMES)
def test_whatever_python_writes_with_a_zone_is_read_again(moment: datetime) -> None:
    # RFC 3339 has no seconds in an offset, which the local mean times of old have.
    offset = (moment.utcoffset() or timedelta()) // timedelta(minutes=1)
    written = moment.astimezone(timezone(timedelta(minutes=offset))).isoformat()
    assert parse_known_on(written, NOW) == moment.astimezone(UTC)


@settings(deadline=None)
@given(st.text(max_size=80))
@pytest.mark.parametrize(
    "read",
    [parse_day, lambda text: bound_day(text, "after"), lambda text: parse_known_on(text, NOW)],
    ids=["day", "bound", "known_on"],
)
def test_any_text_is_read_or_refused(read: Callable[[str], date], text: str) -> None:
    with contextlib.suppress(InvalidDate):
        assert isinstance(read(text), date)
