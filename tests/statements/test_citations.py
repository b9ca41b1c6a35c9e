"""What passages cite: found in their words or tagged by an editor, the same on every surface."""

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.listing.columns import utc
from cstokb.records.publish import WriteRefused
from cstokb.records.rebuilding import rebuild
from members.models import Person, State
from statements.consistency import found_citations_match_the_passages
from statements.models import DetectedCitation, Passage, PassageReference, Statement
from tests.factories import meetings, treaties
from tests.factories import records as make
from tests.factories.curators import curator, sent_back, signed_in
from tests.listing.asking import ask, body, data, ids_in
from treaty.models import Instrument, Provision

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
#: Every surface that lists passages, with the same question.
SURFACES = (
    *("/api/v1/passages/", "/api/v1/passages.csv", "/statements/passages.csv", "/statements/passages.json"),
    *("/statements/passages.ndjson", "/statements/passages.atom"),
)


def treaty() -> Instrument:
    return treaties.instrument(
        "cst",
        "Collective Security Treaty",
        title_ru="Договор о коллективной безопасности",
        signed_on="1992-05-15",
    )


@pytest.fixture
def four() -> Provision:
    return treaties.article(treaty(), "4")


@pytest.fixture
def speech() -> Statement:
    kaz = make.state("kaz", "Kazakhstan")
    leader = make.person("tokayev", "Kassym-Jomart Tokayev")
    return meetings.statement(
        "2022-05-16-speech", "2022-05-16", issuer="speaker", speaker=leader, speaker_state=kaz
    )


def kept() -> list[tuple[str, str, str, bool]]:
    """What the table holds: which passage, by which words, cites what, and whether that is uncertain."""
    rows = DetectedCitation.objects.filter(held=True).order_by("passage__entry__slug", "start", "pk")
    return [
        (
            row.passage.anchor,
            row.words,
            (row.target_provision or row.target_instrument).public_id,
            row.ambiguous,
        )
        for row in rows
    ]


def shown(path: str) -> str:
    return re.sub(r"\s+", " ", body(ask(path)).decode())


def blockquotes(path: str) -> list[str]:
    """The words of the passages of a page, as markup."""
    return re.findall(
        r'<blockquote class="text"[^>]*>(.*?)</blockquote>', body(ask(path)).decode(), re.DOTALL
    )


def plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup)).strip()


