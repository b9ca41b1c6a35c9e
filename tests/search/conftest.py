"""What holds before every test of the search."""

import pytest

from cstokb.search import people


@pytest.fixture(autouse=True)
def nobody_known() -> None:
    """Forget what people were called in the test before: its records had the same moments."""
    people.known.cache_clear()
