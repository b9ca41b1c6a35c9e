"""Words of the two languages by which names are understood: roles, titles, peoples, and what is no name."""

from __future__ import annotations

import re

from members import peoples
from members.choices import OfficeRole

#: What an office of a role is called in running text, whatever its title is; longer words first.
ROLES: tuple[tuple[OfficeRole, str], ...] = (
    (
        OfficeRole.HEAD_OF_GOVERNMENT,
        "|".join(
            (
                *("prime[ -]minister", "head of (?:the )?government", "premier"),
                *("chairman of the cabinet(?: of ministers)?", "chairman of the cabinet"),
                *(r"премьер-министр\w{0,2}", "премьер(?:а|у|ом|е)?", r"глав\w{1,2} правительства"),
                *(r"глав\w{1,2} кабинета министров", r"председател\w{1,2} кабинета министров"),
                r"председател\w{1,2} правительства",
            )
        ),
    ),
    (
        OfficeRole.MINISTER,
        "|".join(
            (
                *("foreign minister", "minister (?:of|for) foreign affairs"),
                *(r"министр\w{0,2} иностранных дел", r"глав\w{1,2} мид"),
            )
        ),
    ),
    (OfficeRole.SECRETARY_GENERAL, r"secretary[ -]general|генеральн\w{2,3} секретар\w{1,2}|генсек\w{0,2}"),
    (
        OfficeRole.HEAD_OF_STATE,
        "president|head of state|leader|президент(?:а|у|ом|е)?|лидер(?:а|у|ом|е)?|глав(?:а|ы|е|у|ой)",
    ),
)
#: Adjectives of peoples before an office, in every case, by the public id of the state.
PEOPLES = {
    state: "|".join(re.sub("ий$", r"\\w{2,3}", word.lower()) for word in adjectives)
    for state, adjectives in peoples.PEOPLES.items()
}
PEOPLE = re.compile("|".join(PEOPLES.values()), re.I)
#: The Organization whose Secretary General has an office here, by what it is called, with the organs that hold it.
CHIEFS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "|".join(
            (
                *("CSTO", "Collective Security Treaty Organi[sz]ation", "Organi[sz]ation", "ОДКБ"),
                *("Организации Договора о коллективной безопасности", "Организации"),
            )
        ),
        ("secretariat", "csc"),
    ),
    (r"CIS|Commonwealth of Independent States|СНГ|Содружества(?: Независимых Государств)?", ("cis",)),
    (r"SCO|Shanghai Cooperation Organi[sz]ation|ШОС", ("sco",)),
)
#: Before an office: somebody else is meant, or somebody who held it at another time, or an agency.
NOT_THE_HOLDER = re.compile(
    r"(?:deputy|vice|former|ex|then|future|acting|first|late|wife of the|son of the|press service of the|office of the"
    r"|administration of the|executive office of the|зам|заместител\w{1,3}|вице|бывш\w{2,3}|экс|перв\w{2,3}"
    r"|пресс-служб\w{1,2}|администраци\w{1,2}|аппарат\w{0,2}|канцеляри\w{1,2}|супруг\w{1,2}|пресс-секретар\w{1,2}"
    r"|тогдашн\w{2,3}|избранн\w{2,3}|исполняющ\w{2,3} обязанности|и\. ?о\.)[ -]+$",
    re.I,
)
#: Words before a family name that are no given name.
TITLES = frozenset(
    (
        *(
            "president",
            "minister",
            "premier",
            "mr",
            "mrs",
            "ms",
            "general",
            "secretary",
            "chairman",
            "leader",
        ),
        *("colonel", "dr", "sir", "ambassador", "comrade", "excellency", "his", "her", "prime", "speaker"),
        *(
            "foreign",
            "defence",
            "defense",
            "but",
            "and",
            "for",
            "with",
            "as",
            "by",
            "today",
            "earlier",
            "later",
        ),
        *("президент", "министр", "премьер", "генерал", "секретарь", "господин", "председатель", "глава"),
        *("лидер", "товарищ", "генсек", "полковник", "посол", "спикер", "уважаемый", "also", "meanwhile"),
    )
)
#: Bodies without a record here, whose councils, secretariats and assemblies are none of ours.
OTHERS = (
    r"UN|U\.N\.|United Nations|OSCE|NATO|EU|European Union|EAEU|Eurasian Economic Union|SCO|CIS|Council of Europe|OIC"
    r"|ASEAN|African Union|Interparliamentary|Inter-Parliamentary"
    r"|ООН|Организации Объедин[её]нных Наций|ОБСЕ|НАТО|ЕС|Европейского [Сс]оюза|Евросоюза|ЕАЭС|ШОС|СНГ|Совета Европы"
    r"|Межпарламентск\w{2,3}"
)
BEFORE_OTHERS = re.compile(rf"(?:^|\W)(?:{OTHERS})(?:['’]s?)?[ \u00a0]$")
AFTER_OTHERS = re.compile(rf"[ \u00a0](?:of (?:the )?)?(?:{OTHERS})(?!\w)")
#: Words that make of a state's name that of a party, a region, a paper.
QUALIFIERS = re.compile(
    r"(?:North|South|East|West|Central|United|New|Our|Greater|Young|Free)(?:ern)?"
    r"|(?:Северн|Южн|Восточн|Западн|Центральн|Един|Нов|Молод|Свободн)(?:ый|ая|ого|ой|ому|ую|ым|ом)"
)
ADJECTIVE = re.compile(r"[А-ЯЁ][а-яё]{2,}(?:ый|ий|ая|яя|ое|ого|его|ому|ему|ую|юю)")
#: What is written with capitals and names nobody who could have a record.
NO_NAMES = frozenset(
    (
        *("collective security treaty organization", "collective security treaty organisation"),
        *("member states", "member state", "states parties", "state party", "participating states"),
        *(
            "secretary general",
            "deputy secretary general",
            "prime minister",
            "head of state",
            "heads of state",
        ),
        *(
            "great patriotic war",
            "second world war",
            "central asia",
            "south caucasus",
            "middle east",
            "soviet union",
        ),
        *("организация договора", "организации договора", "генеральный секретарь", "премьер-министр"),
        *("южный кавказ", "южном кавказе", "ближний восток", "великая отечественная"),
    )
)
