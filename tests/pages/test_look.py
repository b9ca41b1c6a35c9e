"""Tags and filters of the design system."""

from datetime import date
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from cstokb.dates import HistoricDate
from cstokb.pages import html
from cstokb.pages.addresses import english_path, in_language
from cstokb.pages.templatetags import look

parse = HistoricDate.parse


def render(source: str, **context: Any) -> str:
    return Template("{% load look %}" + source).render(Context(context)).strip()


class TestFixed:
    """What follows from the language alone is said once in each language."""

    def test_it_stays_as_it_was_first_said_in_that_language_and_what_is_outside_does_not(self) -> None:
        page = Template("{% load look %}{% fixed %}{{ '/feeds/'|localised }}{% endfixed %} {{ word }}")
        assert page.render(Context({"word": "one"})) == "/feeds/ one"
        with translation.override("ru"):
            assert page.render(Context({"word": "two"})) == "/ru/feeds/ two"
        assert page.render(Context({"word": "three"})) == "/feeds/ three"

    def test_it_is_kept_where_it_stands_and_not_for_another_part(self) -> None:
        page = Template("{% load look %}{% fixed %}a{% endfixed %}{% fixed %}b{% endfixed %}")
        assert [page.render(Context()) for _time in range(2)] == ["ab", "ab"]

    def test_where_a_value_is_named_it_is_said_once_for_each_value(self) -> None:
        page = Template("{% load look %}{% fixed shelf %}{{ shelf }}{{ word }}{% endfixed %}")
        asked = [("/states/", 1), ("/topics/", 2), ("/states/", 3), ("", 4), ("/topics/", 5)]
        found = [page.render(Context({"shelf": shelf, "word": word})) for shelf, word in asked]
        assert found == ["/states/1", "/topics/2", "/states/1", "4", "/topics/2"]


class TestComplete:
    """Rows with every name that a template reads."""

    def test_what_a_row_leaves_out_is_empty_and_what_it_has_stays(self) -> None:
        assert look.complete([{"url": "/a/"}, {"lang": "ru", "more": 1}], "url lang") == [
            {"url": "/a/", "lang": ""},
            {"url": "", "lang": "ru", "more": 1},
        ]

    @pytest.mark.parametrize("nothing", [None, [], ""])
    def test_of_no_rows_there_are_none(self, nothing: Any) -> None:
        assert look.complete(nothing, "url") == []


class TestAddresses:
    """English stands at the root, Russian below /ru/."""

    @pytest.mark.parametrize(
        ("path", "english"),
        [
            ("/states/kaz/", "/states/kaz/"),
            ("/ru/states/kaz/", "/states/kaz/"),
            ("/ru/", "/"),
            ("/ru", "/"),
            ("/russia/", "/russia/"),
            ("/ru//evil.example/", "/evil.example/"),
            ("//evil.example/", "/evil.example/"),
            ("/ru/\\evil.example/", "/evil.example/"),
        ],
    )
    def test_english_path(self, path: str, english: str) -> None:
        assert english_path(path) == english
        assert in_language(path, "ru") == "/ru" + english

    def test_localised_follows_the_page_and_leaves_foreign_addresses_alone(self) -> None:
        with translation.override("ru"):
            assert look.localised("/states/") == "/ru/states/"
            assert look.localised("https://example.org/a") == "https://example.org/a"
            assert look.localised("") == ""
        assert look.localised("/states/") == "/states/"

    def test_the_shelf_of_the_page_is_current_and_no_other(self) -> None:
        request = RequestFactory().get("/ru/statements/2022/?q=a")
        with translation.override("ru"):
            found = look.shelves(look.current_shelf(Context({"request": request})))
        assert [link.url for link in found if link.current] == ["/ru/statements/"]

    def test_without_a_request_no_shelf_is_current(self) -> None:
        assert [link for link in look.shelves(look.current_shelf(Context())) if link.current] == []

    def test_the_other_language_keeps_the_question(self) -> None:
        request = RequestFactory().get("/search/?q=border&type=state")
        found = look.languages(Context({"request": request}))
        assert [(link.code, link.url, link.current) for link in found] == [
            ("en", "/search/?q=border&type=state", True),
            ("ru", "/ru/search/?q=border&type=state", False),
        ]

    def test_a_page_may_give_the_other_address_itself(self) -> None:
        found = look.languages(Context({"alternate_url": "/ru/other/"}))
        assert [link.url for link in found] == ["/", "/ru/other/"]


