"""The API's description of a row, made from the columns of its Listing."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cstokb.listing.evidence import EXPANSIONS
from cstokb.listing.listing import Listing

Fields = dict[str, serializers.Field[Any, Any, Any, Any]]


def make(listing: Listing, *, details: bool = False) -> type[serializers.Serializer[Any]]:
    """A serializer class for one Listing. It describes and never reads: rows are written by the columns."""
    columns = (*listing.all_columns, *listing.details) if details else listing.all_columns
    fields: Fields = {"id": serializers.CharField(help_text=str(_("The public id; it never changes.")))}
    for column in columns:
        fields |= column.schema()
    fields["url"] = serializers.CharField(help_text=str(_("This record in the API.")))
    fields["html_url"] = serializers.CharField(allow_null=True, help_text=str(_("The page that shows it.")))
    fields["changed_at"] = serializers.DateTimeField()
    fields |= {name: EXPANSIONS[name].schema() for name in listing.expansions}
    for name, field in fields.items():
        field.required = name == "id"
    title = "".join(part.capitalize() for part in (listing.word or listing.kind).replace("_", "-").split("-"))
    name = f"{title}Record" if details else title
    return type(name, (serializers.Serializer,), dict(fields))
