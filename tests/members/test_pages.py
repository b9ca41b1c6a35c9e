"""Pages of states, people and organs."""

import re

import pytest

from cstokb.records.models import NameForm
from tests.factories import records as make
from tests.listing.asking import ask, body

pytestmark = pytest.mark.django_db


def text_of(path: str) -> str:
    """The words of a page's main part."""
    main = body(ask(path)).decode().partition("<main")[2].partition("</main>")[0]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main.partition(">")[2]))
    return words.replace("\xa0", " ").replace("&nbsp;", " ")


class TestStates:
    def test_the_list_says_each_standing_in_words(self) -> None:
        make.roster()
        words = text_of("/states/?on=2013-01-01")
        assert "Uzbekistan membership suspended" in words
        assert "Afghanistan no standing" in words

    def test_a_member_that_takes_no_part_has_a_word_of_its_own(self) -> None:
        make.roster()
        assert "member, participation paused" in text_of("/states/arm/")
        assert "member, participation paused" not in text_of("/states/arm/?on=2020-01-01")

    def test_a_state_shows_its_periods_and_since_when_it_stands_so(self) -> None:
        make.roster()
        words = text_of("/states/uzb/")
        assert "membership suspended since 19 December 2012" in words
        assert "16 August 2006 – 18 December 2012" in words
        assert "suspended" not in text_of("/states/uzb/?on=2012-12-18").partition("Periods")[0]

    def test_what_is_not_known_is_said_with_the_fact_that_blocks_it(self) -> None:
        make.member(make.state("geo", "Georgia"), "1993-12")
        words = text_of("/states/geo/?on=1993-12-09")
        assert "Not known for 9 December 1993" in words
        assert "geo/member/1993-12.began_on" in words

    def test_the_page_shows_its_evidence(self) -> None:
        make.state("kaz", "Kazakhstan")
        assert "A book about it" in text_of("/states/kaz/")


class TestPeople:
    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def president(cls, own_database: None) -> None:
        office = make.office(
            "kaz/president", "President of Kazakhstan", state=make.state("kaz", "Kazakhstan")
        )
        make.term(
            make.person("nursultan-nazarbayev", "Nursultan Nazarbayev"), office, "1990-04-24", "2019-03-20"
        )

    def test_a_holder_is_former_from_the_day_after(self) -> None:
        """B041."""
        assert "Nursultan Nazarbayev President of Kazakhstan" in text_of(
            "/people/nursultan-nazarbayev/?on=2019-03-20"
        )
        assert "former President of Kazakhstan" in text_of("/people/nursultan-nazarbayev/?on=2019-03-21")
        assert "former President of Kazakhstan" in text_of("/people/")

    def test_the_name_of_the_day_is_said(self) -> None:
        former = NameForm(text="Emomali Rahmonov", kind="former", language="en", ended_on="2007")
        make.person("emomali-rahmon", "Emomali Rahmon", names=[former])
        said = "On the day shown the name was Emomali Rahmonov."
        assert said in text_of("/people/emomali-rahmon/?on=1999-04-02")
        assert said not in text_of("/people/emomali-rahmon/")

    def test_the_name_that_the_record_bears_comes_first(self) -> None:
        make.person("li", "Li Hui", names=[NameForm(text="Li the Elder", kind="alias", language="en")])
        assert "Li Hui · Li the Elder" in text_of("/people/li/")


class TestOrgans:
    def test_a_body_that_is_gone_is_spoken_of_in_the_past_tense(self) -> None:
        """B008."""
        gone = make.organ("staff", "Staff", established_on="1994", dissolved_on="1999-12-31")
        make.term(make.person("ivan", "Ivan Ivanov"), make.office("staff/chief", "Chief", organ=gone), "1994")
        words = text_of("/organs/staff/")
        assert "It existed from 1994 to 31 December 1999." in words
        assert "1994 (year known) – 31 December 1999" in words.partition("Ivan Ivanov")[2]

    def test_a_body_that_exists_is_spoken_of_in_the_present(self) -> None:
        make.organ("csc", "Council", established_on="1992-05-15")
        assert "It has existed since 15 May 1992." in text_of("/organs/csc/")

    def test_a_body_gone_in_a_time_not_known_is_gone(self) -> None:
        make.organ("staff", "Staff", dissolved_on="XXXX")
        assert "It existed until" in text_of("/organs/staff/")