class TestDates:
    """A date says how well it is known."""

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("1992-05-15", '<time class="date" datetime="1992-05-15">15\u00a0May\u00a01992</time>'),
            (
                "2006-12",
                (
                    '<time class="date im" datetime="2006-12">December\u00a02006</time> '
                    '<span class="prec">(month known)</span>'
                ),
            ),
            (
                "2013",
                '<time class="date im" datetime="2013">2013</time> <span class="prec">(year known)</span>',
            ),
            ("1996~", '<span class="date im">about\u00a01996</span>'),
            ("XXXX", '<span class="date im">date\u00a0not\u00a0known</span>'),
        ],
    )
    def test_by_precision(self, text: str, shown: str) -> None:
        assert html.historic_date(parse(text)) == shown

    @pytest.mark.parametrize(
        ("text", "words"),
        [("2025-11-27", "27\u00a0Nov\u00a02025"), ("2008-12", "Dec\u00a02008"), ("2008", "2008")],
    )
    def test_short(self, text: str, words: str) -> None:
        assert f">{words}</time>" in html.historic_date(parse(text), "short")
        assert "known" not in html.historic_date(parse(text), "short")

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("2025-11-27", "27\u00a0ноя\u00a02025"),
            ("2000-05-24", "24\u00a0мая\u00a02000"),  # not "24 май"
            ("2000-05", "май\u00a02000"),
            ("2008", "2008"),
        ],
    )
    def test_short_in_russian_is_cut_from_the_form_that_stands_there(self, text: str, words: str) -> None:
        with translation.override("ru"):
            assert f">{words}</time>" in html.historic_date(parse(text), "short")

    def test_in_russian_only_the_words_change(self) -> None:
        with translation.override("ru"):
            assert html.historic_date(date(1992, 5, 15)) == (
                '<time class="date" datetime="1992-05-15">15\u00a0мая\u00a01992</time>'
            )

    @pytest.mark.parametrize("nothing", [None, ""])
    def test_nothing_is_nothing(self, nothing: Any) -> None:
        assert html.historic_date(nothing) == ""
        assert html.period(nothing, nothing) == ""

    def test_an_open_end_is_not_a_day(self) -> None:
        shown = html.period(date(1994, 4, 20), None)
        assert "no end recorded" in shown
        assert shown.count("<time") == 1
        assert html.period(date(1994, 4, 20), date(1999, 4, 20)).count("<time") == 2
        assert "no beginning recorded" in html.period(None, date(1999, 4, 20))

    @pytest.mark.parametrize("text", ["2004", "2003-12", "2022-01-06", "1996~"])
    def test_one_that_ends_when_it_begins_is_said_once(self, text: str) -> None:
        assert html.period(parse(text), parse(text)) == html.historic_date(parse(text))
        assert " – " in html.period(parse(text), parse("2023"))


class TestLinks:
    """An address from a record becomes a link only where a reader can follow it safely."""

    def test_own_address(self) -> None:
        assert html.linked("Kazakhstan", "/states/kaz/") == '<a href="/states/kaz/">Kazakhstan</a>'

    def test_foreign_address_in_its_language(self) -> None:
        assert html.linked("Закон", "https://example.org/", "ru") == (
            '<a href="https://example.org/" rel="external" lang="ru">Закон</a>'
        )

    @pytest.mark.parametrize(
        "url", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", " javascript:x"]
    )
    def test_an_address_that_runs_is_no_link(self, url: str) -> None:
        assert html.linked("x", url) == "x"

    def test_words_are_escaped(self) -> None:
        assert html.linked("<script>", '/"><b>') == '<a href="/&quot;&gt;&lt;b&gt;">&lt;script&gt;</a>'


