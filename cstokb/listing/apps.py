"""One Listing for each model: the rows, the filters and the columns that every surface shows."""

from django.apps import AppConfig


class ListingConfig(AppConfig):
    """One Listing for each model: the rows, the filters and the columns that every surface shows."""

    name = "cstokb.listing"
    label = "listing"
