"""Which wording of a provision holds on a day, and why none does."""

from datetime import date

import pytest

from cstokb.dates import Answer, HistoricDate, Period
from treaty.choices import WordingState
from treaty.reading import Force, Numbered, Part, Wording, changes

FORCE = Force("cst", HistoricDate.parse("1992-05-15"), HistoricDate.parse("1994-04-20"))


def day(text: str) -> date:
    return date.fromisoformat(text)


def edtf(text: str | None) -> HistoricDate | None:
    return HistoricDate.parse(text) if text else None


def wording(
    began: str | None,
    ended: str | None = None,
    *,
    language: str = "en",
    standing: str = "restatement",
    made_by: int | None = None,
) -> Wording:
    name = f"w/{language}/{standing}/{began}"
    period = Period(edtf(began), edtf(ended), began_fact=f"{name}.began_on", ended_fact=f"{name}.ended_on")
    return Wording(1, name, language, standing, period, "Words.", made_by)


def part(
    *wordings: Wording, numbers: tuple[Numbered, ...] = (), kind: str = "article", number: str = "4"
) -> Part:
    return Part(1, "cst/art-4", kind, number, numbers, wordings)


OLD, NEW = wording("1994-04-20", "2012-12-18"), wording("2012-12-19", made_by=7)
ARTICLE = part(OLD, NEW)


class TestWordingOfADay:
    @pytest.mark.parametrize(
        ("on", "held"),
        [
            ("1994-04-20", (OLD,)),
            ("2012-12-18", (OLD,)),
            ("2012-12-19", (NEW,)),
            ("2026-01-01", (NEW,)),
        ],
    )
    def test_on_the_day_of_entry_into_force_the_new_wording_is_the_wording(
        self, on: str, held: tuple[Wording, ...]
    ) -> None:
        reading = ARTICLE.read(FORCE, day(on))
        assert (reading.state, reading.wordings) == (WordingState.IN_FORCE, held)

    def test_the_day_before_entry_into_force_it_is_not_yet_in_force(self) -> None:
        reading = ARTICLE.read(FORCE, day("1994-04-19"))
        assert (reading.state, reading.wordings) == (WordingState.NOT_YET, ())

    def test_after_the_last_day_of_the_instrument_an_open_wording_no_longer_holds(self) -> None:
        ended = Force("cst", None, edtf("1994-04-20"), edtf("2020-06-30"))
        assert ARTICLE.read(ended, day("2020-06-30")).wordings == (NEW,)
        assert ARTICLE.read(ended, day("2020-07-01")).state == WordingState.NO_LONGER

    def test_a_gap_between_wordings_is_a_wording_not_verified(self) -> None:
        assert part(OLD).read(FORCE, day("2012-12-18")).state == WordingState.IN_FORCE
        assert part(OLD).read(FORCE, day("2012-12-19")).state == WordingState.NOT_VERIFIED
        assert part(NEW).read(FORCE, day("2010-01-01")).state == WordingState.NOT_VERIFIED
        assert part().read(FORCE, day("2010-01-01")).state == WordingState.NOT_VERIFIED

    def test_a_day_inside_an_imprecise_date_is_not_known_and_names_the_fact(self) -> None:
        vague = part(wording("1994-04-20", "2012"), wording("2012", made_by=7))
        reading = vague.read(FORCE, day("2012-06-01"))
        assert (reading.state, reading.wordings) == (WordingState.UNKNOWN, ())
        assert len(reading.possible) == 2
        assert reading.blocked_by == (
            "w/en/restatement/1994-04-20.ended_on",
            "w/en/restatement/2012.began_on",
        )
        assert vague.read(FORCE, day("2011-12-31")).state == WordingState.IN_FORCE
        assert vague.read(FORCE, day("2013-01-01")).state == WordingState.IN_FORCE

    def test_a_chapter_without_words_of_its_own_lacks_none(self) -> None:
        chapter = part(kind="chapter", number="IV")
        assert chapter.read(FORCE, day("2000-01-01")).state == WordingState.IN_FORCE
        assert chapter.read(FORCE, day("1994-01-01")).state == WordingState.NOT_YET


