"""Statements, how states stood to them, and passages in the API."""

from __future__ import annotations

from cstokb.listing.api import ListingViewSet
from statements import listings


class StatementViewSet(ListingViewSet):
    """Texts issued by organs, by states together and by speakers."""

    listing = listings.STATEMENTS


class JoinedViewSet(ListingViewSet):
    """How states stood to collective texts."""

    listing = listings.JOINED


class PassageViewSet(ListingViewSet):
    """Paragraphs of texts whose words are held, with what they cite."""

    listing = listings.PASSAGES


VIEWSETS = (StatementViewSet, JoinedViewSet, PassageViewSet)
