"""Random documents and queries made of the same few words, so that they meet often."""

from datetime import date

from hypothesis import strategies as st

from cstokb.fulltext.documents import Document, Role, Segment
from cstokb.fulltext.fields import DateField, FacetField, Field, PeriodField, choices

FIELDS: dict[str, Field] = {
    "state": FacetField("state", choices("kaz", "arm", "blr")),
    "after": DateField("after"),
    "before": DateField("before"),
    "year": PeriodField(),
}
NAMES = {
    "tokayev": ("Токаев", "Tokaev"),
    "kassym-jomart": ("Касым-Жомарт",),
    "nikol pashinyan": ("Никол Пашинян",),
    "tok*": ("Токаев",),
}
_WORDS = """
treaty treaties treated terror terrorism terrorist security secure collective the of and договор договоры
договора безопасность безопасности коллективной и в мой мои Пётр Петр Tokayev Tokaev Токаев Nikol Pashinyan
Никол Пашинян Kassym-Jomart KassymJomart Kassym Jomart Касым-Жомарт co-operation cooperation O’Connor a/b
Article Art. ст. статьи 4 40 4bis § 5 UN U.N. peacekeeping peacekeepers Токаева Пашиняном Казахстан Казахстану
устав уставом кол\u00adлективной ОДКБ\u200bустав мо\u0438\u0306 CSTO\u200f a&b x' -- ); % {x} Straße ﬁle İstanbul
"""
WORDS = _WORDS.split()
GLUE = (" ", " ", " ", " ", ", ", ". ", "-", "\u00a0", "\u200b", "'")

texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GLUE)), max_size=12).map(
    lambda pairs: "".join(word + glue for word, glue in pairs)
)
days = st.none() | st.dates(date(2018, 1, 1), date(2023, 12, 31))


@st.composite
def documents(draw: st.DrawFn) -> list[Document]:
    """A handful of documents with different ids."""
    made = []
    for number in range(draw(st.integers(1, 6))):
        states = draw(st.lists(st.sampled_from(("kaz", "arm", "blr")), max_size=3))
        day = draw(days)
        made.append(
            Document(
                id=number * 7 + 1,
                kind=draw(st.sampled_from(("statement", "person"))),
                date_min=day,
                titles=(("en", draw(texts)),),
                names=tuple(draw(st.lists(texts, max_size=2))),
                segments=tuple(Segment(f"p{i}", "en", draw(texts)) for i in range(draw(st.integers(0, 3)))),
                facets={"state": tuple(states), "year": (str(day.year),) if day else ()},
                roles=tuple(
                    draw(
                        st.lists(
                            st.builds(Role, texts, st.booleans(), st.booleans()),
                            max_size=2,
                            unique_by=lambda one: one.text,
                        )
                    )
                ),
                about=tuple(draw(st.lists(texts, max_size=1))),
                answers=tuple(draw(st.lists(texts, max_size=1))),
                date_max=draw(st.sampled_from((None, date(2024, 1, 1)))) if day else None,
            )
        )
    return made


words = st.sampled_from([*WORDS, "treat", "tok", "догов", "peacekeep"])
phrases = st.lists(words, min_size=1, max_size=4).map(lambda some: '"' + " ".join(some) + '"')
fields = st.sampled_from(
    ("state:kaz", "state:arm", "year:2020", "year:2019..2021", "after:2021", "before:2020-06")
)
pieces = st.one_of(
    words,
    words.map(lambda word: f"{word}*"),
    words.map(lambda word: f"={word}"),
    phrases,
    phrases.map(lambda phrase: f"={phrase}"),
    fields,
    st.tuples(words, st.sampled_from(("*", "")), st.integers(1, 6), words | phrases).map(
        lambda parts: f"{parts[0]}{parts[1]} NEAR/{parts[2]} {parts[3]}"
    ),
)


def _groups(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(" OR ".join),
        inner.map(lambda text: f"-({text})"),
        inner.map(lambda text: f"({text})"),
    )


queries = st.recursive(pieces, _groups, max_leaves=6)