class TestNumbers:
    SIX = part(
        wording("1994-04-20"),
        number="5",
        numbers=(
            Numbered("6", Period(None, edtf("2010-12-09"))),
            Numbered("5", Period(edtf("2010-12-10"), None)),
        ),
    )

    def test_a_number_without_a_first_day_was_borne_before_those_with_one(self) -> None:
        six, five = self.SIX.numbers
        assert six.since < five.since
        assert (six.number, six.period.began_on) == ("6", None)

    @pytest.mark.parametrize(("on", "name"), [("2010-12-09", "Article 6"), ("2010-12-10", "Article 5")])
    def test_a_renumbered_article_is_called_by_its_number_of_the_day(self, on: str, name: str) -> None:
        assert self.SIX.name_on(day(on), "en") == name
        assert self.SIX.read(FORCE, day(on)).state == WordingState.IN_FORCE

    def test_an_inserted_article_is_not_yet_in_force_before_it_has_a_number(self) -> None:
        inserted = part(
            wording("2012-12-19"), number="7A", numbers=(Numbered("7A", Period(edtf("2012-12-19"), None)),)
        )
        assert inserted.read(FORCE, day("2012-12-18")).state == WordingState.NOT_YET
        assert inserted.read(FORCE, day("2012-12-19")).state == WordingState.IN_FORCE

    def test_a_repealed_article_keeps_its_number_and_is_no_longer_in_force(self) -> None:
        numbers = (Numbered("22", Period(None, edtf("2010-12-09"))),)
        repealed = part(wording("1994-04-20", "2010-12-09"), number="22", numbers=numbers)
        assert repealed.read(FORCE, day("2010-12-09")).state == WordingState.IN_FORCE
        gone = repealed.read(FORCE, day("2010-12-10"))
        assert (gone.state, gone.number) == (WordingState.NO_LONGER, "22")
        assert repealed.nearest(day("2026-01-01")) == day("2010-12-09")


class TestForce:
    @pytest.mark.parametrize(
        ("force", "on", "answer"),
        [
            (FORCE, "1994-04-19", Answer.NO),
            (FORCE, "1994-04-20", Answer.YES),
            (Force("x", edtf("2015-09-15")), "2015-09-14", Answer.NO),
            (Force("x", edtf("2015-09-15")), "2015-09-15", Answer.UNKNOWN),
            (Force("x", None, edtf("2009")), "2008-12-31", Answer.NO),
            (Force("x", None, edtf("2009")), "2009-06-01", Answer.UNKNOWN),
            (Force("x", None, edtf("2009")), "2010-01-01", Answer.YES),
            (Force("x", None, edtf("2001-05-25"), edtf("2012-06-12")), "2012-06-12", Answer.YES),
            (Force("x", None, edtf("2001-05-25"), edtf("2012-06-12")), "2012-06-13", Answer.NO),
            (Force("x", None, None, edtf("2012-06-12")), "2012-06-12", Answer.UNKNOWN),
            (Force("x", None, edtf("XXXX")), "2012-06-12", Answer.UNKNOWN),
        ],
    )
    def test_entry_into_force_is_three_valued(self, force: Force, on: str, answer: Answer) -> None:
        assert force.on(day(on)).answer is answer

    def test_an_unknown_answer_names_the_date_that_is_wanting(self) -> None:
        assert Force("x", edtf("2015-09-15")).on(day("2016-01-01")).blocked_by == ("x.in_force_on",)


class TestChoice:
    def test_the_language_asked_for_goes_before_english_and_english_before_others(self) -> None:
        english, russian, tajik = (wording("1994-04-20", language=code) for code in ("en", "ru", "tg"))
        held = part(tajik, russian, english).read(FORCE, day("2000-01-01"))
        assert held.wording("ru") is russian
        assert held.wording("kk") is english
        assert part(tajik).read(FORCE, day("2000-01-01")).wording("en") is tajik

    def test_in_one_language_the_wording_worth_most_as_law_goes_first(self) -> None:
        ours, authentic = wording("1994-04-20"), wording("1994-04-20", standing="authentic")
        assert part(ours, authentic).read(FORCE, day("2000-01-01")).wording("en") is authentic

    def test_the_nearest_day_with_a_wording_lies_before_if_there_is_one(self) -> None:
        assert part(OLD).nearest(day("2020-01-01")) == day("2012-12-18")
        assert part(NEW).nearest(day("2000-01-01")) == day("2012-12-19")
        assert part().nearest(day("2000-01-01")) is None

    def test_changes_are_the_first_days_of_wordings_that_another_instrument_made(self) -> None:
        assert changes([ARTICLE, part(OLD, NEW)]) == [(day("2012-12-19"), 7)]