class TestFoundInTheWords:
    def test_in_both_languages_with_the_exact_span(self, four: Provision, speech: Statement) -> None:
        english = meetings.passage(meetings.text(speech), "p1", "We apply Article 4 of the Treaty.")
        russian = meetings.text(speech, "ru")
        words = "Мы применяем статью 4 Договора о коллективной безопасности."
        make.published(
            Passage(statement=speech, statement_text=russian, anchor="p1", order=1, text=words),
            "2022-05-16-speech/ru/p1",
        )
        assert kept() == [
            ("p1", "Article 4 of the Treaty", "cst/art-4", False),
            ("p1", "статью 4 Договора о коллективной безопасности", "cst/art-4", False),
        ]
        for row in DetectedCitation.objects.all():
            assert row.passage.text[row.start : row.end] == row.words
        (one,) = data(f"/api/v1/passages/{english.public_id}/")["references"]
        assert (one["target"], one["basis"], one["words"]) == (
            "cst/art-4",
            "cited",
            "Article 4 of the Treaty",
        )

    def test_every_surface_lists_it_and_article_40_is_another(
        self, four: Provision, speech: Statement
    ) -> None:
        treaties.article(four.instrument, "40")
        text = meetings.text(speech)
        meetings.passage(text, "p1", "See Article 4 of the Treaty.")
        meetings.passage(text, "p2", "See Article 40 of the Treaty.")
        for path in SURFACES:
            assert ids_in(f"{path}?cites=cst/art-4") == ["2022-05-16-speech/p1"], path
            assert ids_in(f"{path}?cites=cst/art-40") == ["2022-05-16-speech/p2"], path
        assert ids_in("/api/v1/statements/?cites=cst/art-4") == ["2022-05-16-speech"]
        assert ids_in("/api/v1/passages/?cites=cst") == []
        assert 'href="/statements/2022-05-16-speech/#p1"' in shown("/treaties/cst/art-4/")
        assert 'href="/statements/2022-05-16-speech/#p1"' not in shown("/treaties/cst/art-40/")
        found = data("/api/v1/search/?q=cites:cst/art-4")["results"]
        assert [one["id"] for one in found if one["type"] == "statement"] == ["2022-05-16-speech"]

    def test_links_stand_side_by_side_and_the_words_stay_as_they_are(
        self, four: Provision, speech: Statement
    ) -> None:
        """B021: two citations after each other are two links, none inside the other."""
        words = "Article 4 of the Treaty, Article 4 of the Treaty & <more>."
        meetings.passage(meetings.text(speech), "p1", words)
        (markup,) = blockquotes("/statements/2022-05-16-speech/")
        assert markup.count('<a class="cites" href="/treaties/cst/art-4/"') == 2
        assert not re.search(r"<a[^>]*>(?:(?!</a>).)*<a", markup)
        assert plain(markup) == words

    def test_what_may_mean_several_is_marked_and_leads_nowhere(
        self, four: Provision, speech: Statement
    ) -> None:
        charter = treaties.instrument("charter", "CSTO Charter", kind="charter")
        treaties.article(charter, "4")
        meetings.passage(meetings.text(speech), "p1", "As Article 4 says.")
        assert [one[1:] for one in kept()] == [
            ("Article 4", "charter/art-4", True),
            ("Article 4", "cst/art-4", True),
        ]
        (markup,) = blockquotes("/statements/2022-05-16-speech/")
        assert "<a" not in markup
        assert '<span class="unsure"' in markup
        for target in ("cst/art-4", "charter/art-4"):
            assert ids_in(f"/api/v1/passages/?cites={target}") == []
        assert data("/api/v1/passages/2022-05-16-speech/p1/")["cites"] == []

    def test_an_article_of_an_instrument_that_is_not_held_leads_nowhere(
        self, four: Provision, speech: Statement
    ) -> None:
        meetings.passage(meetings.text(speech), "p1", "Article 4 of the North Atlantic Treaty.")
        assert kept() == []
        assert "<a" not in blockquotes("/statements/2022-05-16-speech/")[0]


class TestKeptInStep:
    def test_a_draft_cites_nothing_until_it_is_published(self, four: Provision, speech: Statement) -> None:
        text = meetings.text(speech)
        hidden = meetings.passage(text, "p1", "Article 4 of the Treaty.", publication="draft")
        assert kept() == []
        make.published(hidden, hidden.public_id, at=LATER)
        assert [one[2] for one in kept()] == ["cst/art-4"]

    def test_a_withdrawn_passage_and_one_of_a_withdrawn_text_cite_nothing(
        self, four: Provision, speech: Statement
    ) -> None:
        text = meetings.text(speech)
        make.withdrawn(meetings.passage(text, "p1", "Article 4 of the Treaty."), at=LATER)
        meetings.passage(text, "p2", "Article 4 of the Treaty.")
        assert [one[0] for one in kept()] == ["p2"]
        make.withdrawn(speech, at=LATER)
        assert kept() == []

    def test_a_name_that_becomes_known_is_found_in_earlier_passages_and_by_the_search(
        self, speech: Statement
    ) -> None:
        meetings.passage(meetings.text(speech), "p1", "Article 4 of the Friendship Pact.")
        assert kept() == []
        pact = treaties.instrument("pact", "Friendship Pact")
        article = treaties.article(pact, "4")
        assert kept() == [("p1", "Article 4 of the Friendship Pact", "pact/art-4", False)]
        (found,) = data("/api/v1/search/?q=cites:pact/art-4")["results"]
        assert found["id"] == "2022-05-16-speech"
        make.withdrawn(article, at=LATER)
        assert [one[2] for one in kept()] == ["pact"]

    def test_making_it_anew_changes_nothing_and_the_check_sees_what_is_missing(
        self, four: Provision, speech: Statement
    ) -> None:
        meetings.passage(meetings.text(speech), "p1", "Article 4 of the Treaty.")
        before = kept()
        list(rebuild(LATER))
        assert kept() == before
        assert list(found_citations_match_the_passages(date(2026, 1, 1))) == []
        DetectedCitation.objects.all().delete()
        (broken,) = found_citations_match_the_passages(date(2026, 1, 1))
        assert (broken.kind, broken.id) == ("passage", "2022-05-16-speech/p1")

    def test_of_an_earlier_moment_the_words_of_then_are_read(
        self, four: Provision, speech: Statement
    ) -> None:
        one = meetings.passage(meetings.text(speech), "p1", "Article 4 of the Treaty.")
        one.text = "Nothing is cited."
        make.rewritten(one, at=LATER, correction=True)
        then = f"known_on={utc(LATER - timedelta(days=1))}"
        for path in SURFACES:
            assert ids_in(f"{path}?cites=cst/art-4") == [], path
            assert ids_in(f"{path}?cites=cst/art-4&{then}") == ["2022-05-16-speech/p1"], path
        assert data(f"/api/v1/passages/{one.public_id}/?{then}")["cites"] == ["cst/art-4"]
        page = shown(f"/statements/passages/?cites=cst/art-4&{then}")
        assert re.search(r'value="cst/art-4" checked[^>]*>.*?<span class="c">1</span>', page)


