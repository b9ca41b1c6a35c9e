"""States, memberships, people, offices, terms and organs in the API."""

from __future__ import annotations

from cstokb.listing.api import ListingViewSet
from members import listings


class StateViewSet(ListingViewSet):
    """States, each with its standing on the day asked about."""

    listing = listings.STATES


class MembershipViewSet(ListingViewSet):
    """Periods in which a state or an assembly stood to the Organization or one of its organs."""

    listing = listings.MEMBERSHIPS


class PersonViewSet(ListingViewSet):
    """People, each with the office held on the day asked about, or held last."""

    listing = listings.PEOPLE


class OfficeViewSet(ListingViewSet):
    """Offices of states and organs."""

    listing = listings.OFFICES


class TermViewSet(ListingViewSet):
    """Who held which office from when to when."""

    listing = listings.TERMS


class OrganViewSet(ListingViewSet):
    """Organs and forces of the Organization, and bodies outside it that its records name."""

    listing = listings.ORGANS


VIEWSETS = (StateViewSet, MembershipViewSet, PersonViewSet, OfficeViewSet, TermViewSet, OrganViewSet)
