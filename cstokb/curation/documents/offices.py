"""Offices as texts name them: "the President of Kazakhstan", "Генеральный секретарь ОДКБ", "the Kazakh leader"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cstokb.curation.documents.model import Span
from cstokb.curation.documents.sayings import words

#: Heads of phrases by the class of office that they mean, so that "head of state" is found to be the President.
_HEADS = {
    "head": (
        r"president|head of (?:the )?(?:state|republic)|leader"
        r"|президент(?:а|у|ом|е)?|глав(?:а|ы|е|у|ой) (?:государства|республики)|лидер(?:а|у|ом|е)?"
    ),
    "premier": (
        r"prime[ -]minister|premier|head of (?:the )?government"
        r"|премьер(?:-министр)?(?:а|у|ом|е)?|глав(?:а|ы|е|у|ой) (?:правительства|кабинета министров|кабмина)"
    ),
    "foreign": (
        r"foreign minister|minister (?:of|for) foreign affairs|head of (?:the )?foreign ministry"
        r"|министр(?:а|у|ом|е)? иностранных дел|глав(?:а|ы|е|у|ой) мид(?:а)?"
    ),
    "defence": (
        r"defen[cs]e minister|minister (?:of|for) defen[cs]e"
        r"|министр(?:а|у|ом|е)? обороны|глав(?:а|ы|е|у|ой) (?:минобороны|оборонного ведомства|военного ведомства)"
    ),
    "secretary": (
        r"secretary[ -]general|генеральн(?:ый|ого|ому|ым|ом) секретар(?:ь|я|ю|ем|е)|генсек(?:а|у|ом|е)?"
        r"|глав(?:а|ы|е|у|ой) (?:одкб|секретариата)"
    ),
    "voice": (
        r"spokes(?:man|woman|person)|press[ -]secretary"
        r"|пресс-секретар(?:ь|я|ю|ем|е)|официальн(?:ый|ая|ого|ой) представител(?:ь|я|ю|ем|е|ьница)"
    ),
    "other": (
        r"chair(?:man|woman|person)|commander(?:-in-chief)?|ambassador|(?:permanent )?representative|envoy|speaker"
        r"|chief of (?:the )?(?:joint |general )?staff|adviser|advisor|director|minister|secretary|head"
        r"|chief|expert|deputy(?: secretary[ -]general| minister| head| chairman)?|colleague|analyst|historian"
        r"|председател(?:ь|я|ю|ем|е)|командующ(?:ий|его|ему|им|ем)|посол|посл(?:а|у|ом|е)|постпред(?:а|у|ом|е)?"
        r"|(?:постоянн(?:ый|ого|ому|ым) )?представител(?:ь|я|ю|ем|е)|спикер(?:а|у|ом|е)?|начальник(?:а|у|ом|е)?"
        r"|советник(?:а|у|ом|е)?|помощник(?:а|у|ом|е)?|заместител(?:ь|я|ю|ем|е)|замминистра|директор(?:а|у|ом|е)?"
        r"|министр(?:а|у|ом|е)?|секретар(?:ь|я|ю|ем|е)|глав(?:а|ы|е|у|ой)|руководител(?:ь|я|ю|ем|е)|эксперт(?:а|у|ом)?"
        r"|депутат(?:а|у|ом)?|сенатор(?:а|у|ом)?|собеседник(?:а|у|ом)?|коллег(?:а|и|е|у|ой)|политолог(?:а|у|ом)?"
        r"|историк(?:а|у|ом)?|ведущ(?:ий|ая|его|ему)|журналист(?:ка|а|у|ом)?|корреспондент(?:а|у|ом)?"
    ),
}
#: Whoever speaks and is no single person.
_GROUPS = (
    r"presidents|leaders|heads of (?:state|the (?:member )?states|government)|ministers|parties|sides|members"
    r"|participants|ministry|press service|press office|secretariat|government|agency|council|assembly|experts"
    r"|reporters|sources?|officials|they|we|delegations?|states|countries|staff|office|newspaper|journalists|organi[sz]ation"
    r"|президенты|лидеры|главы (?:государств|правительств|стран|делегаций)|министры|стороны|участники|министерство"
    r"|пресс-служба|секретариат|правительство|агентство|издание|совет|ассамблея|эксперты|журналисты|источники?|они|мы"
    r"|делегации|государства|страны|ведомство|штаб|газета|сми|аппарат|мид|минобороны|организация|редакция|тасс|акорда"
)
_BEFORE = (
    r"acting|former|first|deputy|vice|executive|current|then|и\.\s?о\.|врио|бывш(?:ий|его|ему|им)|перв(?:ый|ого|ому|ым)"
    r"|нынешн(?:ий|его|ему|им)|тогдашн(?:ий|его|ему|им)"
)
HEAD = re.compile(
    rf"(?<![\w-])(?P<before>(?:(?:{_BEFORE})[\s-]+)*)(?:"
    + "|".join(f"(?P<{name}>{heads})" for name, heads in _HEADS.items())
    + r")(?![\w-])"
)
GROUP = re.compile(rf"(?<![\w-])(?:{_GROUPS})(?![\w-])")
#: Words that go on after the head of an office without being the name of a record.
_WITHIN = words(
    "republic state states government country nation foreign affairs defence defense council ministers"
    " cabinet parliament parliamentary assembly organization organisation collective security joint staff"
    " secretariat ministry national supreme federation delegation alliance csto united nations cis sco"
    " general interior member peacekeeping forces service press republics committee secretaries"
    " республики республике республикой государства государств страны стран ведомства кабинета министров"
    " правительства мид дел обороны иностранных внутренних совета безопасности коллективной организации"
    " договора о парламента парламентской ассамблеи делегации объединенного штаба секретариата одкб оон"
    " снг шос рк рф рб кр рт ра министерства национального национальной верховного федерации комитета"
    " секретарей советов коллективных сил оперативного реагирования миротворческих при федерации"
    " экономики администрации службы"
)
_JOINTS = re.compile(r"\s+(?:(?:of|for|to|in|at|on)\s+)?(?:the\s+)?|\s+(?:и|and)\s+(?:the\s+)?")
_WORD = re.compile(r"[\w.-]*\w")
_ADJECTIVE_BEFORE = re.compile(r"(?<![\w-])([\w-]+(?:'s)?)\s+$")
_FARTHEST = 90
_OF_A_COUNTRY = re.compile(r"\w+ск(?:ий|ая|ого|ому|им|ой)")


@dataclass(frozen=True, slots=True)
class Office:
    """A phrase that names an office: its span, its class, and the span of its head."""

    start: int
    end: int
    kind: str
    head: Span


def offices(low: str, raw: str, covers: Mapping[int, int], persons: Mapping[int, int]) -> list[Office]:
    """The phrases of a text that name an office, outermost only.

    Args:
        low: the folded text.
        raw: the text.
        covers: where findings of states and organs start, and where each ends.
        persons: the same of persons by name, which no phrase reaches into.
    """
    found: list[Office] = []
    reached = 0
    for match in HEAD.finditer(low):
        if match.start() < reached:
            continue
        start = _begins(low, raw, match.start(), covers, reached)
        end = _ends(low, match.end(), covers, persons)
        found.append(Office(start, end, match.lastgroup or "other", _head(match)))
        reached = end
    return found


def _head(match: re.Match[str]) -> Span:
    return match.span(match.lastgroup or 0)


def _begins(low: str, raw: str, at: int, covers: Mapping[int, int], least: int) -> int:
    """Where the phrase begins: before it may stand whose office it is ("CSTO Secretary General")."""
    before = _ADJECTIVE_BEFORE.search(low, max(least, at - 40), at)
    if before is None or before.start() < least:
        return at
    start, word = before.start(1), before[1]
    known = covers.get(start, -1) in {at - 1, at - 3} or any(
        ended in {at - 1, at - 3} for begun, ended in _near(covers, at) if begun >= least
    )
    if (
        _OF_A_COUNTRY.fullmatch(word)
        or known
        or (raw[start].isupper() and word.removesuffix("'s") in _WITHIN and word.isascii())
    ):
        starts = [begun for begun, ended in _near(covers, at) if ended in {at - 1, at - 3} and begun >= least]
        return min([start, *starts])
    return at


def _near(covers: Mapping[int, int], at: int) -> list[Span]:
    return [(begun, covers[begun]) for begun in range(max(0, at - 40), at) if begun in covers]


def _ends(low: str, at: int, covers: Mapping[int, int], persons: Mapping[int, int]) -> int:
    """Where the phrase ends: with whose office it is, however deep that goes."""
    end = at
    while end - at < _FARTHEST and (joint := _JOINTS.match(low, end)):
        begun = joint.end()
        if begun in persons:
            return _of_person(low, end, begun, persons[begun])
        if begun in covers:
            end = covers[begun]
        elif (nested := HEAD.match(low, begun)) and (joint[0].strip() or not low[begun].isascii()):
            end = nested.end()
        elif (word := _WORD.match(low, begun)) and word[0] in _WITHIN:
            end = word.end()
        else:
            break
    return end


def _of_person(low: str, end: int, begun: int, ended: int) -> int:
    """«spokesman for Tokayev» is no Tokayev; «President Tokayev» is."""
    return ended if re.search(r"\b(?:of|for|to)\b", low[end:begun]) else end
