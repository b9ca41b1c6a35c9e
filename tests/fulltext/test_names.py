"""Spellings of one name share a key; names that only look alike do not."""

from itertools import combinations

import pytest

from cstokb.fulltext.normalise import name_key


@pytest.mark.parametrize(
    "spellings",
    [
        ("Lukashenko", "Lukashenka", "Лукашенко", "Лукашэнка", "Łukašenka"),
        ("Tokayev", "Tokaev", "Токаев", "Тоқаев", "Toqaev"),
        ("Japarov", "Zhaparov", "Жапаров", "Djaparov", "Джапаров"),
        ("Rahmon", "Rakhmon", "Рахмон", "Раҳмон"),
        ("Mirziyoyev", "Mirziyaev", "Мирзиёев", "Мирзиеев"),
        ("Kassym-Jomart", "Kassym-Zhomart", "Касым-Жомарт", "Касым Жомарт", "KassymJomart", "Қасым-Жомарт"),
        ("Pashinyan", "Pashinian", "Пашинян"),
        ("Yuri", "Yury", "Юрий", "Iurii"),
        ("Jeenbekov", "Zheenbekov", "Жээнбеков"),
        ("Khrushchev", "Хрущёв", "Хрущев"),
        ("Berdimuhamedov", "Berdymukhamedov", "Бердымухамедов"),
        ("Kuz'min", "Kuzmin", "Кузьмин"),
    ],
)
def test_spellings_of_one_name_meet(spellings: tuple[str, ...]) -> None:
    """B038."""
    assert len({name_key(one) for one in spellings}) == 1


def test_different_names_stay_apart() -> None:
    names = (
        "Sadyr",
        "Akylbek",
        "Rahmon",
        "Rahmonov",
        "Tokayev",
        "Tokayeva",
        "Nikol",
        "Nikola",
        "Putin",
        "Putina",
    )
    assert [pair for pair in combinations(names, 2) if name_key(pair[0]) == name_key(pair[1])] == []


def test_a_text_without_letters_has_no_key() -> None:
    assert name_key("— ' …") == ""
