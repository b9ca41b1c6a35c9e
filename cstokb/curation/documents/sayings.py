"""The words with which somebody is said to speak, in English and Russian. All are matched against `folded` text."""

from __future__ import annotations

import re

_APOSTROPHES = str.maketrans("ё’‘", "е''")


def folded(text: str) -> str:
    """The text in small letters, ё as е and apostrophes straight, at the same places."""
    lowered = text.lower()
    if len(lowered) != len(text):  # some letters have no small form of one character
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return lowered.translate(_APOSTROPHES)


def words(listed: str) -> frozenset[str]:
    """Words that are listed with blanks between."""
    return frozenset(listed.split())


def _any(listed: str) -> str:
    return "|".join(sorted(listed.split(), key=len, reverse=True))


_ENGLISH = _any(
    "said says say saying told tells telling added adds adding continued continues continuing stressed stresses"
    " stressing emphasized emphasizes emphasizing emphasised emphasises emphasising noted notes noting underlined"
    " underlines underlining underscored underscores underscoring declared declares declaring stated states stating"
    " remarked remarks recalled recalls recalling reminded reminds explained explains explaining concluded concludes"
    " concluding summed summarized summarised asked asks asking replied replies replying answered answers responded"
    " responds insisted insists warned warns warning argued argues announced announces announcing observed observes"
    " pointed assured assures promised promises urged urges believes believed wrote writes writing expressed expressing"
    " admitted acknowledged acknowledges affirmed confirmed confirms highlighted highlights highlighting pledged vowed"
    " suggested suggests proposed proposes reiterated reiterates repeated repeats demanded exclaimed interjected"
    " objected claimed claims maintained maintains described describes called calls dubbed quipped shared agreed"
    " commented comments clarified specified went cautioned cautions reassured reaffirmed opined declaring"
    " complained lamented conceded countered retorted wondered stated cheered thundered grumbled protested"
    " accused accuses blamed denied hinted rejected criticised criticized quoted quotes quoting cited cites citing"
)
_RUSSIAN = (
    r"(?:сказа|заяви|заявля|отмети|отмеча|подчеркну|подчеркива|добави|добавля|продолжи|продолжа|сообщи|сообща|напомни"
    r"|напомина|указа|указыва|объясни|объясня|поясни|поясня|ответи|отвеча|спроси|спрашива|рассказа|рассказыва|призва"
    r"|призыва|вырази|выража|заключи|резюмирова|подытожи|подытожива|констатирова|уточни|уточня|утвержда|счита|полага"
    r"|призна|признава|предупреди|предупрежда|предложи|предлага|пообеща|обеща|завери|заверя|воскликну|парирова|возрази"
    r"|возража|пожела|написа|процитирова|цитирова|прокомментирова|комментирова|акцентирова|высказа|высказыва|обозначи"
    r"|охарактеризова|назва|называ|провозгласи|вспомни|вспомина|согласи|соглаша|пошути|замети|замеча|оцени|попроси"
    r"|потребова|настаива|произнес|подтверди|подтвержда|констатиру|обрати|говори|передава|зачита|прочита|прочел"
    r"|посетова|обвини|обвиня|упрекну|намекну|опроверг|отверг|отказа|пригрози|поручи|допусти|сформулирова|подели|рассужда|поблагодари|поздрави|привел|приводи|завершил|завершал)"
    r"(?:л(?:а|о|и)?(?:с[ья])?|в(?:ши?й?)?)?"
    r"|(?:заявля|отмеча|подчеркива|добавля|продолжа|сообща|напомина|указыва|объясня|поясня|отвеча|спрашива|рассказыва"
    r"|призыва|выража|констатиру|уточня|утвержда|счита|полага|призна|предупрежда|предлага|обеща|заверя|цитиру|комментиру"
    r"|называ|вспомина|соглаша|замеча|настаива|подтвержда|резюмиру|акцентиру|переда|пиш)[еую]т(?:ся)?"
    r"|(?:говор|привод|цен|скаж)[еия]т(?:ся)?|убежд(?:ен|ена)|уверен(?:а)?|по[- ]?прежнему уверен"
    r"|нача(?:л|ла)|прозвуча(?:л|ла|ло|ли)|сказ(?:ано|ал)"
)
#: Verbs that only a text is the subject of, or that say of no person who speaks.
_OF_TEXTS = (
    r"reads?|reading|runs|stipulates?|provides?|proclaims?|enshrines?|begins|ends|ended|says|said|worded|puts?(?= it)"
    r"|гласит|гласила|гласил|гласят|говорится|говорилось|сказано|отмечается|отмечено|подчеркивается|подчеркнуто"
    r"|указано|указывается|записано|закреплено|предусмотрено|предусматривает|установлено|провозглашено|провозглашает"
    r"|сформулировано|изложено|начинается|завершается|заканчивается|устанавливает|определено"
)
#: Verbs of somebody who has the floor, without his words yet.
_HOLDING = (
    r"touched|dwelt|dwelled|spoke|addressed|addressing|thanked|paid|drew|turned|took|opened|opening|closed|summing"
    r"|was (?:blunt|brief|clear|firm|short|frank|categorical)"
    r"|был(?:а)? (?:краток|кратка|категоричен|категорична|лаконичен|откровенен|откровенна)"
    r"|focused|discussed|raised|welcomed|greeted|supported|condemned|praised|assessed|outlined|presented|spelled"
    r"|остановил(?:ся|ась)|затрон(?:ул|ула)|обрати(?:лся|лась|л|ла)|выступи(?:л|ла)|косну(?:лся|лась)|посвяти(?:л|ла)"
    r"|взя(?:л|ла)|откры(?:л|ла)|закры(?:л|ла)|приветствова(?:л|ла)|поприветствова(?:л|ла)|осуди(?:л|ла)"
    r"|поддержа(?:л|ла)|изложи(?:л|ла)|перечисли(?:л|ла)|представи(?:л|ла)|поднял|подняла|начал|начала"
)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])")


