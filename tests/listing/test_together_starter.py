"""The first rows of every list of the starter data, in one query and by themselves."""

from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cstokb import catalogue
from cstokb.listing import registry
from cstokb.listing.ask import Ask
from cstokb.listing.listing import Listing
from cstokb.listing.together import MOST_COLUMNS, Wanted, together

catalogue.fill()


def ordered(listing: Listing, ask: Ask) -> Any:
    return listing.rows(ask).order_by(*(key.expression() for key in listing.order_in("en")))


@pytest.mark.django_db
@pytest.mark.usefixtures("starter")
class TestEveryListing:
    @pytest.mark.parametrize("past", [False, True])
    def test_the_first_rows_of_all_lists_come_in_one_query_as_each_list_gives_them(self, past: bool) -> None:
        now, lists = timezone.now(), registry.listings()
        query = f"known_on={now.isoformat().replace('+00:00', 'Z')}" if past else ""
        ask = Ask.about(QueryDict(query), now=now)
        wanted = [Wanted.of(ordered(one, ask), one.reads(), limit=7) for one in lists]
        with CaptureQueriesContext(connection) as queries:
            found = together(*wanted)
        assert len(queries) == 1
        assert all(found)
        assert found == [list(ordered(one, ask).values(*one.reads())[:7]) for one in lists]

    def test_no_list_reads_more_columns_than_a_function_takes(self) -> None:
        assert max(len(one.reads(details=True)) for one in registry.listings()) <= MOST_COLUMNS
