"""What the first page of the curators' site shows."""

from typing import Any

from django import template
from django.utils import timezone

from cstokb.curation.desk.desk import Seen, desk_of, may_look
from cstokb.curation.desk.items import Asker

register = template.Library()


@register.simple_tag(takes_context=True)
def desk(context: dict[str, Any]) -> list[Seen]:
    """The desk of the person who asks; nothing for those who may not see all records."""
    user = context["request"].user
    return desk_of(Asker(user, timezone.now())) if may_look(user) else []
