"""Citations of the starter's records, letter for letter, and what each costs."""

import re
from datetime import datetime
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.records.models import Entry
from tests.listing.asking import ask, body
from tests.pages.test_cite import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter", "moment")]
HOST = "http://localhost:8000"
ARTICLE = "/treaties/cst/art-4/?on=2012-12-19"
SPEECH = "/statements/2022-05-16-tokayev/"
PRESS = "/statements/2022-05-16-stability-and-security-mechanism/"


@pytest.mark.parametrize(
    ("url", "prefix", "expected"),
    [
        (
            "/treaties/cst/",
            "",
            {
                "house": "Collective Security Treaty (Tashkent, 15 May 1992). CSTO Knowledge Base, "
                f"{HOST}/treaties/cst/ (read on 5 March 2026).",
                "chicago": "“Collective Security Treaty.” Tashkent, May 15, 1992. United Nations Treaty Series, "
                "no. 32307. CSTO Knowledge Base. "
                f"Accessed March 5, 2026. {HOST}/treaties/cst/.",
                "apa": "Collective Security Treaty, May 15, 1992, U.N.T.S. No. 32307. CSTO Knowledge Base. "
                f"Retrieved March 5, 2026, from {HOST}/treaties/cst/",
                "oscola": "Collective Security Treaty (signed 15 May 1992, entered into force 20 April 1994) "
                f"UNTS reg no 32307 <{HOST}/treaties/cst/> accessed 5 March 2026",
                "gost": "Договор о коллективной безопасности : документ (договор). – Текст : электронный // "
                f"База знаний ОДКБ : сайт. – 1992. – 15 мая. – URL: {HOST}/ru/treaties/cst/ "
                "(дата обращения: 05.03.2026).",
            },
        ),
        (
            ARTICLE,
            "",
            {
                "house": "Article 4, Collective Security Treaty (Tashkent, 15 May 1992), as it stood on "
                f"19 December 2012. CSTO Knowledge Base, {HOST}{ARTICLE} (read on 5 March 2026).",
                "chicago": "“Article 4, Collective Security Treaty, as it stood on December 19, 2012.” "
                "Tashkent, May 15, 1992. United Nations Treaty Series, no. 32307. CSTO Knowledge Base. "
                f"Accessed March 5, 2026. {HOST}{ARTICLE}.",
                "apa": "Collective Security Treaty, May 15, 1992, U.N.T.S. No. 32307, Article 4, as it stood on "
                "December 19, 2012. CSTO Knowledge Base. "
                f"Retrieved March 5, 2026, from {HOST}{ARTICLE}",
                "oscola": "Collective Security Treaty (signed 15 May 1992, entered into force 20 April 1994) "
                "UNTS reg no 32307 art 4, "
                f"as it stood on 19 December 2012 <{HOST}{ARTICLE}> accessed 5 March 2026",
            },
        ),
        (
            ARTICLE,
            "/ru",
            {
                "house": "Статья 4, Договор о коллективной безопасности (Ташкент, 15 мая 1992), по состоянию на "
                f"19 декабря 2012. База знаний ОДКБ, {HOST}/ru{ARTICLE} (дата обращения: 5 марта 2026).",
                "gost": "Статья 4, Договор о коллективной безопасности : положение (статья), по состоянию на "
                "19 декабря 2012. – Текст : электронный // База знаний ОДКБ : сайт. – 1992. – 15 мая. – "
                f"URL: {HOST}/ru{ARTICLE} (дата обращения: 05.03.2026).",
            },
        ),
        (
            SPEECH,
            "",
            {
                "house": "Kassym-Jomart Tokayev. Speech by Kassym-Jomart Tokayev, 16 May 2022 (address, "
                f"16 May 2022). CSTO Knowledge Base, {HOST}{SPEECH} (read on 5 March 2026).",
                "chicago": "Tokayev, Kassym-Jomart. “Speech by Kassym-Jomart Tokayev, 16 May 2022.” "
                "Address at Anniversary summit, Moscow 2022, May 16, 2022. CSTO "
                f"Knowledge Base. Accessed March 5, 2026. {HOST}{SPEECH}.",
                "oscola": "Kassym-Jomart Tokayev, ‘Speech by Kassym-Jomart Tokayev, 16 May 2022’ (Address at "
                "Anniversary summit, Moscow 2022, 16 May 2022) CSTO Knowledge Base "
                f"<{HOST}{SPEECH}> accessed 5 March 2026",
                "apa": "Tokayev, K.-J. (2022, May 16). Speech by Kassym-Jomart Tokayev, 16 May 2022 [Address]. "
                f"CSTO Knowledge Base. Retrieved March 5, 2026, from {HOST}{SPEECH}",
                "gost": "Токаев, К.-Ж. Выступление Касым-Жомарта Токаева, 16 мая 2022 года : выступление / "
                "К.-Ж. Токаев. – Текст : электронный // База знаний ОДКБ : сайт. – 2022. – 16 мая. – "
                f"URL: {HOST}/ru{SPEECH} (дата обращения: 05.03.2026).",
            },
        ),
        (
            f"{PRESS}#p2",
            "",
            {
                "house": "Stability and Security Mechanism (press report, about May 2022), passage 2. CSTO "
                f"Knowledge Base, {HOST}{PRESS}#p2 (read on 5 March 2026).",
                "chicago": "“Stability and Security Mechanism, passage 2.” CSTO Knowledge Base. ca. May 2022. "
                f"Accessed March 5, 2026. {HOST}{PRESS}#p2.",
                "oscola": "‘Stability and Security Mechanism’ (CSTO Knowledge Base, ca. May 2022), passage 2 "
                f"<{HOST}{PRESS}#p2> accessed 5 March 2026",
            },
        ),
        (
            "/summits/2022-05-16-moscow/",
            "",
            {
                "oscola": "Collective Security Council, ‘Anniversary summit, Moscow 2022’ (Moscow, 16 May 2022) "
                f"CSTO Knowledge Base <{HOST}/summits/2022-05-16-moscow/> accessed 5 March 2026",
                "chicago": "Collective Security Council. “Anniversary summit, Moscow 2022.” Moscow, May 16, 2022. "
                f"CSTO Knowledge Base. Accessed March 5, 2026. {HOST}/summits/2022-05-16-moscow/.",
            },
        ),
        (
            "/treaties/csc-decision-2002/",
            "",
            {
                "oscola": "Decision of the Collective Security Council to give the Treaty structures the status of "
                "an international regional organization (adopted 14 May 2002) "
                f"<{HOST}/treaties/csc-decision-2002/> accessed 5 March 2026",
            },
        ),
        (
            "/people/kassym-jomart-tokayev/",
            "",
            {
                "house": "Kassym-Jomart Tokayev (Person). CSTO Knowledge Base, "
                f"{HOST}/people/kassym-jomart-tokayev/ (read on 5 March 2026).",
                "chicago": "“Kassym-Jomart Tokayev.” CSTO Knowledge Base. n.d. Accessed March 5, 2026. "
                f"{HOST}/people/kassym-jomart-tokayev/.",
                "apa": "Kassym-Jomart Tokayev [Person]. (n.d.). CSTO Knowledge Base. "
                f"Retrieved March 5, 2026, from {HOST}/people/kassym-jomart-tokayev/",
            },
        ),
        (
            "/treaties/cst/2012-12-19/en/",
            "",
            {
                "house": "Collective Security Treaty (Tashkent, 15 May 1992), as it stood on 19 December 2012. "
                f"CSTO Knowledge Base, {HOST}/treaties/cst/2012-12-19/en/ (read on 5 March 2026).",
            },
        ),
        (
            "/treaties/cst/parties/?on=2012-12-19",
            "",
            {
                "house": "Parties: Collective Security Treaty, as it stood on 19 December 2012. CSTO Knowledge "
                f"Base, {HOST}/treaties/cst/parties/?on=2012-12-19 (read on 5 March 2026).",
            },
        ),
        (
            "/statements/?year=2022&page=2",
            "",
            {
                "house": f"Statements. CSTO Knowledge Base, {HOST}/statements/?year=2022&page=2 "
                "(read on 5 March 2026).",
            },
        ),
    ],
)
def test_a_page_is_cited_letter_for_letter(
    url: str, prefix: str, expected: dict[str, str], moment: datetime
) -> None:
    assert {style: words(url, style, prefix) for style in expected} == expected


