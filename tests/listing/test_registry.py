"""What the catalogue has entered."""

from cstokb import catalogue
from cstokb.listing import registry


def entered() -> tuple[list[str], dict[str, list[str]]]:
    """The names of Listings, and of the panels of each kind."""
    listings = registry.listings()
    panels = {one.kind: [panel.listing.api for panel in registry.panels(one.kind)] for one in listings}
    return [one.api for one in listings], panels


def test_a_catalogue_that_is_filled_twice_holds_everything_once() -> None:
    catalogue.fill()
    before = entered()
    catalogue.fill()
    assert entered() == before
    assert before[1]["topic"].count("sessions") == 1
    assert before[1]["topic"] == list(dict.fromkeys(before[1]["topic"]))
