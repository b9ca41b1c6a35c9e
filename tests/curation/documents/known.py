"""A few names of the knowledge base, written by hand: finding is tested without a database."""

from datetime import date

from cstokb.curation.documents.gazetteer import Gazetteer, Held, Meeting, Post, Subject
from cstokb.curation.documents.model import Recognised
from cstokb.curation.documents.names import Name
from cstokb.curation.documents.recognise import recognise
from cstokb.curation.reading import read_text
from treaty.citations import Holding


def _names(kind: str, record: str, *texts: str) -> tuple[Name, ...]:
    return tuple(Name(kind, record, text) for text in texts)


NAMES = (
    *_names("state", "arm", "Armenia", "Армения", "Republic of Armenia", "Республика Армения"),
    *_names("state", "blr", "Belarus", "Беларусь", "Белоруссия", "Республика Беларусь"),
    *_names("state", "kaz", "Kazakhstan", "Казахстан", "Republic of Kazakhstan", "Республика Казахстан"),
    *_names(
        "state", "kgz", "Kyrgyzstan", "Кыргызстан", "Киргизия", "Kyrgyz Republic", "Кыргызская Республика"
    ),
    *_names("state", "rus", "Russia", "Россия", "Russian Federation", "Российская Федерация", "РФ"),
    *_names("state", "afg", "Afghanistan", "Афганистан"),
    *_names("person", "tokayev", "Kassym-Jomart Tokayev", "Касым-Жомарт Токаев", "Tokayev", "Токаев"),
    *_names("person", "pashinyan", "Nikol Pashinyan", "Никол Воваевич Пашинян", "Pashinyan", "Пашинян"),
    *_names("person", "s-japarov", "Sadyr Japarov", "Садыр Жапаров", "Japarov", "Жапаров"),
    *_names("person", "a-japarov", "Akylbek Japarov", "Japarov"),
    *_names("person", "zas", "Stanislav Zas", "Станислав Васильевич Зась", "Zas", "Зась"),
    *_names("person", "khan", "Imran Khan"),
    *_names("organ", "csc", "Collective Security Council", "Совет коллективной безопасности", "CSC", "СКБ"),
    *_names("organ", "csc", "Council of Collective Security"),
    *_names("organ", "cmd", "Council of Ministers of Defence", "Совет министров обороны", "СМО"),
    *_names("organ", "secretariat", "Secretariat", "Секретариат", "CSTO Secretariat", "Секретариат ОДКБ"),
    *_names("organ", "pa", "Parliamentary Assembly", "Парламентская Ассамблея"),
    *_names("place", "Minsk", "Minsk", "Минск"),
    *_names("place", "Moscow", "Moscow", "Москва"),
    *_names("topic", "peacekeeping", "Peacekeeping", "Миротворчество"),
)
HOLDINGS = (
    Holding(
        "cst",
        "treaty",
        (
            *("Collective Security Treaty", "CST", "Tashkent Treaty"),
            *("Договор о коллективной безопасности", "ДКБ", "Ташкентский договор"),
        ),
        signed_on="1992-05-15",
    ),
    Holding(
        "charter", "charter", ("CSTO Charter", "Устав ОДКБ", "Устав Организации"), signed_on="2002-10-07"
    ),
    Holding("un-charter", "charter", ("UN Charter", "Устав ООН"), own=False),
    Holding("status", "agreement", ("Agreement on Legal Status", "Соглашение о правовом статусе")),
    Holding("peace", "agreement", ("Agreement on Peacekeeping", "Соглашение о миротворческой деятельности")),
    Holding(
        "peace-protocol",
        "protocol",
        ("Protocol on Amendments to the Agreement on Peacekeeping",),
    ),
)
PROVISIONS: dict[tuple[str, tuple[str, ...]], str] = {
    **{("cst", (f"article {number}",)): f"cst/art-{number}" for number in range(1, 12)},
    **{("charter", (f"article {number}",)): f"charter/art-{number}" for number in range(1, 30)},
    ("un-charter", ("article 51",)): "un-charter/art-51",
}
POSTS = (
    Post("kaz/president", "head-of-state", "kaz", "President of Kazakhstan", "Президент Казахстана"),
    Post("kgz/president", "head-of-state", "kgz", "President of Kyrgyzstan", "Президент Кыргызстана"),
    Post("arm/pm", "head-of-government", "arm", "Prime Minister of Armenia", "Премьер-министр Армении"),
    Post("secretariat/secretary-general", "secretary-general", "secretariat", "Secretary General", ""),
)
TERMS = (
    Held("nazarbayev", "kaz/president", date(1990, 4, 24), date(2019, 3, 20)),
    Held("tokayev", "kaz/president", date(2019, 3, 20), None),
    Held("s-japarov", "kgz/president", date(2021, 1, 28), None),
    Held("pashinyan", "arm/pm", date(2018, 5, 8), None),
    Held("zas", "secretariat/secretary-general", date(2020, 1, 1), date(2022, 12, 31)),
)
KNOWN = Gazetteer(
    names=NAMES,
    labels={(one.kind, one.record): (one.text, "") for one in reversed(NAMES)},
    holdings=HOLDINGS,
    provisions=PROVISIONS,
    posts=POSTS,
    terms=TERMS,
    meetings=(
        Meeting("2022-05-16-moscow", "2022-05-16", "2022-05-16", "Moscow"),
        Meeting("2021-09-16-dushanbe", "2021-09-16", "2021-09-16", "Dushanbe"),
        Meeting("2021-09-15-minsk", "2021-09-15", "2021-09-16", "Minsk"),
    ),
    subjects=(Subject("peacekeeping", ("Peacekeeping", "Миротворчество")),),
)


def recognised(text: str) -> Recognised:
    """What is recognised in a pasted text by these names."""
    return recognise(read_text(text), KNOWN)


def found(kind: str, text: str) -> list[str]:
    """The findings of a kind as "words > record", a question mark where no record is meant."""
    held = (one for one in recognised(text).findings if one.kind == kind)
    return [f"{one.text} > {one.record or '?'}" for one in held]
