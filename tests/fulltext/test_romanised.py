"""Russian in Latin letters is read in every usual way of writing it, and nothing else is."""

import pytest

from cstokb.fulltext.romanised import MOST_READINGS, readings


@pytest.mark.parametrize(
    ("russian", "written"),
    [
        ("заявление", "zaâvlenie zajavlenie zayavlenie zayavleniye zaiavlenie Zayavlenie ZAYAVLENIE"),
        ("обращение", "obraŝenie obraščenie obrashchenie obrashhenie obraschenie"),
        ("миротворческие", "mirotvorčeskie mirotvorčeskije mirotvorcheskie mirotvorcheskiye"),
        ("сессия", "sessiâ sessija sessiya sessiia"),
        ("статья", "statʹâ stat'ja stat'ya stat’ia statya"),
        ("коллективной", "kollektivnoj kollektivnoy kollektivnoi"),
        ("коллективных", "kollektivnyh kollektivnykh kollektivnyx"),
        ("новые", "novye novyye"),
        ("русский", "russkij russkiy russky russkii"),
        ("организация", "organizaciâ organizacija organizatsiya organizaciya"),
        ("советский", "sovetskij sovetskiy"),
        ("центр", "centr czentr tsentr"),
        ("выступление", "vystuplenie vy'stuplenie vystupleniye"),
        ("этап", "ètap etap e'tap"),
        ("евразия", "evraziâ yevraziya evraziya"),
        ("съезд", "sʺezd s'ezd syezd"),
        ("война", "vojna voyna voina"),
        ("режим", "režim rezhim"),
    ],
)
def test_a_word_is_read_in_every_romanisation(russian: str, written: str) -> None:
    for word in written.split():
        assert russian in readings(word), word


@pytest.mark.parametrize(
    ("written", "russian"),
    [("ustav", "устав"), ("bezopasnost'", "безопасность"), ("armenii", "армении"), ("sily", "силы")],
)
def test_the_likeliest_reading_comes_first(written: str, russian: str) -> None:
    assert readings(written)[0] == russian


@pytest.mark.parametrize("word", ["", "'", "устав", "уstav", "4", "§4", "ustav4", "a b", "հայ", "u" * 41])
def test_what_is_no_latin_word_has_none(word: str) -> None:
    assert readings(word) == ()


def test_a_word_of_many_doubts_has_so_many_at_most() -> None:
    assert 1 < len(readings("tsyjiatsyjiatsyjia")) <= MOST_READINGS