class TestTaggedByAnEditor:
    @pytest.fixture
    def passage(self, four: Provision, speech: Statement) -> Passage:
        return meetings.passage(meetings.text(speech), "p1", "An attack on one is an attack on all.")

    @pytest.fixture
    def tag(self, four: Provision, passage: Passage) -> PassageReference:
        return meetings.reference(passage, provision=four, basis="tagged", note_en="Its very idea.")

    def everywhere(self) -> list[bool]:
        """Whether each surface shows the tag."""
        found = [len(ids_in(f"{path}?cites=cst/art-4")) for path in SURFACES]
        found.append(len(ids_in("/api/v1/statements/?cites=cst/art-4")))
        found.append(len(data("/api/v1/search/?q=cites:cst/art-4")["results"]))
        found.append(len(data("/api/v1/passages/2022-05-16-speech/p1/")["cites"]))
        found.append(shown("/treaties/cst/art-4/").count('href="/statements/2022-05-16-speech/#p1"'))
        found.append(shown("/statements/2022-05-16-speech/").count("Leans on:"))
        found.append(shown("/statements/passages/").count('value="cst/art-4"'))
        return [n > 0 for n in found]

    def test_untagging_removes_it_everywhere(self, tag: PassageReference) -> None:
        assert set(self.everywhere()) == {True}
        make.withdrawn(tag, at=LATER)
        assert set(self.everywhere()) == {False}

    def test_the_page_says_when_and_why_and_the_api_that_no_words_say_it(self, tag: PassageReference) -> None:
        said = re.sub(r"<[^>]+>", " ", shown("/statements/2022-05-16-speech/"))
        assert re.search(
            r"Leans on: +Article 4, Collective Security Treaty +\(tagged by an editor, 1.January.2026\)[^.]*\. Its",
            said,
        )
        (one,) = data("/api/v1/passages/2022-05-16-speech/p1/")["references"]
        assert (one["basis"], one["words"], one["added_at"]) == ("tagged", None, "2026-01-01T12:00:00Z")

    def test_where_the_words_say_it_too_it_is_one_citation_with_their_span(
        self, four: Provision, speech: Statement
    ) -> None:
        one = meetings.passage(meetings.text(speech), "p1", "By Article 4 of the Treaty.")
        meetings.reference(one, provision=four, basis="tagged")
        record = data("/api/v1/passages/2022-05-16-speech/p1/")
        assert record["cites"] == ["cst/art-4"]
        assert [(each["basis"], each["words"]) for each in record["references"]] == [
            ("tagged", "Article 4 of the Treaty")
        ]

    def test_the_admin_notes_who_tagged_and_when(self, four: Provision, passage: Passage) -> None:
        publisher = curator("publisher")
        client = signed_in(publisher)
        path = "/admin/statements/passagereference/"
        form = client.get(f"{path}add/")
        sent = sent_back(
            form, public_id="2022-05-16-speech/p1/ref-1", basis="tagged", publication="published"
        )
        sent |= {"passage": str(passage.pk), "provision": str(four.pk)}
        response = client.post(f"{path}add/", sent)
        assert response.status_code == 302, response.context["adminform"].form.errors
        made = PassageReference.objects.get()
        assert made.tagged_by == publisher
        assert publisher.get_username() in client.get(path).text
        assert publisher.get_username() not in str(data("/api/v1/passages/2022-05-16-speech/p1/"))


