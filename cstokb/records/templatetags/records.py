"""What the curators' pages say of an entry."""

from django import template
from django.utils.functional import Promise

from cstokb.records.registry import model_of

register = template.Library()


@register.filter
def kind_words(kind: str) -> str | Promise:
    """A kind of record as readers call it, in the language of the page."""
    return model_of(kind)._meta.verbose_name or kind
