"""A preview is the page that readers would get, made of what is kept from them, and nothing of it stays."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from cstokb.records.models import Entry, Record, Revision
from cstokb.records.publish import Change, write
from cstokb.records.revisions import propose
from members.models import Person, State, Term
from tests.factories.curators import curator, signed_in
from tests.factories.records import WRITTEN, draft, office, person, source, state, withdrawn
from tests.factories.treaties import article, instrument, wording
from tests.listing.asking import body

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]

SIGNED = "The Parties consult with one another zqp1."


@pytest.fixture
def editor() -> Client:
    return signed_in(curator("editor"))


def where(row: Any, language: str = "en") -> str:
    meta = row._meta
    prefix = "" if language == "en" else f"/{language}"
    return f"{prefix}/admin/{meta.app_label}/{meta.model_name}/{row.pk}/preview/"


def proposal(record: Record, **values: Any) -> Revision:
    revision = propose(record.entry, values, at=WRITTEN, by=None, reason="Because.")
    assert revision is not None
    return revision


def told(path: str) -> tuple[int, str | None, bytes]:
    """What a reader is told at an address."""
    answer = Client().get(path)
    return answer.status_code, answer.get("ETag"), body(answer)


def everything() -> dict[str, list[str]]:
    """All rows of all tables."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # names of tables
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def essence(html: str) -> str:
    """A page without what a preview has instead: the band, and the links that name the public address."""
    html = re.sub(r'<section class="asof past preview".*?</section>', "", html, flags=re.DOTALL)
    html = re.sub(r'<link rel="(canonical|alternate)"[^>]*>|<meta name="robots"[^>]*>', "", html)
    return re.sub(r"\s+", " ", html)


class TestWhatItShows:
    @pytest.mark.parametrize("language", ["en", "ru"])
    def test_a_draft_looks_as_it_does_when_it_is_published(self, editor: Client, language: str) -> None:
        one = draft(Person(name_en="Somebody", name_ru="Некто", note_en="Known for nothing."), "somebody")
        before = editor.get(where(one, language))
        assert before.status_code == 200
        assert '<section class="asof past preview"' in before.text
        write([Change(one, "somebody", "published", "")], at=WRITTEN)
        after = Client().get(f"{'' if language == 'en' else '/ru'}/people/somebody/")
        assert essence(before.text) == essence(after.text)
        assert ("Некто" if language == "ru" else "Somebody") in before.text

    def test_a_proposal_shows_what_it_would_change_and_no_more(self, editor: Client) -> None:
        kaz = state("kaz", "Kazakhstan", "Казахстан")
        revision = proposal(kaz, name_en="Qazaqstan zqp1")
        page = editor.get(where(revision))
        assert "Qazaqstan zqp1" in page.text
        assert "zqp1" not in Client().get("/states/kaz/").text
        assert "zqp1" not in editor.get(where(kaz)).text

    def test_a_proposal_on_a_moved_base_shows_it_on_what_stands_now(self, editor: Client) -> None:
        kaz = state("kaz", "Kazakhstan")
        revision = proposal(kaz, capital_en="Astana")
        kaz.name_en = "Kazakh Republic"
        write([Change(kaz, "kaz")], at=WRITTEN)
        page = editor.get(where(revision))
        assert "Astana" in page.text
        assert "Kazakh Republic" in page.text

    def test_a_draft_below_drafts_shows_with_them(self, editor: Client) -> None:
        treaty = draft(instrument("cst", publication="draft"), "cst")
        part = article(treaty, "4", publication="draft")
        text = wording(part, "1994-04-20", text=SIGNED, publication="draft")
        page = editor.get(where(text))
        assert page.status_code == 200
        assert SIGNED in page.text
        assert Client().get("/treaties/cst/art-4/").status_code == 404

    def test_a_record_without_a_page_shows_on_that_of_what_it_belongs_to(self, editor: Client) -> None:
        who, kaz = person("somebody", "Somebody"), state("kaz", "Kazakhstan")
        seat = office("kaz/president", "President zqp1", state=kaz)
        term = draft(Term(person=who, office=seat, began_on="2019-03-20"), "kaz/president/somebody")
        assert "President zqp1" in editor.get(where(term)).text
        assert "President zqp1" not in Client().get("/people/somebody/").text

    def test_a_withdrawal_shows_the_tombstone(self, editor: Client) -> None:
        revision = proposal(state("kaz", "Kazakhstan"), publication="withdrawn", why="Entered twice.")
        page = editor.get(where(revision))
        assert "This record has been withdrawn" in page.text
        assert "Entered twice." in page.text
        assert Client().get("/states/kaz/").status_code == 200

    def test_a_withdrawn_parent_is_told(self, editor: Client) -> None:
        treaty = instrument("cst")
        part = article(treaty, "4", publication="draft")
        withdrawn(treaty)
        page = editor.get(where(part))
        assert "Readers will not see it as long as CST is withdrawn." in page.text
        assert "Article 4" not in essence(page.text)

    def test_what_cannot_be_published_says_why(self, editor: Client) -> None:
        one = Person(name_en="Somebody")
        write([Change(one, "somebody", "draft", "")], at=WRITTEN)
        page = editor.get(where(one))
        assert page.status_code == 409
        assert "person somebody cannot be published without a source." in page.text

    def test_a_record_that_lists_alone_show_says_so(self, editor: Client) -> None:
        charter = instrument("un-charter", external=True, publication="draft")
        page = editor.get(where(charter))
        assert page.status_code == 409
        assert "No page of its own, nor of what it belongs to, shows this record." in page.text

    def test_nor_what_names_what_is_gone(self, editor: Client) -> None:
        kaz = state("kaz", "Kazakhstan")
        page = editor.get(where(proposal(kaz, topics=["nowhere"])))
        assert page.status_code == 409
        assert "There is no topic nowhere." in page.text