class TestOnTheArticle:
    """The page of an article counts its passages by year, speaker and state, and leads to each."""

    @pytest.fixture
    def states(self) -> dict[str, State]:
        return {slug: make.state(slug, name) for slug, name in (("kaz", "Kazakhstan"), ("rus", "Russia"))}

    def say(self, slug: str, day: str, who: Person, state: State, times: int = 1) -> None:
        one = meetings.statement(slug, day, issuer="speaker", speaker=who, speaker_state=state)
        text = meetings.text(one)
        for number in range(times):
            meetings.passage(text, f"p{number + 1}", "Article 4 of the Treaty.")

    def test_counts_are_those_of_the_list(self, four: Provision, states: dict[str, State]) -> None:
        tokayev, putin = make.person("tokayev", "Tokayev"), make.person("putin", "Putin")
        self.say("2020-01-01-one", "2020-01-01", tokayev, states["kaz"], 2)
        self.say("2022-01-01-two", "2022-01-01", putin, states["rus"])
        page = shown("/treaties/cst/art-4/")
        counts = re.findall(r'<li> <a href="([^"]+)">([^<]+)</a> <span class="c">(\d+)</span>', page)
        assert [(label, n) for _url, label, n in counts] == [
            ("Tokayev", "2"),
            ("Putin", "1"),
            ("Kazakhstan", "2"),
            ("Russia", "1"),
        ]
        for url, _label, n in counts:
            address = html.unescape(url).replace("/statements/passages/", "/api/v1/passages/")
            assert data(address)["count"] == int(n), url
        years = re.findall(r'<th scope="row">(?: <a[^>]*>)? ?(\d{4}).*?<td class="r">(\d+)</td>', page)
        assert years[:7] == [(str(year), "0") for year in range(2013, 2020)]
        assert years[7:] == [("2020", "2"), ("2021", "0"), ("2022", "1")]

    def test_a_page_costs_the_same_for_one_passage_and_for_many(
        self, four: Provision, states: dict[str, State]
    ) -> None:
        leader = make.person("tokayev", "Tokayev")
        costs = []
        for number, times in enumerate((1, 8)):
            self.say(f"202{number}-01-01-one", f"202{number}-01-01", leader, states["kaz"], times)
            for path in (
                "/treaties/cst/art-4/",
                "/statements/passages/",
                f"/statements/202{number}-01-01-one/",
            ):
                with CaptureQueriesContext(connection) as queries:
                    ask(path)
                costs.append(len(queries))
        assert costs[:3] == costs[3:] == [7, 4, 8]


class TestAnchors:
    """Law 7: an anchor names one passage for ever."""

    def test_one_that_readers_have_seen_cannot_change(self, speech: Statement) -> None:
        one = meetings.passage(meetings.text(speech), "p1")
        one.anchor = "p2"
        with pytest.raises(WriteRefused, match="names its passage for ever"):
            make.rewritten(one, at=LATER)
        assert ids_in("/api/v1/passages/") == ["2022-05-16-speech/p1"]

    def test_that_of_a_withdrawn_passage_is_never_given_again(self, speech: Statement) -> None:
        text = meetings.text(speech)
        make.withdrawn(meetings.passage(text, "p1"), at=LATER)
        again = Passage(statement=speech, statement_text=text, anchor="p1", order=2, text="Other words.")
        with pytest.raises(WriteRefused, match="already exists"):
            make.published(again, "2022-05-16-speech/p1-again", at=LATER)

    def test_a_draft_may_get_another_and_one_may_be_put_in_between(self, speech: Statement) -> None:
        text = meetings.text(speech)
        draft = meetings.passage(text, "p1", order=3, publication="draft")
        draft.anchor = "p2"
        make.rewritten(draft, at=LATER)
        meetings.passage(text, "p1", order=1)
        meetings.passage(text, "p1a", order=2)
        anchors = [one["anchor"] for one in data("/api/v1/passages/")["results"]]
        assert anchors == ["p1", "p1a"]
