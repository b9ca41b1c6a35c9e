"""Pairs of texts that resemble each other: prose in two alphabets, composed and decomposed, with odd white space."""

import unicodedata

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

#: A machine that others use too is slow at times, which is no fault of what is tested.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

_WORDS = """
the of and a the parties Treaty Council security collective self-defence co-operation O’Connor 4 4-1 1,5 § 51
и в Договор Стороны безопасность из-за йод ёлка Қазақстан Ғ ўзбек Հայ ქართ é café
"""
WORDS = _WORDS.split()
WORDS += [unicodedata.normalize("NFD", word) for word in ("йод", "ёлка", "café", "ўзбек")]
WORDS += ["co\u00adoperation", "\u0301", "\U0001f600", "👩\u200d⚖️", "क्षि"]
GLUE = [
    " ",
    " ",
    " ",
    ", ",
    ". ",
    "; ",
    "",
    "\u00a0",
    "  ",
    "\n",
    "\n\n",
    "\r\n\r\n",
    "\n \n",
    "\t",
    ".\n\n",
    "…",
]

pairs = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GLUE)), max_size=24)


def _text(parts: list[tuple[str, str]]) -> str:
    return "".join(word + glue for word, glue in parts)


prose = pairs.map(_text)
anything = st.one_of(prose, st.text(max_size=30), st.text("ab \n.", max_size=30))


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and what an editor made of it: words left out, put in, and moved."""
    older = draw(pairs)
    newer = list(older)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(newer)))
        size = draw(st.integers(0, 6))
        newer[at : at + size] = draw(st.lists(st.sampled_from(pairs_of_words), max_size=6))
    return _text(older), _text(newer)


pairs_of_words = [(word, glue) for word in WORDS[:12] for glue in GLUE[:6]]
