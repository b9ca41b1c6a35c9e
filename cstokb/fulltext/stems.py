"""Stems: what the forms of one word have in common, by the script of the word and not by what a text claims.

Latin words have the stem of Snowball's English rules, Cyrillic ones that of its Russian rules with four amendments. The
Russian rules take the end of many nouns and names for that of a verb, but only in some of their cases, so that
«Казахстан» and «Казахстану», «устав» and «уставом», «Токаев» and «Токаева» had different stems:

1. What ends in -ан, -ян, -ав, -яв, also before -а, -ы, -о, is read as a noun (Ереван, Пашиняна, органы, состава), and
   so are some nouns in -ит and -им (саммит, режим) and those in -русь and -пись (Беларусь, подпись).
2. Where -ов or -ев is left, it is an ending too: Токаев, Токаева, Токаевым. Very short names in -ев keep theirs (Киев).
3. -ец is the -ц of the other cases: миротворец, миротворцы.
4. A vowel that stays of -ея goes: ассамблея, ассамблеи.

Only what a stem says of a word changes with these rules: index and query are made by the same ones.
"""

import re
from functools import lru_cache
from typing import Protocol, cast

try:  # compiled, about 300 times faster, the same results
    from Stemmer import Stemmer as Snowball
except ImportError:  # pragma: no cover - a run has the one or the other
    from snowballstemmer import stemmer as Snowball  # noqa: N812 - a function there, a class here


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the package's own name


_ENGLISH = cast("_Stemmer", Snowball("english"))
_RUSSIAN = cast("_Stemmer", Snowball("russian"))
_LATIN_WORD = re.compile(r"[a-z]{4,}")
_CYRILLIC_WORD = re.compile(r"[\u0400-\u04ff]{4,}")
# Nouns and names of which the Russian rules would take more in some cases than in others.
_NOUN = re.compile(
    r"([а-я]+[ая][вн])[аыо]?"
    r"|(саммит|визит|транзит|кредит|лимит|дефицит|бандит|режим|прием|объем|ислам|касым|карабах)"
    r"(?:[аеуы]|ом|ов|ам|ами|ах)?"
    r"|([а-я]+(?:рус|пис))ь|([а-я]{1,2}[ое]в)"
)
_FAMILY = re.compile(r"[а-я]{3,}[ое]в")
_AGENT = re.compile(r"[а-я]{4,}ец")
_CASE = "у"  # an ending that is no verb's


@lru_cache(maxsize=65536)
def stem(form: str) -> str:
    """The stem of a folded word: Russian for Cyrillic letters, English for Latin ones, else the word itself.

    Words of up to three letters are left as they are: what their stems have in common (мой, мои) is too little.
    """
    if _LATIN_WORD.fullmatch(form):
        return _ENGLISH.stemWord(form)
    if _CYRILLIC_WORD.fullmatch(form):
        return _russian(form)
    return form


def _russian(form: str) -> str:
    noun = _NOUN.fullmatch(form)
    found = _RUSSIAN.stemWord(next(filter(None, noun.groups())) + _CASE if noun else form)
    if _FAMILY.fullmatch(found):
        found = _RUSSIAN.stemWord(found)
    if _AGENT.fullmatch(found):
        return f"{found[:-2]}ц"
    return found[:-1] if len(found) > 3 and found.endswith("е") else found


def beginning(root: str) -> str:
    """What every folded word with this stem begins with: rules change two letters before a word's end at most."""
    return root[: max(1, len(root) - 2)]
