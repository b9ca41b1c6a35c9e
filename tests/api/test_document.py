"""The OpenAPI document as a document; no database is asked."""

from io import StringIO

from django.core.management import call_command
from openapi_spec_validator import validate

from cstokb import catalogue
from cstokb.api.reference import document

catalogue.fill()


def test_it_is_valid_openapi_3_1_with_the_version_first() -> None:
    assert next(iter(document())) == "openapi"
    assert document()["openapi"].startswith("3.1")
    validate(document())


def test_it_is_made_without_a_warning() -> None:
    call_command("spectacular", format="openapi-json", fail_on_warn=True, stdout=StringIO())
