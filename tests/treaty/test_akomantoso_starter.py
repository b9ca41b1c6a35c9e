"""Every instrument of the starter data is valid Akoma Ntoso, in both languages, on days of every kind."""

import pytest

from cstokb.records.choices import Visibility
from tests.listing.asking import ask, body
from tests.treaty.akn import all_of, document, parse, words
from treaty.models import Instrument, Provision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]

#: In the first term, on the day of the amendments, long after.
DAYS = ("1995-06-01", "2012-12-19", "2030-01-01")
#: Before there was any; signed; in force; the first term over; the last day of the first text.
MORE_DAYS = ("1980-01-01", "1993-06-01", "1994-04-20", "1999-04-21", "2012-12-18")


def valid(instrument: str, day: str, language: str) -> None:
    parse(body(ask(f"/treaties/{instrument}.xml?on={day}&lang={language}")))


@pytest.mark.parametrize("language", ["en", pytest.param("ru", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "day",
    [pytest.param(DAYS[0], marks=pytest.mark.slow), DAYS[1], pytest.param(DAYS[2], marks=pytest.mark.slow)],
)
def test_every_instrument_is_valid(day: str, language: str) -> None:
    listed = Instrument.objects.filter(external=False, entry__visibility=Visibility.PUBLIC)
    ids = list(listed.values_list("entry__slug", flat=True))
    assert len(ids) > 20
    for one in ids:
        valid(one, day, language)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("instrument", ["cst", "charter", "forces-protocol-2001", "cst-protocol-2010"])
def test_the_founding_texts_are_valid_on_days_of_every_kind(instrument: str, language: str) -> None:
    for day in MORE_DAYS:
        valid(instrument, day, language)


@pytest.mark.parametrize("instrument", ["cst", "charter"])
def test_every_provision_is_a_valid_portion_with_the_id_of_the_whole(instrument: str) -> None:
    whole = document(f"/treaties/{instrument}.xml?on=2012-12-19")
    ids = Provision.objects.filter(
        instrument__entry__slug=instrument, entry__visibility=Visibility.PUBLIC
    ).values_list("entry__slug", flat=True)
    for one in ids:
        root = document(f"/treaties/{one}.xml?on=2012-12-19")
        (name,) = all_of(root, "//a:portionBody/*/@eId")
        assert len(all_of(whole, f"//a:body//*[@eId='{name}']")) == 1


def test_the_treaty_of_2015_names_its_expression_and_marks_its_words_as_ours() -> None:
    root = document("/treaties/cst.xml?on=2015-01-01")
    assert all_of(root, "//a:FRBRExpression/a:FRBRuri/@value") == [
        "/akn/xx-csto/act/treaty/1992/cst/eng@2012-12-19"
    ]
    assert len(all_of(root, "//a:article")) == 11
    assert words(root, "//a:article[@eId='art_4']/a:num") == ["Article 4"]
    assert {one.get("status") for one in all_of(root, "//a:article/a:content/a:p")} == {"edited", "editorial"}
    assert not all_of(root, "//kb:wording")


def test_the_articles_of_the_charter_stand_in_their_chapters() -> None:
    root = document("/treaties/charter.xml")
    assert len(all_of(root, "//a:article")) == 29
    inside = all_of(root, "//a:chapter[@eId='chp_4']/a:article/@eId")
    assert inside == ["art_11", "art_12", "art_13", "art_14", "art_15", "art_16"]
