"""Whoever follows links from the home page meets nothing that is missing or broken."""

import pytest
import pytest_django

from cstokb.pages.addresses import english_path
from cstokb.records.models import Entry
from tests.contracts.crawling import Crawl

pytestmark = [
    pytest.mark.slow,
    pytest.mark.contract,
    pytest.mark.django_db,
    pytest.mark.usefixtures("starter"),
]


class Links:
    """What holds of the pages in a language."""

    prefix: str

    @pytest.fixture(scope="class")
    @classmethod
    def crawl(cls, starter: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Crawl:
        with django_db_blocker.unblock():
            records = Entry.objects.public().exclude(path="").values_list("path", "kind")
            made = Crawl(dict(records), cls.prefix)
            made.run()
        return made

    def test_no_internal_link_leads_to_an_error(self, crawl: Crawl) -> None:
        assert {
            path: (status, crawl.named_on[path]) for path, status in crawl.statuses.items() if status >= 400
        } == {}

    def test_every_page_is_well_formed(self, crawl: Crawl) -> None:
        assert crawl.errors == {}

    def test_every_record_with_a_page_can_be_reached(self, crawl: Crawl) -> None:
        named = {english_path(path) for path in crawl.named_on if not crawl.is_foreign(path)}
        missing = {path: kind for path, kind in crawl.records.items() if path.partition("#")[0] not in named}
        assert {path: kind for path, kind in missing.items() if kind != "source"} == {}


class TestEnglish(Links):
    """The pages in English, and what has no language: the API, the exports, the sitemap."""

    prefix = ""


class TestRussian(Links):
    """The pages in Russian."""

    prefix = "/ru"