#: Revision, row, and the names of others where the row has any; of a provision the wordings of the day and its
#: instrument, of a passage the texts and passages of the statement. Other pages are cited by their title alone.
#: Of the first reader: the names of instruments, of which texts speak, are then kept until something is published.
COSTS = {
    "/states/kaz/": 3,
    "/people/kassym-jomart-tokayev/": 3,
    "/organs/csc/": 2,
    "/treaties/cst/": 2,
    ARTICLE: 5,
    "/summits/2022-05-16-moscow/": 3,
    SPEECH: 3,
    f"{PRESS}#p2": 6,
    "/people/": 1,
    "/about/": 1,
    "/treaties/cst/parties/": 3,
}


def test_what_it_costs_to_cite_a_page() -> None:
    costs = {}
    for url in COSTS:
        path = f"/cite/?{urlencode({'url': url})}"
        ask(path)
        with CaptureQueriesContext(connection) as queries:
            ask(f"{path}&style=ris")
        costs[url] = len(queries)
    assert costs == COSTS


def test_a_page_of_every_kind_of_record_leads_to_its_citation_and_has_one_in_both_languages() -> None:
    first: dict[str, str] = {}
    for kind, path in Entry.objects.public().exclude(path="").order_by("id").values_list("kind", "path"):
        if kind == "passage":  # a place on the page of its statement
            continue
        first.setdefault(kind, path)
    assert len(first) >= 12
    for kind, path in first.items():
        for prefix in ("", "/ru"):
            (way,) = set(
                re.findall(r'href="([^"]*/cite/\?url=[^"]+)"', body(ask(f"{prefix}{path}")).decode())
            )
            shown = body(ask(unescape(way))).decode()
            assert f"{HOST}{prefix}{path}" in shown, kind
    # A near miss: the glossary is no record and has no such link, and can be cited all the same.
    assert "/cite/?url=" not in body(ask("/glossary/")).decode()
