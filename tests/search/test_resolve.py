"""References in many forms name the record that is meant."""

from urllib.parse import quote

import pytest

from tests.listing.asking import ask, body, data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


class TestResolve:
    def found(self, reference: str, status: int = 200) -> list[str]:
        matches = data(f"/api/v1/resolve/?ref={quote(reference)}", status)["matches"]
        return [f"{one['type']}:{one['id']}" for one in matches]

    @pytest.mark.parametrize(
        "reference",
        [
            *(
                "ст. 4 Договора",
                "статья 4 Договора",
                "Article 4 of the Treaty",
                "Art. 4 of the Collective Security Treaty",
            ),
            *(
                "§ 4 cst",
                "cst/art-4",
                "/treaties/cst/art-4/",
                "http://testserver/ru/treaties/cst/art-4/?on=2010-01-01",
            ),
        ],
    )
    def test_article_four_of_the_treaty(self, reference: str) -> None:
        assert self.found(reference) == ["provision:cst/art-4"]

    @pytest.mark.parametrize(
        ("reference", "record"),
        [
            *(("Article 7 of the Charter", "charter/art-7"), ("устав, ст. 7", "charter/art-7")),
            *(
                ("статьи 51 Устава Организации Объединенных Наций", "un-charter/art-51"),
                ("Chapter IV, Charter", "charter/ch-4"),
            ),
            *(("CST art. 4 para 2", "cst/art-4"), ("пункт 2 статьи 4 договора", "cst/art-4")),
            *(
                ("Article 4(a) of the Treaty of 15 May 1992", "cst/art-4"),
                ("Article\u00a04 CST.", "cst/art-4"),
            ),
        ],
    )
    def test_the_innermost_provision_that_is_held(self, reference: str, record: str) -> None:
        assert self.found(reference) == [f"provision:{record}"]

    @pytest.mark.parametrize("reference", ["UNTS 32307", "UNTS No. 32307", "unts i-32307", "UNTS I - 32307"])
    def test_a_number_of_the_un_treaty_series(self, reference: str) -> None:
        assert self.found(reference) == ["instrument:cst"]
        assert self.found("UNTS 3230") == []

    def test_a_title_or_a_short_title(self) -> None:
        assert self.found("Договором о коллективной безопасности") == ["instrument:cst"]
        assert self.found("Agreement on Legal Status, 2002") == ["instrument:legal-status-2002"]
        assert self.found("Соглашения о правовом статусе, 2002") == ["instrument:legal-status-2002"]

    def test_several_provisions_are_a_list(self) -> None:
        assert self.found("Articles 2 and 4 of the Treaty", 300) == [
            "provision:cst/art-2",
            "provision:cst/art-4",
        ]

    def test_a_kind_of_which_there_are_many(self) -> None:
        found = self.found("Article 2 of the Protocol", 300)
        assert "instrument:cst-protocol-2010" in found
        assert len(found) > 2

    def test_more_than_a_citation_is_none(self) -> None:
        assert self.found("what Article 4 of the Treaty says") == []

    @pytest.mark.parametrize("reference", ["Article 4", "ст. 4", "art.4"])
    def test_an_article_without_its_instrument_is_ambiguous(self, reference: str) -> None:
        found = self.found(reference, 300)
        assert [one for one in found if one.startswith("provision:")] == [
            "provision:cst/art-4",  # of the eldest instrument, as the search has it
            "provision:charter/art-4",
        ]

    @pytest.mark.parametrize(
        ("reference", "record"),
        [
            ("kaz", "state:kaz"),
            ("Казахстан", "state:kaz"),
            ("Tokaev", "person:kassym-jomart-tokayev"),
            ("the Charter", "instrument:charter"),
            ("Устав", "instrument:charter"),
            ("UN Charter", "instrument:un-charter"),
            ("CST", "instrument:cst"),
            ("2022-05-16-moscow", "session:2022-05-16-moscow"),
        ],
    )
    def test_an_id_or_a_name(self, reference: str, record: str) -> None:
        assert self.found(reference) == [record]

    @pytest.mark.parametrize(
        "reference", ["Article 400 of the Treaty", "nobody at all", "/treaties/nothing/", "§"]
    )
    def test_what_names_nothing_matches_nothing(self, reference: str) -> None:
        assert self.found(reference) == []

    @pytest.mark.parametrize(
        "query", ["", "?ref=", "?ref=%20", "?ref=a&ref=b", "?ref=%00", f"?ref={'a' * 301}"]
    )
    def test_no_reference_or_an_unreadable_one_is_refused(self, query: str) -> None:
        assert data(f"/api/v1/resolve/{query}", 400)["errors"][0]["parameter"] == "ref"


class TestTheSearchPage:
    """A citation is met by the way to what it cites, above all that was found."""

    def test_one_meaning(self) -> None:
        shown = body(ask(f"/search/?q={quote('ст. 4 Договора')}")).decode()
        notice = shown[shown.index("This is a reference to") :][:500]
        assert 'href="/treaties/cst/art-4/"' in notice

    def test_several_meanings(self) -> None:
        shown = body(ask("/search/?q=Article+4")).decode()
        notice = shown[shown.index("This is a reference to one of these") :][:1500]
        assert 'href="/treaties/cst/art-4/"' in notice
        assert 'href="/treaties/charter/art-4/"' in notice

    @pytest.mark.parametrize("query", ["", "collective security 2010", "Article", "Article 4 drugs", "unts"])
    def test_other_words_have_none(self, query: str) -> None:
        assert "This is a reference" not in body(ask(f"/search/?q={quote(query)}")).decode()
