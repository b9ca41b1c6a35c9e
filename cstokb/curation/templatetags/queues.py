"""What the first page of the curators' site shows."""

from typing import Any

from django import template

from cstokb.curation.site import Waiting, waiting

register = template.Library()


@register.simple_tag(takes_context=True)
def queues(context: dict[str, Any]) -> list[Waiting]:
    """The queues, for the person who asks."""
    return waiting(context["request"].user)
