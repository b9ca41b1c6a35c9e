"""Tables of pages without columns that say nothing."""

from cstokb.listing.plain_table import plain_table as table


def test_a_column_that_says_nothing_in_any_row_is_left_out() -> None:
    rows = [
        [{"text": "Armenia"}, {"text": "", "lead": True}, {"text": ""}],
        [{"text": "Belarus"}, {"text": "", "lead": True}, {"text": "absent"}],
    ]
    made = table("States", ("State", "Person", "Reason"), rows)
    assert [one["label"] for one in made["columns"]] == ["State", "Reason"]
    assert made["rows"] == [[{"text": "Armenia"}, {"text": ""}], [{"text": "Belarus"}, {"text": "absent"}]]


def test_what_heads_the_rows_and_what_one_row_says_stay() -> None:
    made = table("States", ("State", "Mode"), [[{"text": ""}, {"sign": "absent", "text": ""}]])
    assert [one["label"] for one in made["columns"]] == ["State", "Mode"]
