"""What a found record is shown with, and how a search is narrowed and read again from its own answer."""

import re
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest

from cstokb.search.filters import NARROWING
from tests.listing.asking import ask, body, data

pytestmark = pytest.mark.django_db
#: Facets that the page shows; each is walked.
WALKED = ("type", "kind", "year", "state", "organ", "topic", "lang", "speaker", "cites")
Pairs = list[tuple[str, str]]


def search(pairs: Pairs) -> dict[str, Any]:
    answer: dict[str, Any] = data(f"/api/v1/search/?{urlencode([*pairs, ('page_size', '200')])}")
    return answer


def ids(answer: dict[str, Any]) -> list[str]:
    return [f"{one['type']}:{one['id']}" for one in answer["results"]]


def counts(answer: dict[str, Any], facet: str) -> dict[str, int]:
    return {one["value"]: one["count"] for one in answer["facets"].get(facet, ())}


@pytest.mark.usefixtures("starter")
class TestCards:
    def test_a_card_tells_type_date_organ_speaker_states_and_languages(self) -> None:
        query = urlencode({"q": "afghanistan border", "kind": "report"})
        (hit,) = data(f"/api/v1/search/?{query}")["results"]
        shown = re.sub(r"\s+", " ", body(ask(f"/search/?{query}")).decode())
        (card,) = re.findall(r'<li class="rec">(.*?)</li>', shown)
        meta = re.findall(r'<p class="meta">(.*?)</p>', card)
        assert "Statement" in meta[0]
        assert "Kassym-Jomart Tokayev" in meta[0]
        assert "English" in meta[0]
        assert (hit["speakers"], hit["states"], hit["languages"]) == (["kassym-jomart-tokayev"], [], ["en"])
        page = re.sub(r"\s+", " ", body(ask("/search/?type=invocation&state=tjk")).decode())
        assert '<p class="meta"> Invocation </p> <p class="meta">Tajikistan</p>' in page

    def test_a_record_is_not_shown_with_itself(self) -> None:
        by_id = {one["id"]: one for one in data("/api/v1/search/?q=Kazakhstan&page_size=200")["results"]}
        assert by_id["kaz"]["states"] == []
        assert by_id["kassym-jomart-tokayev"]["states"] == ["kaz"]


@pytest.mark.usefixtures("starter")
class TestInside:
    def test_a_search_inside_a_treaty_finds_its_articles_and_nothing_else(self) -> None:
        inside = ids(search([("q", "aggression"), ("inside", "cst")]))
        everywhere = ids(search([("q", "aggression")]))
        assert inside
        assert set(inside) == {one for one in everywhere if re.match(r"\w+:cst(/|$)", one)}
        assert set(inside) < set(everywhere)
        assert ids(search([("q", "inside:cst aggression")])) == inside

    def test_an_instrument_is_named_by_its_name_too_and_an_article_holds_its_paragraphs(self) -> None:
        assert ids(search([("inside", "Collective Security Treaty")])) == ids(search([("inside", "cst")]))
        inside = ids(search([("inside", "cst/art-4")]))
        assert "provision:cst/art-4" in inside
        assert all(one.startswith("provision:cst/art-4") for one in inside)

    @pytest.mark.parametrize("path", ["/treaties/cst/", "/ru/treaties/cst/"])
    def test_the_box_on_a_treaty_leads_there(self, path: str) -> None:
        page = body(ask(path)).decode()
        (form,) = re.findall(r'<form class="search inside".*?</form>', page, re.DOTALL)
        (action,) = re.findall(r'action="([^"]*)"', form)
        assert action == path.replace("treaties/cst/", "search/")
        assert '<input type="hidden" name="inside" value="cst">' in form
        assert 'name="q"' in form

    def test_inside_a_statement_every_passage_that_is_found_stands_there_with_its_anchor(self) -> None:
        (hit,) = search([("q", "afghanistan OR security"), ("kind", "report")])["results"]
        (inside,) = search([("q", "afghanistan OR security"), ("inside", hit["id"])])["results"]
        page = body(ask(f"/statements/{hit['id']}/")).decode()
        assert f'<input type="hidden" name="inside" value="{hit["id"]}">' in page
        assert len(hit["passages"]) <= 3
        anchors = [one["anchor"] for one in inside["passages"] if one["role"] == "body"]
        assert anchors
        assert all(f'id="{anchor}"' in page for anchor in anchors)

    def test_what_names_nothing_is_refused(self) -> None:
        assert data("/api/v1/search/?inside=nowhere", 400)["errors"][0]["parameter"] == "inside"


@pytest.mark.usefixtures("starter")
class TestNarrowing:
    def test_a_chosen_value_that_counts_nothing_stays_and_can_be_taken_away(self) -> None:
        page = re.sub(
            r"\s+", " ", body(ask("/search/?q=aggression&state=kaz&state=uzb&speaker=tokayev")).decode()
        )
        for facet, label in (
            ("State", "Kazakhstan"),
            ("State", "Uzbekistan"),
            ("Speaker", "Kassym-Jomart Tokayev"),
        ):
            assert re.search(rf'{facet}:</span> {label} <a href="[^"]*"', page), label
        boxes = re.findall(r'<input type="checkbox" name="state" value="(\w+)" checked>', page)
        assert sorted(boxes) == ["kaz", "uzb"]
        (without,) = re.findall(r'Uzbekistan <a href="([^"]*)"', page)
        assert "state=kaz" in without
        assert "state=uzb" not in without
        (without,) = re.findall(r'Kassym-Jomart Tokayev <a href="([^"]*)"', page)
        assert "speaker" not in without

    def test_a_broad_heading_counts_what_stands_under_the_narrower_ones_and_is_one_choice(self) -> None:
        free = search([])
        narrowed = search([("topic", "threats")])
        assert counts(free, "topic")["threats"] == narrowed["count"]
        page = body(ask("/search/?topic=threats")).decode()
        assert re.findall(r'name="topic"\s+value="([^"]+)"\s+checked', page) == ["threats"]

    @pytest.mark.parametrize("seed", range(4))
    def test_counts_facets_and_pages_agree_wherever_one_walks(self, seed: int) -> None:
        """A step adds a value that some facet offers: it finds as many records as the facet said."""
        random = Random(seed)
        pairs: Pairs = [("q", random.choice(["security", "treaty OR договор", "session", "collective"]))]
        answer = search(pairs)
        for _step in range(4):
            offered = [(name, value) for name in WALKED for value in counts(answer, name)]
            chosen = random.choice(offered)
            told = counts(answer, chosen[0])[chosen[1]]
            already = any(name == chosen[0] for name, _value in pairs)
            pairs = [*pairs, chosen] if chosen not in pairs else pairs
            answer = search(pairs)
            if not already:
                assert answer["count"] == told, pairs
            assert answer["count"] == len(ids(answer)) == len(set(ids(answer)))
            for name in WALKED:
                assert all(value <= answer["count"] for value in counts(answer, name).values()) or any(
                    one == name for one, _value in pairs
                )
            assert chosen[1] in counts(answer, chosen[0])
        paged = [
            one
            for page in range(1, -(-answer["count"] // 3) + 1)
            for one in data(f"/search.json?{urlencode([*pairs, ('page_size', '3'), ('page', str(page))])}")[
                "results"
            ]
        ]
        assert [one["id"] for one in paged] == [one["id"] for one in answer["results"]]
        shown = body(ask(f"/search/?{urlencode(pairs)}")).decode()
        assert f"<span>{answer['count']} record" in shown


def test_every_facet_that_narrows_has_a_parameter() -> None:
    assert set(WALKED) < set(NARROWING)
