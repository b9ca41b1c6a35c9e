"""Text to comparable forms: the one door to folding, sorting, name keys and terms."""

from cstokb.fulltext.folding import fold, sort_key
from cstokb.fulltext.names import name_key
from cstokb.fulltext.terms import Token, terms

__all__ = ["Token", "fold", "name_key", "sort_key", "terms"]
