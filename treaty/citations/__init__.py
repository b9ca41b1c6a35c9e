"""References to provisions and instruments in running text, in English and Russian. Pure: no database, no clock.

    found = find(text, book, context)

`book` holds the instruments with the names under which they are published; `context` says whose text it is. Each
citation has its exact span, so that ``text[one.start:one.end]`` is what was written, and spans never overlap.
"""

from treaty.citations.book import Book, Context, Holding
from treaty.citations.found import Citation, Doubt, Found, Kind, Slip, Step, Steps, Warned, pieces
from treaty.citations.grammar import articles_cited, cites_number, find

__all__ = [
    "Book",
    "Citation",
    "Context",
    "Doubt",
    "Found",
    "Holding",
    "Kind",
    "Slip",
    "Step",
    "Steps",
    "Warned",
    "articles_cited",
    "cites_number",
    "find",
    "pieces",
]