class TestWhatStays:
    def test_nothing_in_any_table(self, editor: Client) -> None:
        treaty = instrument("cst", publication="draft")
        part = article(treaty, "4", publication="draft")
        rows = [
            draft(State(alpha2="KA", name_en="Kazakhstan"), "kaz"),
            wording(part, "1994-04-20", text=SIGNED, publication="draft"),
            treaty,
            proposal(state("kgz", "Kyrgyzstan"), capital_en="Bishkek", publication="withdrawn", why="Twice."),
        ]
        editor.get(where(rows[0]))  # the session is written anew at most once
        before = everything()
        for row in rows:
            for language in ("en", "ru"):
                assert editor.get(where(row, language)).status_code == 200
        assert everything() == before

    def test_no_reader_meets_it_and_no_cache_keeps_it(self, editor: Client) -> None:
        person("other", "Other Person")
        one = draft(Person(name_en="Somebody zqp1"), "somebody")
        public = (
            "/people/",
            "/search/?q=zqp1",
            "/people/other/",
            "/api/v1/people/",
            "/sitemap.xml",
            "/people.atom",
        )
        before = {path: told(path) for path in public}
        page = editor.get(where(one), headers={"if-none-match": "*"})
        assert {"private", "no-store"} <= set(page["Cache-Control"].split(", "))
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        assert '<meta name="robots" content="noindex, nofollow">' in page.text
        assert not page.has_header("ETag")
        assert not page.has_header("Last-Modified")
        assert 'rel="canonical"' not in page.text
        assert {path: told(path) for path in public} == before
        assert Client().get("/people/somebody/").status_code == 404
        assert not Entry.objects.get(pk=one.pk).is_public

    def test_a_public_page_is_no_preview(self) -> None:
        person("somebody", "Somebody")
        page = Client().get("/people/somebody/")
        assert "noindex" not in page.text
        assert 'rel="canonical"' in page.text


class TestWhoSeesIt:
    def test_staff_with_the_right_to_view_and_nobody_else(self) -> None:
        kaz = state("kaz", "Kazakhstan")
        one, revision = draft(Person(name_en="Somebody"), "somebody"), proposal(kaz, capital_en="Astana")
        stranger = curator("editor", "stranger")
        stranger.groups.clear()
        for row in (one, revision):
            assert Client().get(where(row)).status_code == 302
            assert signed_in(stranger).get(where(row)).status_code == 403
        reviewer = signed_in(curator("reviewer"))
        assert [reviewer.get(where(row)).status_code for row in (one, revision)] == [200, 200]
        assert reviewer.post(where(one)).status_code in (200, 405)

    def test_what_is_gone_says_so(self, editor: Client) -> None:
        assert editor.get("/admin/members/person/99/preview/").status_code == 302

    def test_the_form_links_both_languages(self, editor: Client) -> None:
        one = draft(Person(name_en="Somebody"), "somebody")
        page = editor.get(f"/admin/members/person/{one.pk}/change/")
        assert [link["url"] for link in page.context["previews"]] == [where(one), where(one, "ru")]
        source()
