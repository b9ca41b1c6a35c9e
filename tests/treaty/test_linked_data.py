"""JSON-LD of instruments and provisions, read as RDF without a network."""

import json
import re

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, XSD

from tests.factories import records as make
from tests.factories import treaties
from tests.listing.asking import ask, body, faults
from treaty.models import Instrument

pytestmark = [
    pytest.mark.django_db,
    # rdflib's own reader of JSON-LD uses a class of its own that it has deprecated.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
SCHEMA, ELI = Namespace("https://schema.org/"), Namespace("http://data.europa.eu/eli/ontology#")


@pytest.fixture(scope="class")
def cst(own_database: None) -> Instrument:
    cst = treaties.instrument(
        "cst", "Treaty </script><b>", title_ru="Договор", signed_on="1992-05-15", in_force_on="1994-04-20"
    )
    protocol = treaties.instrument("protocol", kind="protocol", signed_on="2010-12")
    treaties.relation(protocol, "amends", cst)
    one = treaties.article(cst, "1", heading_en="Help")
    treaties.wording(one, "1994-04-20", "2012-12-18", "Older words.")
    treaties.wording(one, "2012-12-19", text="Newer words.", standing="authentic")
    treaties.reference(one, treaties.article(cst, "2"))
    treaties.act(cst, make.state("kaz", "Kazakhstan"), "signature", "1992-05-15")
    return cst


def graph(path: str) -> Graph:
    response = ask(path)
    assert response["Content-Type"] == "application/ld+json"
    return Graph().parse(data=body(response).decode(), format="json-ld")


def at(path: str) -> URIRef:
    """The address of a record, on the site that tests have."""
    from django.conf import settings

    return URIRef(f"{settings.SITE_URL}{path}")


@pytest.mark.usefixtures("cst")
class TestAnInstrument:
    def test_it_is_a_work_in_both_vocabularies(self) -> None:
        told, work = graph("/treaties/cst.jsonld"), at("/treaties/cst/")
        assert set(told.objects(work, RDF.type)) == {SCHEMA.Legislation, ELI.LegalResource}
        assert set(told.objects(work, SCHEMA.name)) == {
            Literal("Treaty </script><b>", lang="en"),
            Literal("Договор", lang="ru"),
        }
        assert told.value(work, ELI.date_document) == Literal("1992-05-15", datatype=XSD.date)
        assert told.value(work, SCHEMA.legislationIdentifier) == Literal("/akn/xx-csto/act/treaty/1992/cst")
        assert set(told.objects(work, SCHEMA.legislationPassedBy)) == {at("/states/kaz/")}
        assert set(told.objects(work, SCHEMA.hasPart)) == {
            at("/treaties/cst/art-1/"),
            at("/treaties/cst/art-2/"),
        }

    def test_force_is_that_of_the_day_and_is_left_out_where_it_is_not_known(self) -> None:
        work = at("/treaties/cst/")
        for day, ours, eli in (
            ("1994-04-19", SCHEMA.NotInForce, ELI["InForce-notInForce"]),
            ("1994-04-20", SCHEMA.InForce, ELI["InForce-inForce"]),
        ):
            told = graph(f"/treaties/cst.jsonld?on={day}")
            assert (told.value(work, SCHEMA.legislationLegalForce), told.value(work, ELI.in_force)) == (
                ours,
                eli,
            )
        unknown = graph("/treaties/protocol.jsonld")
        assert unknown.value(at("/treaties/protocol/"), ELI.in_force) is None

    def test_an_imprecise_date_is_no_day(self) -> None:
        told = graph("/treaties/protocol.jsonld")
        assert told.value(at("/treaties/protocol/"), ELI.date_document) == Literal(
            "2010-12", datatype=XSD.gYearMonth
        )

    def test_the_expression_of_the_day_has_its_language_worth_and_formats(self) -> None:
        for day, first, worth in (
            ("2000-01-01", "1994-04-20", "LegalValue-unofficial"),
            ("2015-01-01", "2012-12-19", "LegalValue-authoritative"),
        ):
            told, text = graph(f"/treaties/cst.jsonld?on={day}"), at(f"/treaties/cst/{first}/en/")
            assert told.value(at("/treaties/cst/"), ELI.is_realized_by) == text
            assert told.value(text, ELI.legal_value) == ELI[worth]
            assert str(told.value(text, ELI.language)).endswith("/language/ENG")
            formats = {told.value(one, SCHEMA.contentUrl) for one in told.objects(text, SCHEMA.encoding)}
            assert formats == {at(f"/treaties/cst/{first}/en.{suffix}") for suffix in ("xml", "json", "txt")}

    def test_relations_have_their_direction(self) -> None:
        treaty, protocol = at("/treaties/cst/"), at("/treaties/protocol/")
        assert (treaty, ELI.amended_by, protocol) in graph("/treaties/cst.jsonld")
        assert (protocol, ELI.amends, treaty) in graph("/treaties/protocol.jsonld")


@pytest.mark.usefixtures("cst")
class TestAProvision:
    def test_it_is_a_part_with_the_words_of_the_day(self) -> None:
        part = at("/treaties/cst/art-1/")
        told = graph("/treaties/cst/art-1.jsonld?on=2012-12-18")
        assert told.value(part, SCHEMA.text) == Literal("Older words.", lang="en")
        assert told.value(part, SCHEMA.isPartOf) == at("/treaties/cst/")
        assert told.value(part, ELI.cites) == at("/treaties/cst/art-2/")
        assert told.value(part, ELI.legal_value) == ELI["LegalValue-unofficial"]
        later = graph("/treaties/cst/art-1.jsonld?on=2012-12-19")
        assert later.value(part, SCHEMA.text) == Literal("Newer words.", lang="en")
        assert graph("/treaties/cst/art-2.jsonld").value(at("/treaties/cst/art-2/"), SCHEMA.text) is None


@pytest.mark.usefixtures("cst")
class TestThePage:
    @pytest.mark.parametrize(
        ("page", "suffixed"),
        [
            ("/treaties/cst/?on=2015-01-01", "/treaties/cst.jsonld?on=2015-01-01"),
            ("/treaties/cst/art-1/?on=2015-01-01", "/treaties/cst/art-1.jsonld?on=2015-01-01"),
            ("/treaties/cst/2015-01-01/en/", "/treaties/cst.jsonld?on=2015-01-01"),
        ],
    )
    def test_its_head_holds_the_same_record_and_nothing_in_it_ends_the_block(
        self, page: str, suffixed: str
    ) -> None:
        head = body(ask(page)).decode().partition("</head>")[0]
        (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head, flags=re.DOTALL)
        assert "<" not in block
        assert json.loads(block) == json.loads(body(ask(suffixed)))

    def test_parameters_are_strict_and_drafts_are_not_there(self, cst: Instrument) -> None:
        assert [one["parameter"] for one in faults("/treaties/cst.jsonld?page=1")] == ["page"]
        before = body(ask("/treaties/cst.jsonld?on=2015-01-01"))
        treaties.article(cst, "3", publication="draft")
        assert before == body(ask("/treaties/cst.jsonld?on=2015-01-01"))
        ask("/treaties/cst/art-3.jsonld", 404)
        make.withdrawn(cst)
        ask("/treaties/cst.jsonld", 410)
