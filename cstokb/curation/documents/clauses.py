"""Who says in a clause: the subject of a verb of saying, by grammatical nearness and not by the order of names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from cstokb.curation.documents.cases import (
    DATIVE,
    GENITIVE,
    INSTRUMENTAL,
    PREPOSITIONAL,
    case_of_name,
    case_of_office,
    is_feminine,
)
from cstokb.curation.documents.mentions import Mention, Mentions
from cstokb.curation.documents.sayings import (
    ACCORDING,
    ACCORDING_TO_HIM,
    FEMININE,
    OF_TEXTS_ALONE,
    PASSIVE_ENGLISH,
    PASSIVE_RUSSIAN,
    PLURAL,
    TEXT_VERB,
    VERB,
    WORDS_OF_WHOM,
    words,
)

_PREPOSITIONS = words(
    "with to from for of by at about after before against between than under through like including"
    " alongside without in on into upon toward towards regarding concerning via despite с со к ко от ото"
    " для у о об обо при на по перед между из до без через про в во за под над против около вокруг кроме"
    " вместе вслед благодаря согласно вопреки среди помимо после"
)
_OBJECT_AFTER = words("met told saw heard gave led sent")
#: After these stands the subject of a question that is only told, and no pronoun means it.
_ASKED_WHETHER = words("whether ли")
_TRANSITIVE = re.compile(
    r"told|tells|assured|reminded|urged|asked|called|described|dubbed|quoted|cited|warned|urges|asks"
)
_SUBORDINATE = re.compile(
    r"(?:who|whom|whose|which|where|when|while|as|\w+ing|котор\w+|где|когда|пока|чь\w+|\w+(?:вшись|ясь|ая|яя|уя|юя|оря|дя|тя|вая|вш\w+|ущ\w+|ющ\w+|"
    r"вши|ав|ив|ев))$"
)
_WORD = re.compile(r"[\w'-]+")
_LAST_WORD = re.compile(r"([\w'-]+)\s+$")
_CYRILLIC = re.compile("[а-я]")
_JOINING = words("и а но что как однако also and затем потом также сам then that")
_ADVERBS = words(
    "also then further later again the once в также затем далее еще вновь уже тогда при этом там"
)
_RELATIVE = re.compile(r",?\s*(?:who|which|котор(?:ый|ая|ые|ое))\s*(?:also |then |later |также |затем )?$")
_NOMINATIVE_TEXTS = re.compile(
    r"(?:.*\s)?(?:заявление|декларация|коммюнике|договор|устав|соглашение|протокол|стать(?:я|и)|преамбула|стратегия"
    r"|концепция|резолюция|решение|документ|текст|пункт|письмо|послание|обращение)\b"
)
#: The head of "the wording of the Treaty" is the Treaty too.
_WORDS_OF = re.compile(
    r"(?:(?:restatement|wording|text|words|provisions?|preamble|language|summary) of (?:the |its )?"
    r"|(?<![\w-])(?:текст|положени[ея]|норм[аы]|формулировк[аи]|преамбула|изложение|пересказ) (?:\w+ого )?)$"
)
_IN_TEXT = re.compile(r"(?:in|of|by|в|во|из)\s+(?:[\w-]+\s+){0,2}$")
_PASSED = words(
    "the a an all both each every these those other several many most some"
    " his her their its our new then current former his все всех всеми всем этим этой этого его ее их своим своего"
)
_RELATIVES = re.compile(r"whom|which|whose|котор")
_ADJECTIVE = ("ым", "им", "ого", "его", "ому", "ему", "ой", "ish", "ian", "kh")
_HIM_SAYING = ("him as saying", "her as saying")
_AND = re.compile(r",?\s+(?:and|и|а также)\s+(?:the\s+)?")
_TAKES_OBJECT = re.compile(
    "поблагодар|поздрав|приветств|поддерж|встре|назва|спроси|обвини|упрекну|приглас|приня|попроси"
)
_MOST_WORDS = 30
_FAR = 20.0


@dataclass(frozen=True, slots=True)
class Said:
    """What a clause tells: who or what says so, None where it has a verb of saying without a subject of its own.

    ``him`` says that it means who spoke before, ``nobody`` that it means people whom it does not name.
    """

    who: Mention | None
    at: int
    him: bool = False
    nobody: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """A word or phrase of saying: where it stands and what kind it is (said, text, according, him)."""

    start: int
    end: int
    kind: str


class Clauses:
    """Asks the clauses of a text who says in them."""

    def __init__(self, mentions: Mentions, is_quoted: Callable[[int], bool]) -> None:
        self._mentions, self._is_quoted = mentions, is_quoted
        self._low = mentions.low

    def verbs(self, start: int, end: int) -> list[Verb]:
        """The words of saying in a stretch, in its order, those that name whose words they are among them."""
        found: dict[int, Verb] = {}
        for kind, pattern in (
            ("text", TEXT_VERB),
            ("said", VERB),
            ("according", ACCORDING),
            ("owned", WORDS_OF_WHOM),
            ("him", ACCORDING_TO_HIM),
        ):
            for match in pattern.finditer(self._low, start, end):
                found[match.start()] = Verb(match.start(), match.end(), kind)
        return sorted(found.values(), key=lambda verb: verb.start)

    def said(self, start: int, end: int, *, last: bool = False) -> Said | None:
        """Who says in a stretch, by its first verb of saying that has a subject, or by its last."""
        verbs = self.verbs(start, end)
        elided: Said | None = None
        reported: Said | None = None
        for verb in reversed(verbs) if last else verbs:
            if verb.kind == "him" or self._low.endswith(_HIM_SAYING, 0, verb.end):
                return reported or Said(None, verb.start, him=True)
            if reported and verb.kind != "according":
                continue
            who = self._who(verb, start, end)
            if who is not None and who.kind == "group" and verb.kind == "said":
                reported = Said(who, verb.start)  # an agency may report the words of somebody
            elif who is not None:
                return Said(who, verb.start)
            elif verb.kind not in ("according", "owned"):
                elided = elided or Said(None, verb.start, nobody=self._is_by_many(verb))
        return reported or elided

    def _who(self, verb: Verb, start: int, end: int) -> Mention | None:
        if verb.kind == "according":
            return self._whose(verb, end)
        if verb.kind == "owned":
            owners = self._mentions.within(start, verb.start)[-1:]
            return owners[0] if owners and owners[0].end == verb.start else None
        return self.subject(verb, start, end)

    def _whose(self, verb: Verb, end: int) -> Mention | None:
        """Who stands right after "according to", or before it where a relative pronoun does."""
        if _RELATIVES.match(self._low, verb.end):
            return next(reversed(self._mentions.within(max(0, verb.start - 200), verb.start)), None)
        for one in self._mentions.within(verb.end, min(end, verb.end + 200))[:1]:
            between = _WORD.findall(self._low[verb.end : one.start])
            if len(between) <= 2 and (one.kind == "text" or not OF_TEXTS_ALONE.match(self._low, verb.start)):
                return one
        return None

    def subject(self, verb: Verb, start: int, end: int) -> Mention | None:
        """The subject of a verb in its sentence, or who it was said by."""
        best: tuple[float, Mention] | None = None
        for one in self._mentions.within(max(start, verb.start - 400), min(end, verb.end + 300)):
            score = self._distance(one, verb, start)
            if score is not None and (best is None or score < best[0]):
                best = score, one
        if best and best[1].kind in ("name", "office") and self._first_joined(best[1]) is not best[1]:
            return replace(best[1], kind="group")  # "Tokayev and Putin said": not one of them alone
        return best[1] if best else None

    # -- how near -------------------------------------------------------------------------------------------------

    def _distance(self, one: Mention, verb: Verb, start: int) -> float | None:
        """How many words lie between, more where the grammar is against it, None where it forbids it."""
        if one.start < verb.end and one.end > verb.start:
            return None
        after = one.start >= verb.end
        gap = self._low[verb.end : one.start] if after else self._low[one.end : verb.start]
        far = len(_WORD.findall(gap))
        if far > _MOST_WORDS:
            return None
        if one.kind == "text":
            return self._distance_of_text(one, verb, gap, far, start, after=after)
        if self._is_passive(verb):
            return far if self._is_agent(one) else None
        if self._low[one.end : one.end + 2] in ("'s", "s'"):
            return None
        if not after and (_RELATIVE.fullmatch(gap) or gap.strip() == "as"):
            return 0.0
        return self._weighed(one, verb, gap, far, start, after=after)

    def _weighed(
        self, one: Mention, verb: Verb, gap: str, far: int, start: int, *, after: bool
    ) -> float | None:
        before = self._word_before(self._first_joined(one).start)
        if before in _PREPOSITIONS:
            return None
        said = self._low[verb.start : verb.end]
        penalty = self._case_penalty(one, said, gap)
        if penalty is None:
            return None
        if _CYRILLIC.search(said):
            return self._in_russian(one, start, far + penalty, before, gap, after=after)
        if after:
            near = all(word in _ADVERBS for word in _WORD.findall(gap)) and not re.search('[.:;"”]', gap)
            begins = not _WORD.search(self._low, start, verb.start)  # "asked Tokayev" right after the words
            return float(far) if near and (begins or not _TRANSITIVE.fullmatch(said)) else None
        if before.endswith(("ed", "ing")) or before in _OBJECT_AFTER:
            penalty += _FAR
        if self._is_subordinate(one, start):
            penalty += _FAR / 2
        return far + penalty

    def _in_russian(
        self, one: Mention, start: int, score: float, before: str, gap: str, *, after: bool
    ) -> float | None:
        if after:
            return None if re.search(r"(?<![\w-])(?:что|чтобы|как)(?![\w-])|[:;«]", gap) else score
        if before and before not in _JOINING and not self._is_certain(one):
            score += _FAR / 2
        if self._is_subordinate(one, start) or self._is_of_what_is_told(one, start, gap):
            score += _FAR / 2
        return score

    def _is_of_what_is_told(self, one: Mention, start: int, gap: str) -> bool:
        """«Министр напомнил, что стороны договорились, добавив»: they are not those who added."""
        head = self._low[max(start, one.start - 120) : one.start]
        first = _WORD.search(head, head.rfind(",") + 1)
        return "," in gap and first is not None and first[0] == "что"

    def _is_oblique(self, one: Mention) -> bool:
        case = self._case(one)
        if case == GENITIVE:
            return not (one.name and is_feminine(self._low[slice(*one.name)]))
        return case in (DATIVE, INSTRUMENTAL, PREPOSITIONAL, "accusative")

    def _is_certain(self, one: Mention) -> bool:
        """Whether the form can only be a nominative: of names that have no cases it cannot be said."""
        return bool(one.office) or not self._low[one.start : one.end].endswith(("ко", "дзе"))

    def _case_penalty(self, one: Mention, said: str, gap: str) -> float | None:
        """None where the endings forbid that this is the subject."""
        russian = bool(_CYRILLIC.search(said))
        if one.kind == "group":
            return 1.0
        if russian and PLURAL.search(said):
            return None
        if one.kind == "pronoun":
            return 0.0
        case = self._case(one)
        if case in (DATIVE, INSTRUMENTAL, PREPOSITIONAL, "accusative"):
            return None
        feminine = bool(russian and FEMININE.search(said))
        name = self._low[slice(*one.name)] if one.name else ""
        if case == GENITIVE:
            present = bool(re.search(r"[еи]тс?я?$", said)) and not _WORD.search(gap)
            return 0.0 if (feminine and name) or (present and is_feminine(name)) else None
        if feminine and name and re.search(r"(?:[оеё]в|ин)$", name):
            return None
        return 0.0

    def _case(self, one: Mention) -> str:
        if one.office and one.name != (one.start, one.end):
            first = one.start if one.name is None or one.name[0] > one.start else one.name[0]
            if one.name and one.name[0] == one.start:
                return case_of_name(self._low[slice(*one.name)])
            return case_of_office(self._low[first : one.end])
        return case_of_name(self._low[slice(*one.name)]) if one.name else ""

    def _is_passive(self, verb: Verb) -> bool:
        said = self._low[verb.start : verb.end]
        if _CYRILLIC.search(said):
            return bool(PASSIVE_RUSSIAN.fullmatch(said))
        return bool(PASSIVE_ENGLISH.search(self._low[max(0, verb.start - 30) : verb.start]))

    def _is_by_many(self, verb: Verb) -> bool:
        """«Его спросили», «в ведомстве сообщили»: people whom nobody names."""
        said = self._low[verb.start : verb.end]
        return bool(_CYRILLIC.search(said) and PLURAL.search(said))

    def _is_agent(self, one: Mention) -> bool:
        if self._word_before(one.start) == "by":
            return True
        return self._case(one) == INSTRUMENTAL and self._word_before(one.start) not in _PREPOSITIONS

    def _distance_of_text(
        self, one: Mention, verb: Verb, gap: str, far: int, start: int, *, after: bool
    ) -> float | None:
        if _WORDS_OF.search(self._low, max(0, one.start - 60), one.start):
            return far + 0.25
        pronoun = self._low[one.start : one.end] == "it"
        within = not pronoun and bool(_IN_TEXT.search(self._low[max(0, one.start - 40) : one.start]))
        if within and (verb.kind == "text" or self._is_passive(verb)):
            return float(far)
        if self._is_subordinate(one, start):
            far += int(_FAR / 2)
        said = self._low[verb.start : verb.end]
        if within or (after and verb.kind != "text"):
            return None
        if self._word_before(one.start) in _PREPOSITIONS or self._word_before(one.start).endswith("ed"):
            return None
        if _CYRILLIC.search(said) and not _NOMINATIVE_TEXTS.match(self._low[one.start : one.end]):
            return None
        if after:
            return float(far) if not re.search("[.:;]", gap) and far < 3 else None
        return far + (0.0 if verb.kind == "text" else 0.5)

    def _is_subordinate(self, one: Mention, start: int) -> bool:
        """Whether a mention stands in a clause that hangs on another: ", thanking Putin, "."""
        head = self._low[max(start, one.start - 120) : one.start]
        comma = max(head.rfind(","), head.rfind("("))
        first = _WORD.search(head, comma + 1)
        if comma < 0 or first is None:
            return False
        second = _WORD.search(head, first.end())
        hangs = second is not None and first[0] in _PREPOSITIONS and _RELATIVES.match(second[0])
        return bool(hangs or _SUBORDINATE.match(first[0]))

    def _first_joined(self, one: Mention) -> Mention:
        """The first of "Putin and Tokayev", whose part in the sentence is that of both."""
        for near in self._mentions.before(one.start):
            if not _AND.fullmatch(self._low, near.end, one.start):
                return one
            if near.kind in ("name", "office"):
                return near
        return one

    def _word_before(self, place: int) -> str:
        """The word before a mention, articles, possessives and adjectives passed over."""
        at = place
        for _step in range(3):
            found = _LAST_WORD.search(self._low, max(0, at - 30), at)
            if found is None:
                return ""
            word = found[1]
            begun = found.start(1)
            large = self._mentions.text[begun].isupper()
            if word not in _PASSED and (large or not word.endswith(_ADJECTIVE)):
                return word
            at = found.start()
        return ""

    # -- who is meant ---------------------------------------------------------------------------------------------

    def subjects_before(self, place: int, most: int = 60) -> Iterator[Mention]:
        """People who may be meant by a pronoun, nearest first: who was no object, outside of quotations."""
        for count, one in enumerate(self._mentions.before(place)):
            if count >= most:
                return
            if one.kind not in ("name", "office") or self._is_quoted(one.start):
                continue
            first = self._first_joined(one)
            before = self._word_before(first.start)
            if before in _PREPOSITIONS or before in _OBJECT_AFTER or before.endswith(("ed", "ing")):
                continue
            if before in _ASKED_WHETHER:
                continue
            if self._low[one.end : one.end + 2] in ("'s", "s'") or self._is_oblique(first):
                continue
            if self._is_oblique(one) or (_TAKES_OBJECT.match(before) and not self._is_certain(one)):
                continue
            yield one
