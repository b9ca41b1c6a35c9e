"""References in many forms name the record that is meant."""

from urllib.parse import quote

import pytest

from tests.listing.asking import data

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

    @pytest.mark.parametrize("reference", ["Article 4", "ст. 4", "art.4"])
    def test_an_article_without_its_instrument_is_ambiguous(self, reference: str) -> None:
        found = self.found(reference, 300)
        assert {"provision:cst/art-4", "provision:charter/art-4"} <= set(found)
        assert "provision:cst/art-40" not in found

    @pytest.mark.parametrize(
        ("reference", "record"),
        [
            ("kaz", "state:kaz"),
            ("Казахстан", "state:kaz"),
            ("Tokaev", "person:kassym-jomart-tokayev"),
            ("the Charter", "instrument:charter"),
            ("Устав", "instrument:charter"),
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