class TestSigns:
    """Shape and word together."""

    def test_a_cell_has_its_sign_and_its_word(self) -> None:
        assert html.cell("in_person") == (
            '<td class="at-p" role="cell"><svg class="mk" aria-hidden="true"><use href="#a-p"/></svg>'
            '<span class="vh">in person</span></td>'
        )

    def test_an_unheard_of_kind_is_not_known_and_never_absent(self) -> None:
        assert html.cell("perhaps") == html.cell("not-known")
        assert html.cell("not-known") != html.cell("absent")

    def test_a_badge_of_an_unheard_of_standing_is_not_known(self) -> None:
        assert "not known" in render('{% badge "perhaps" %}')

    def test_confidence_says_nothing_where_none_is_recorded(self) -> None:
        assert render('{% confidence "" %}') == ""
        assert "low confidence" in render('{% confidence "low" %}')

    def test_numbers_of_evidence_lead_to_their_lines(self) -> None:
        assert 'href="#e3"' in html.refs([1, 3])
        assert html.refs([]) == ""
        assert html.refs(2, "f").count("#f2") == 1


class TestTableRow:
    """The first cell heads the row; the others carry the name of their column."""

    columns = ({"label": "State"}, {"label": "Acts", "numeric": True})

    def test_cells(self) -> None:
        row = html.table_row([{"text": "Armenia", "url": "/states/arm/"}, {"text": 0}], self.columns)
        assert row == (
            '<th scope="row" role="rowheader"><a href="/states/arm/">Armenia</a></th>'
            '<td class="r" role="cell" data-l="Acts">0</td>'
        )

    def test_an_empty_cell_stays_empty(self) -> None:
        assert html.table_row([{"text": "a"}, {"text": None}], self.columns).endswith('data-l="Acts"></td>')

    def test_a_row_of_another_length_is_refused(self) -> None:
        with pytest.raises(ValueError, match="longer"):
            html.table_row([{"text": "a"}], self.columns)


class TestMap:
    """Each state by its standing; a state that is not named has none."""

    def test_standings_become_classes(self) -> None:
        shown = render(
            '{% region_map standings title="t" desc="d" %}', standings={"kaz": "member", "arm": "paused"}
        )
        assert 'id="map-kaz" class="c member"' in shown
        assert 'id="map-arm" class="c paused" fill="url(#map-hatch)"' in shown
        assert 'id="map-rus" class="c none"' in shown

    def test_the_key_names_what_is_drawn(self) -> None:
        both = look.region_map({"uzb": "suspended", "geo": "former"})["key"]
        assert [str(entry["label"]) for entry in both] == ["former party, or membership suspended"]
        one = look.region_map({"uzb": "suspended", "kaz": "member"})["key"]
        assert [str(entry["label"]) for entry in one] == ["member", "membership suspended"]


class TestMessages:
    """A reader without cookies is asked for nothing, so that shared caches may keep the page."""

    def test_no_cookie_no_session(self) -> None:
        request: HttpRequest = RequestFactory().get("/")
        assert look.notes_to_reader(Context({"request": request})) == []
        assert not hasattr(request, "_messages")


class TestAsset:
    """An error page must not fail for a missing list of hashed names."""

    def test_without_the_list_the_plain_name_is_used(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing(path: str) -> str:
            raise ValueError(f"Missing staticfiles manifest entry for {path}")

        monkeypatch.setattr(look, "static", missing)
        assert look.asset("css/site.css") == "/static/css/site.css"
