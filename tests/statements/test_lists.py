"""The lists of statements and passages, exactly."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cstokb.listing.ask import Ask
from cstokb.listing.listing import Listing
from cstokb.listing.ordering import stretches
from cstokb.records.scope import NOW, Scope
from members.models import Person, State
from statements.listings import PASSAGES, STATEMENTS
from statements.models import Joined, Statement
from tests.factories import meetings, treaties
from tests.factories import records as make
from tests.listing.asking import ask, body, data, faults, ids_in

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="class")
def states(own_database: None) -> dict[str, State]:
    names = (("arm", "Armenia"), ("kaz", "Kazakhstan"), ("tjk", "Tajikistan"))
    return {slug: make.state(slug, name) for slug, name in names}


@pytest.fixture(scope="class")
def tokayev(own_database: None) -> Person:
    return make.person("kassym-jomart-tokayev", "Kassym-Jomart Tokayev")


@pytest.fixture(scope="class")
def statements(states: dict[str, State], tokayev: Person) -> dict[str, Statement]:
    """Collective texts that Armenia joined, did not join, was absent from or is not known of; a speech; a draft."""
    session = meetings.session("2022-05-16-moscow", "2022-05-16")
    peace = make.topic("peace", "Peace")
    texts = {
        "joined": meetings.statement(
            "2022-05-16-joined", "2022-05-16", session=session, languages="en,ru", topics=[peace.pk]
        ),
        "apart": meetings.statement("2025-06-30-apart", "2025-06-30", issuer="states", languages="ru"),
        "absent": meetings.statement("2024-06-21-absent", "2024-06-21", type="declaration"),
        "unknown": meetings.statement("2021-unknown", "2021"),
        "silent": meetings.statement("2020-01-01-silent", "2020-01-01"),
        "speech": meetings.statement(
            "2022-05-16-speech",
            "2022-05-16",
            type="address",
            issuer="speaker",
            speaker=tokayev,
            speaker_state=states["kaz"],
            languages="en",
        ),
        "draft": meetings.statement("2019-01-01-draft", "2019-01-01", publication="draft"),
        "hidden": meetings.statement("2018-01-01-hidden", "2018-01-01"),
    }
    meetings.stood(texts["joined"], states["arm"], "with-reservation")
    meetings.stood(texts["joined"], states["kaz"])
    meetings.stood(texts["apart"], states["arm"], "did-not-join", reason_en="of its own will")
    meetings.stood(texts["apart"], states["tjk"])
    meetings.stood(texts["absent"], states["arm"], "absent")
    meetings.stood(texts["unknown"], states["arm"], "not-known")
    meetings.stood(texts["silent"], states["tjk"], "did-not-join")
    meetings.stood(texts["draft"], states["arm"], "did-not-join", publication="draft")
    meetings.stood(texts["hidden"], states["arm"], "did-not-join", publication="draft")
    return texts


ALL = [
    "2025-06-30-apart",
    "2024-06-21-absent",
    "2022-05-16-joined",
    "2022-05-16-speech",
    "2021-unknown",
    "2020-01-01-silent",
    "2018-01-01-hidden",
]


@pytest.mark.usefixtures("statements")
class TestStatements:
    @pytest.mark.parametrize(
        ("query", "ids"),
        [
            ("", ALL),
            ("not_joined=arm", ["2025-06-30-apart", "2024-06-21-absent"]),
            (
                "not_joined=Armenia&not_joined=tjk",
                ["2025-06-30-apart", "2024-06-21-absent", "2020-01-01-silent"],
            ),
            ("not_joined=kaz", []),
            ("joined=arm", ["2022-05-16-joined"]),
            ("joined=tjk&not_joined=arm", ["2025-06-30-apart"]),
            ("state=kaz", ["2022-05-16-joined", "2022-05-16-speech"]),
            ("state=arm", ["2022-05-16-joined"]),
            ("speaker=Tokayev", ["2022-05-16-speech"]),
            ("organ=csc&type=declaration", ["2024-06-21-absent"]),
            ("session=2022-05-16-moscow", ["2022-05-16-joined"]),
            ("topic=peace", ["2022-05-16-joined"]),
            ("lang=ru", ["2025-06-30-apart", "2022-05-16-joined"]),
            ("lang=en&lang=ru", ["2025-06-30-apart", "2022-05-16-joined", "2022-05-16-speech"]),
            ("issuer=states", ["2025-06-30-apart"]),
            ("year=2022", ["2022-05-16-joined", "2022-05-16-speech"]),
            ("after=2024-06-21", ["2025-06-30-apart", "2024-06-21-absent"]),
            ("before=2020", ["2020-01-01-silent", "2018-01-01-hidden"]),
            ("on=2022-05-16", ["2022-05-16-joined", "2022-05-16-speech"]),
            ("on=2022-05-17", []),
        ],
    )
    def test_filters_on_page_export_and_api(self, query: str, ids: list[str]) -> None:
        assert ids_in(f"/api/v1/statements/?{query}") == ids
        assert ids_in(f"/statements.csv?{query}") == ids
        assert ids_in(f"/statements.atom?{query}") == ids

    def test_a_day_inside_a_year_is_not_known(self) -> None:
        assert data("/api/v1/statements/?on=2021-03-05")["unknown"] == [
            {"id": "2021-unknown", "blocked_by": ["2021-unknown.issued_on"]}
        ]

    def test_the_record_says_who_stood_behind_it_and_who_did_not(self) -> None:
        record = data("/api/v1/statements/2025-06-30-apart/")
        assert (record["joined"], record["not_joined"]) == (["tjk"], ["arm"])
        assert [(one["state"], one["standing"], one["reason_en"]) for one in record["standings"]] == [
            ("arm", "did-not-join", "of its own will"),
            ("tjk", "joined", None),
        ]

    def test_a_name_that_means_nobody_is_refused_with_the_nearest(self) -> None:
        (fault,) = faults("/api/v1/statements/?not_joined=armenai")
        assert (fault["parameter"], fault["code"], fault["nearest"]) == ("not_joined", "names_nothing", "arm")


class TestFacets:
    """A facet counts every filter but its own, and each text once, however often it names a state."""

    def test_a_state_that_speaks_and_joins_counts_once(
        self, states: dict[str, State], statements: dict[str, Statement]
    ) -> None:
        both = meetings.statement(
            "2023-01-01-both", "2023-01-01", issuer="states", speaker_state=states["kaz"]
        )
        meetings.stood(both, states["kaz"])
        page = data("/api/v1/statements/?state=kaz")
        assert page["count"] == 3
        assert facet("state", "") == {"arm": 1, "kaz": 3, "tjk": 1}
        assert facet("state", "?state=arm&type=statement") == {"arm": 1, "kaz": 2, "tjk": 1}

    @pytest.mark.usefixtures("statements")
    def test_joined_and_not_joined_are_counted_apart(self) -> None:
        assert facet("not_joined", "") == {"arm": 2, "tjk": 1}
        assert facet("joined", "") == {"arm": 1, "kaz": 1, "tjk": 1}

    @pytest.mark.usefixtures("statements")
    def test_a_text_in_two_languages_counts_under_both(self) -> None:
        assert facet("lang", "") == {"en": 2, "ru": 2}


class TestFacetsOfFew:
    def test_a_language_without_a_filter_word_is_not_offered(self) -> None:
        meetings.statement("2022-01-01-de", "2022-01-01", languages="en,de")
        assert facet("lang", "") == {"en": 1}

    def test_a_text_whose_only_words_are_a_draft_is_not_held(self) -> None:
        meetings.text(meetings.statement("2022-01-01-held", "2022-01-01"))
        meetings.text(meetings.statement("2022-01-01-draft", "2022-01-01"), publication="draft")
        assert facet("held", "") == {"yes": 1, "no": 1}
        assert data("/api/v1/statements/?held=yes")["count"] == 1

    def test_a_text_whose_two_passages_cite_one_article_counts_once(self) -> None:
        article = treaties.article(treaties.instrument("cst"), "4")
        held = meetings.text(meetings.statement("2022-01-01-held", "2022-01-01"))
        for anchor in ("p1", "p2"):
            meetings.reference(meetings.passage(held, anchor), provision=article)
        assert counted(STATEMENTS) == {article.pk: 1}
        assert counted(PASSAGES) == {article.pk: 2}


def facet(name: str, query: str, path: str = "/statements/") -> dict[str, int]:
    """The counts of a facet on the page, by public id."""
    shown = body(ask(f"{path}{query}")).decode()
    box = rf'name="{name}"\s+value="([^"]+)"[^>]*>.*?<span class="c">(\d+)</span>'
    return {value: int(n) for value, n in re.findall(box, shown, re.DOTALL)}


def counted(listing: Listing, name: str = "cites", scope: Scope = NOW) -> dict[int, int]:
    """How many rows there are under each record, as a filter counts them."""
    asked = Ask(QueryDict(), timezone.now(), scope=scope)
    rows = listing.rows(asked)
    found: Counter[int] = Counter()
    for part in listing.filters(asked, rows).filters[name].facet_parts(rows):
        found.update({int(value): n for value, n in part.values_list("value", "n")})
    return dict(found)


class TestRowsThatNameStates:
    """A row names the state whose words it holds and those that stood behind its text; it counts once under each."""

    @pytest.fixture
    def three(self) -> tuple[State, State, State]:
        """Of six texts one names no state, the others one in one place, one in both, two in two places, two in one."""
        arm, kaz, tjk = (make.state(slug, slug.title()) for slug in ("arm", "kaz", "tjk"))
        silent = meetings.statement("1-silent")
        speech = meetings.statement("2-speech", speaker_state=kaz)
        both = meetings.statement("3-both", speaker_state=kaz)
        two = meetings.statement("4-two-places", speaker_state=kaz)
        joint = meetings.statement("5-joint")
        apart = meetings.statement("6-apart", speaker_state=arm)
        meetings.stood(both, kaz)
        meetings.stood(two, tjk, "with-reservation")
        meetings.stood(joint, kaz)
        meetings.stood(joint, tjk)
        meetings.stood(joint, arm, publication="draft")
        meetings.stood(apart, tjk, "did-not-join")
        held = {one: meetings.text(one) for one in (silent, speech, both, two, joint, apart)}
        for one in (silent, speech, both, joint, apart):
            meetings.passage(held[one], "p1")
        meetings.passage(held[both], "p2", quotes=apart)  # the words are Armenia's
        meetings.passage(held[both], "p3", quotes=silent)  # nobody's, so that they stay the speaker's
        meetings.passage(held[joint], "p2", quotes=speech)
        meetings.passage(held[joint], "p3", publication="draft")
        return arm, kaz, tjk

    def test_statements(self, three: tuple[State, State, State]) -> None:
        arm, kaz, tjk = (one.pk for one in three)
        assert counted(STATEMENTS, "state") == {arm: 1, kaz: 4, tjk: 2}
        assert {one: data(f"/api/v1/statements/?state={one}")["count"] for one in ("arm", "kaz", "tjk")} == {
            "arm": 1,
            "kaz": 4,
            "tjk": 2,
        }

    def test_passages(self, three: tuple[State, State, State]) -> None:
        arm, kaz, tjk = (one.pk for one in three)
        assert counted(PASSAGES, "state") == {arm: 2, kaz: 6, tjk: 2}
        assert {one: data(f"/api/v1/passages/?state={one}")["count"] for one in ("arm", "kaz", "tjk")} == {
            "arm": 2,
            "kaz": 6,
            "tjk": 2,
        }
        page = "/statements/passages/"
        assert facet("state", "", page) == {"arm": 2, "kaz": 6, "tjk": 2}
        assert facet("state", "?statement=5-joint&state=arm", page) == {"arm": 0, "kaz": 2, "tjk": 2}

    def test_as_of_an_earlier_moment(self, three: tuple[State, State, State]) -> None:
        arm, kaz, tjk = (one.pk for one in three)
        later = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
        then = Scope(later - timedelta(days=1))
        apart = Joined.objects.get(standing="did-not-join")
        apart.standing = "joined"
        make.rewritten(apart, at=later)
        assert counted(STATEMENTS, "state") == {arm: 1, kaz: 4, tjk: 3}
        assert counted(PASSAGES, "state") == {arm: 2, kaz: 6, tjk: 3}
        assert counted(STATEMENTS, "state", then) == {arm: 1, kaz: 4, tjk: 2}
        assert counted(PASSAGES, "state", then) == {arm: 2, kaz: 6, tjk: 2}

    def test_all_states_are_counted_at_once(self) -> None:
        """No part looks at the states one by one, for each of which it would have to go through the rows."""
        asked = Ask.about(QueryDict(), now=timezone.now())
        for listing in (STATEMENTS, PASSAGES):
            rows = listing.rows_to_count(asked)
            for part in listing.filters(asked, rows).filters["state"].facet_parts(rows):
                assert State._meta.db_table not in str(part.query)
                assert "GROUP BY" in str(part.query)

    def test_no_text_and_no_state_behind_one_is_looked_up_for_whether_it_shows(self) -> None:
        """Nearly all do; the few that do not are taken out at once."""
        asked = Ask.about(QueryDict(), now=timezone.now())
        rows = STATEMENTS.rows_to_count(asked)
        filters = STATEMENTS.filters(asked, rows).filters
        for name in ("held", "state", "joined", "not_joined"):
            for part in filters[name].facet_parts(rows):
                assert "JOIN" not in str(part.query), name


@pytest.fixture(scope="class")
def passages(states: dict[str, State], statements: dict[str, Statement], tokayev: Person) -> None:
    """A report of two quotations, a Russian text, and a draft passage."""
    treaty = treaties.instrument("cst")
    article, forty = treaties.article(treaty, "4"), treaties.article(treaty, "40")
    report = meetings.statement("2022-06-01-report", "2022-06", type="report", issuer="press")
    english = meetings.text(report, complete=False)
    quoted = meetings.passage(english, "p1", role="quotation", speaker=tokayev, quotes=statements["speech"])
    cited = meetings.passage(english, "p2", "If one of the states is attacked")
    meetings.reference(cited, provision=article)
    meetings.reference(cited, 2, instrument=treaties.instrument("un-charter", external=True))
    meetings.reference(quoted, provision=forty)
    russian = meetings.text(statements["joined"], "ru")
    meetings.passage(russian, "p1", "Слова", speaker=None)
    secret = meetings.passage(russian, "p2", publication="draft")
    meetings.reference(secret, provision=article)


@pytest.mark.usefixtures("passages")
class TestPassages:
    @pytest.mark.parametrize(
        ("query", "ids"),
        [
            ("", ["2022-06-01-report/p1", "2022-06-01-report/p2", "2022-05-16-joined/p1"]),
            ("cites=cst/art-4", ["2022-06-01-report/p2"]),
            ("cites=cst/art-40", ["2022-06-01-report/p1"]),
            ("cites=un-charter", ["2022-06-01-report/p2"]),
            ("cites=cst", []),
            ("cites=cst/art-4&cites=cst/art-40", ["2022-06-01-report/p1", "2022-06-01-report/p2"]),
            ("statement=2022-05-16-joined", ["2022-05-16-joined/p1"]),
            ("speaker=Tokayev", ["2022-06-01-report/p1"]),
            ("state=kaz", ["2022-06-01-report/p1", "2022-05-16-joined/p1"]),
            ("state=arm&year=2022", ["2022-05-16-joined/p1"]),
            ("quotes=2022-05-16-speech", ["2022-06-01-report/p1"]),
            ("lang=ru", ["2022-05-16-joined/p1"]),
            ("on=2022-05-16", ["2022-05-16-joined/p1"]),
        ],
    )
    def test_filters(self, query: str, ids: list[str]) -> None:
        assert ids_in(f"/api/v1/passages/?{query}") == ids

    def test_statements_by_what_they_cite_and_whom_they_quote(self) -> None:
        assert ids_in("/api/v1/statements/?cites=cst/art-4") == ["2022-06-01-report"]
        assert ids_in("/api/v1/statements/?speaker=Tokayev") == ["2022-06-01-report", "2022-05-16-speech"]

    def test_texts_held_are_told_from_those_that_are_not(self) -> None:
        assert ids_in("/api/v1/statements/?held=yes") == ["2022-06-01-report", "2022-05-16-joined"]
        held = {one["id"]: one["text_held"] for one in data("/api/v1/statements/")["results"]}
        assert [one for one, answer in held.items() if answer] == ["2022-06-01-report", "2022-05-16-joined"]

    def test_a_row_says_who_spoke_what_it_cites_and_where_it_stands(self) -> None:
        row = data("/api/v1/passages/2022-06-01-report/p2/")
        assert (row["cites"], row["speaker"], row["language"]) == (["cst/art-4", "un-charter"], None, "en")
        assert row["html_url"].endswith("/statements/2022-06-01-report/#p2")
        quoted = data("/api/v1/passages/2022-06-01-report/p1/")
        assert (quoted["speaker"], quoted["state"], quoted["quotes"]) == (
            "kassym-jomart-tokayev",
            "kaz",
            "2022-05-16-speech",
        )

    def test_what_nothing_is_called_is_refused_with_the_nearest(self) -> None:
        (fault,) = faults("/api/v1/passages/?cites=cst/art-44")
        assert (fault["parameter"], fault["code"]) == ("cites", "names_nothing")
        assert fault["nearest"] in {"cst/art-4", "cst/art-40"}


def test_the_list_is_read_in_the_order_of_its_index() -> None:
    """Both databases take its first rows from the index, rather than put all rows in order."""
    meetings.statement("2022-01-01", "2022-01-01")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        for query, way in (("", "statement_by_day"), ("sort=date", "")):
            asked = Ask.about(QueryDict(query), now=timezone.now())
            plan = STATEMENTS.select(asked).queryset.values("pk")[:50].explain()
            assert way in plan
            assert bool(way) != ("Sort" in plan or "TEMP B-TREE" in plan), plan


def test_a_page_by_cursor_begins_in_the_index_where_the_page_before_ended() -> None:
    """Of the rows before it none is read; those without a day come in a part of their own, after all that have one."""
    at = meetings.statement("2022-01-01", "2022-01-01")
    rows = STATEMENTS.select(Ask.about(QueryDict(), now=timezone.now())).queryset.values("pk")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        dated, undated = stretches(STATEMENTS.order_in("en"), ["2022-01-01", "2022-01-01", at.pk])
        for part, begun in ((dated, r"issued_on_min\W*<"), (undated, r"issued_on_min( IS NULL|=)")):
            plan = rows.filter(part)[:50].explain()
            assert re.search(rf"statement_by_day.*\(\W*{begun}", plan, re.DOTALL), plan
    assert not list(rows.filter(undated))


def test_a_whole_list_is_put_in_order_without_looking_up_of_each_row_whether_it_shows() -> None:
    """Nearly all do; the few that do not are taken out at once."""
    held = meetings.text(meetings.statement("2022-01-01", "2022-01-01"))
    shown = {STATEMENTS: [held.statement_id], PASSAGES: [meetings.passage(held, "p1").pk]}
    meetings.passage(held, "p2", publication="draft")
    meetings.statement("2022-01-02-draft", "2022-01-02", publication="draft")
    for listing, ids in shown.items():
        with CaptureQueriesContext(connection) as asked:
            tables = list(listing.select(Ask.about(QueryDict(), now=timezone.now())).streamed(10))
        assert [row["entry_id"] for table in tables for row in table] == ids
        assert 'JOIN "records_entry"' not in asked[0]["sql"]