VERB = _words(f"{_ENGLISH}|{_RUSSIAN}")
TEXT_VERB = _words(_OF_TEXTS)
HOLDING = _words(_HOLDING)
#: Nouns of what somebody says: "was the assurance of", «таким был ответ».
_SAYINGS = (
    "answer|reply|response|assurance|warning|verdict|comment|promise|reminder|reaction|objection|conclusion"
    "|explanation"
)
_RUSSIAN_SAYINGS = (
    "ответ|комментарий|вывод|вердикт|предупреждение|заверение|обещание|возражение|замечание|напоминание|пояснение"
    "|реакция|просьба|оценка"
)
#: After these stands whose words they are, in any case.
ACCORDING = re.compile(
    r"(?<![\w-])(?:according to|in accordance with|pursuant to|under|согласно|в соответствии со?|со ссылкой на"
    r"|with reference to|(?:was|is|that's) how"
    rf"|(?:was|is|came|comes) (?:an? |the )?(?:[\w-]+ )?(?:{_SAYINGS}) (?:from|of|by)"
    rf"|from(?=[^.!?:;\n]{{2,90}} (?:came|comes) (?:an? |the )?(?:[\w-]+ )?(?:{_SAYINGS})(?![\w-]))"
    rf"|так(?:им|ой|ов|ова|ово) (?:был|была|было|прозвучал|прозвучала)? ?(?:{_RUSSIAN_SAYINGS})"
    r"|in the words of|in the opinion of|in the view of|as quoted by|to quote"
    r"|по (?:словам|мнению|утверждению|оценке|убеждению|выражению|признанию|заявлению|данным|информации)|со слов"
    r"|словами|слова|цитата|выражением|фразой|words of|quoted|quotes|quoting|cites|citing|cited"
    r"|(?:про)?цитиру(?:ет|ют)|процитирова(?:л|ла|ли)|приводит слова|передает слова)(?![\w-])\s*"
)
#: "по его словам", "in his view": the words of whoever spoke before.
ACCORDING_TO_HIM = re.compile(
    r"(?<![\w-])(?:according to (?:him|her)|(?:quot(?:ed|es|ing)|cit(?:ed|es|ing)) (?:him|her)"
    r"|in (?:his|her) (?:words|opinion|view)|по (?:его|ее) (?:словам|мнению"
    r"|убеждению|оценке|выражению|утверждению|признанию)|(?:his|her|его|ее) (?:words|слова))(?![\w-])"
)
#: What these introduce is a text, or nothing that is quoted.
OF_TEXTS_ALONE = re.compile(r"in accordance|pursuant|under|согласно|в соответствии")
#: "Tokayev's words": whose they are stands before.
WORDS_OF_WHOM = re.compile(r"'s? (?:own )?(?:words|phrase|remark|view|opinion|answer|reply)(?![\w-])")
PASSIVE_ENGLISH = re.compile(r"(?:was|were|is|are|been|being|be)\s+(?:also\s+|then\s+|further\s+)?$")
PASSIVE_RUSSIAN = re.compile(r"(?:было |была |были |как )?\w*(?:ано|ено|уто|ется|ится)$")
FEMININE = re.compile(r"ла(?:сь)?$|(?:убежд|увер)ена$")
PLURAL = re.compile(r"ли(?:сь)?$|[уюая]т(?:ся)?$")
SPOKE_SO = re.compile(
    r"\s*(?:это|об этом|так|такие слова|эти слова|с такими словами|такими словами|с этими словами|this|these words"
    r"|these were the words|those were the words|such were the words|so|that is what|with these words|thus)(?![\w-])"
)
