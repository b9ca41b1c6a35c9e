"""The pages of a document import: who may open them, what they show and keep, and that nothing is written too soon."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from cstokb.accounts.models import User
from cstokb.curation import work
from cstokb.curation.documents.answers import answers
from cstokb.curation.documents.choices import Choices, Do, Keep, suggested
from cstokb.curation.documents.kept import kept
from cstokb.curation.documents.marked import marked
from cstokb.curation.documents.screen import MOST_BOXES, Screen
from cstokb.curation.documents.spellings import spellings
from cstokb.curation.models import State, StoredFile, Upload
from cstokb.curation.reading.read import LARGEST
from cstokb.records.models import Entry, Source
from members.models import Person
from statements.models import Passage, Statement
from tests.curation.documents.press import TEXT, K, at, brought, press
from tests.curation.documents.test_confirm import index_of, known
from tests.factories.curators import curator, signed_in

PAGE = "/admin/import/document/"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work shares the test's transaction."""
    monkeypatch.setattr(work, "launch", lambda job: job())


def address(upload: Upload) -> str:
    return f"{PAGE}{upload.pk}/"


def sent(**fields: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name.replace("_", "-"), value if isinstance(value, list) else [value])
    return data


class TestTheMarkedText:
    """Pure: no database."""

    def test_every_letter_stands_once(self) -> None:
        paragraphs = marked(press(), spellings(press()))
        assert "\n\n".join("".join(one.text for one in row.stretches) for row in paragraphs) == TEXT
        assert [row.is_heading for row in paragraphs] == [True, False, False, False]

    def test_the_innermost_finding_marks_the_letters_and_the_outer_one_the_rest(self) -> None:
        outer = at(K.PERSON, "President of Kazakhstan", "tokayev")
        found = press(findings=(outer, at(K.STATE, "Kazakhstan", "kaz")), not_recognised=(), quotations=())
        words = [
            (one.text, one.spelling.kind)
            for one in marked(found, spellings(found))[1].stretches
            if one.spelling
        ]
        assert words == [("President of ", K.PERSON), ("Kazakhstan", K.STATE)]

    def test_a_quotation_opens_once_though_it_has_two_pieces(self) -> None:
        opening = [
            one.text[:12] for row in marked(press(), spellings(press())) for one in row.stretches if one.opens
        ]
        assert opening == ["The Treaty h", "If one of th"]


@pytest.mark.django_db
class TestAnswers:
    def test_what_is_not_sent_stays_as_it_was(self) -> None:
        known()
        before = suggested(press())
        given = answers(press(), before, sent())
        assert (given.choices, given.errors) == (before, {})

    def test_each_answer_becomes_a_decision(self) -> None:
        known()
        kaz, ivan, toqayev = index_of("Kazakhstan"), index_of("Ivan Neverov"), index_of("Toqayev")
        given = answers(
            press(),
            suggested(press()),
            sent(
                **{
                    f"s{kaz}": "refuse",
                    f"s{ivan}": "other",
                    f"s{ivan}_record": "tokayev",
                    f"s{ivan}_kind": "person",
                    f"s{ivan}_remember": "on",
                    f"s{toqayev}": "r:tokayev",
                    "keep": "whole",
                    "q0": "refuse",
                }
            ),
        )
        assert given.errors == {}
        decided = given.choices.spellings
        assert decided[kaz].do is Do.REFUSE
        assert (decided[ivan].do, decided[ivan].record, decided[ivan].kind, decided[ivan].remember) == (
            Do.ACCEPT,
            "tokayev",
            "person",
            True,
        )
        assert (decided[toqayev].do, decided[toqayev].remember) == (Do.ACCEPT, False)
        assert (given.choices.keep, given.choices.quotations[0].do) == (Keep.WHOLE, Do.REFUSE)
        assert given.choices.quotations[1].do is Do.ACCEPT

    @pytest.mark.parametrize(
        ("fields", "where", "said"),
        [
            ({"published_on": "yesterday"}, "published_on", "This is no date."),
            ({"url": "javascript:alert(1)"}, "url", "An address begins with https:// or http://."),
            ({"session": "no-such"}, "session", "There is no record with the id “no-such”."),
            ({"s1": "r:zzz"}, "s1", "There is no record with the id “zzz”."),
            ({"s1": "other"}, "s1", "Say which record is meant."),
            ({"q0": "accept", "q0-speaker": "kaz"}, "q0-speaker", "There is no record with the id “kaz”."),
            (
                {"q0": "accept", "q0-document": "no/such"},
                "q0-document",
                "There is no record with the id “no/such”.",
            ),
        ],
    )
    def test_what_could_not_be_written_is_said_at_its_field(
        self, fields: dict[str, str], where: str, said: str
    ) -> None:
        known()
        data = QueryDict(mutable=True)
        data.update(fields)
        assert answers(press(), suggested(press()), data).errors == {where: said}

    def test_a_zero_byte_and_an_endless_value_do_no_harm(self) -> None:
        known()
        given = answers(
            press(), suggested(press()), sent(title="a\x00b" + "c" * 9999, keep="all", type="x", q0="x")
        )
        assert given.choices.title == "ab" + "c" * 498
        assert (given.choices.keep, given.choices.quotations[0].do) == (Keep.QUOTED, Do.UNDECIDED)


@pytest.mark.django_db
class TestWhoMay:
    @pytest.mark.parametrize("group", ["editor", "reviewer", "publisher", "administrator"])
    def test_those_who_may_add_sources_and_statements(self, group: str) -> None:
        client = signed_in(curator(group))
        assert client.get(PAGE).status_code == 200
        assert f'href="{PAGE}"' in client.get("/admin/").text

    def test_nobody_else(self) -> None:
        user = curator("editor")
        upload = brought(user)
        file = f"/admin/import/files/{upload.file.sha256}/"
        for path in (PAGE, address(upload), file):
            response = Client().get(path)
            assert (response.status_code, "login" in response["Location"]) == (302, True)
        user.groups.clear()
        client = signed_in(user)
        assert [client.get(path).status_code for path in (PAGE, address(upload), file)] == [403, 403, 403]
        assert client.post(PAGE, {"text": TEXT}).status_code == 403
        assert PAGE not in client.get("/admin/").text

    def test_another_persons_upload_is_not_found(self) -> None:
        """B087."""
        upload = brought(curator("editor"), when=timezone.now())
        other = signed_in(curator("administrator"))
        assert other.get(address(upload)).status_code == 404
        assert other.post(address(upload), {"act": "refuse"}).status_code == 404
        assert other.get(f"/admin/import/files/{upload.file.sha256}/").status_code == 404
        assert upload.pk not in {row.pk for row, _at_work in other.get(PAGE).context["uploads"]}
        assert other.get(f"{PAGE}..%2f..%2fetc/").status_code == 404
        assert Upload.objects.filter(pk=upload.pk).exists()

    def test_a_form_without_its_token_is_refused(self) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(curator("editor"), backend="allauth.account.auth_backends.AuthenticationBackend")
        assert client.post(PAGE, {"text": TEXT}).status_code == 403


@pytest.mark.django_db
class TestBringing:
    @pytest.fixture
    def editor(self) -> Client:
        known()
        return signed_in(curator("editor"))

    def test_a_pasted_text_is_read_and_waits(self, editor: Client) -> None:
        response = editor.post(PAGE, {"text": TEXT})
        upload = Upload.objects.get()
        assert response["Location"] == address(upload)
        assert (upload.name, upload.file.data.decode()) == ("pasted.txt", TEXT)
        page = editor.get(address(upload)).text
        assert "Kazakhstan · kaz" in page
        assert (Statement.objects.count(), Source.objects.filter(checksum=upload.file.sha256).count()) == (
            0,
            0,
        )

    def test_a_file_in_another_encoding_is_read_again_as_chosen(self, editor: Client) -> None:
        text = "Казахстан и Договор о коллективной безопасности. " * 20
        editor.post(
            PAGE, {"file": SimpleUploadedFile("../../п.txt", text.encode("koi8-r")), "encoding": "cp1251"}
        )
        upload = Upload.objects.get()
        assert upload.name == "п.txt"
        assert "Казахстан" not in upload.found["text"]
        editor.post(address(upload), {"act": "read", "encoding": "koi8-r", "language": "ru"})
        upload.refresh_from_db()
        assert (upload.found["text"][:9], upload.found["language"]) == ("Казахстан", "ru")
        assert (upload.found["source"]["encoding"], upload.found["source"]["encoding_from"]) == (
            "koi8-r",
            "asked",
        )

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({}, "Bring a file or paste a text."),
            ({"text": "   "}, "Bring a file or paste a text."),
            ({"file": SimpleUploadedFile("a.txt", b"")}, "The file is empty."),
            ({"text": "a\x00b"}, "Null characters are not allowed."),
            ({"text": "a", "encoding": "utf-7"}, "utf-7 is not one of the available choices."),
        ],
    )
    def test_what_cannot_be_brought_is_said_and_kept_nowhere(
        self, editor: Client, fields: dict[str, Any], said: str
    ) -> None:
        response = editor.post(PAGE, fields)
        assert (response.status_code, said in response.text) == (200, True)
        assert (Upload.objects.count(), StoredFile.objects.count()) == (0, 0)

    def test_a_file_larger_than_the_reader_reads(self, editor: Client) -> None:
        large = SimpleUploadedFile("a.txt", b"a" * (LARGEST + 1))
        response = editor.post(PAGE, {"file": large})
        assert (response.status_code, "The file is larger than 20 MB." in response.text) == (413, True)
        assert StoredFile.objects.count() == 0

    def test_a_text_longer_than_a_form_holds(self, editor: Client) -> None:
        response = editor.post(PAGE, {"text": "я" * 1_400_000})
        assert (response.status_code, "Send a long text as a file." in response.text) == (413, True)

    def test_a_file_that_cannot_be_read_says_why_and_may_be_refused(self, editor: Client) -> None:
        editor.post(PAGE, {"file": SimpleUploadedFile("a.doc", b"\xd0\xcf\x11\xe0" + b"x" * 99)})
        upload = Upload.objects.get()
        page = editor.get(address(upload))
        assert "DOC files are not read." in page.text
        editor.post(address(upload), {"act": "refuse"})
        assert (Upload.objects.count(), StoredFile.objects.count()) == (0, 0)

    def test_a_text_with_zero_bytes_between_its_letters_is_read_or_refused(self, editor: Client) -> None:
        editor.post(PAGE, {"file": SimpleUploadedFile("a.txt", b"The Treaty\x00 of Kazakhstan\x00.")})
        assert editor.get(address(Upload.objects.get())).status_code == 200

    def test_expired_ones_go_when_others_are_listed(self, editor: Client) -> None:
        editor.post(PAGE, {"text": TEXT})
        Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert list(editor.get(PAGE).context["uploads"]) == []
        assert StoredFile.objects.count() == 0


@pytest.mark.django_db
class TestReviewing:
    @pytest.fixture
    def anna(self) -> User:
        known()
        return curator("editor")

    @pytest.fixture
    def client(self, anna: User) -> Client:
        return signed_in(anna)

    @pytest.fixture
    def upload(self, anna: User) -> Upload:
        one = brought(anna, when=timezone.now())
        one.note_choices(suggested(press()).as_json())
        return one

    def test_the_text_is_marked_and_safe(self, client: Client, upload: Upload) -> None:
        upload.found["text"] = upload.found["text"].replace("Allies meet", "<i>x</i>&yz")
        upload.save()
        page = client.get(address(upload)).text
        assert "&lt;i&gt;x&lt;/i&gt;&amp;yz" in page
        mark = re.search(
            r'<a class="found state" href="#s(\d+)-card" id="at-(\d+)" title="([^"]*)">(\w+)</a>', page
        )
        assert mark is not None
        assert mark.groups() == (
            str(index_of("Kazakhstan")),
            str(TEXT.index("Kazakhstan")),
            "state: Kazakhstan · kaz",
            "Kazakhstan",
        )
        assert f'id="s{index_of("Kazakhstan")}-card"' in page

    def test_what_is_sure_is_chosen_and_what_is_not_is_open(self, client: Client, upload: Upload) -> None:
        page = client.get(address(upload)).text
        sure, unsure = index_of("Kazakhstan"), index_of("Toqayev")
        assert f'name="s{sure}" value="r:kaz" checked' in page
        assert f'name="s{unsure}" value="" checked' in page
        assert f'id="s{unsure}-card" open' in page
        assert f'id="s{sure}-card" open' not in page
        assert "The text says no day of its own." in page

    def test_choices_are_kept_when_the_tab_is_closed(self, client: Client, upload: Upload) -> None:
        ivan = index_of("Ivan Neverov")
        response = client.post(
            address(upload), {"act": "save", f"s{ivan}": "new-person", "title": "Another title"}
        )
        assert response["Location"] == address(upload)
        page = client.get(address(upload)).text
        assert f'name="s{ivan}" value="new-person" checked' in page
        assert 'value="Another title"' in page
        assert f'value="new:{ivan}"' in page
        assert not Source.objects.filter(title="Another title").exists()

    def test_a_wrong_choice_is_kept_and_marked_and_nothing_is_written(
        self, client: Client, upload: Upload
    ) -> None:
        page = client.post(address(upload), {"act": "confirm", "session": "no-such", "s1": "r:zzz"}).text
        assert page.count("There is no record with the id") == 2
        assert 'value="no-such"' in page
        assert not Statement.objects.exists()
        assert Choices.from_json(Upload.objects.get().choices).session == "no-such"

    def test_confirming_writes_and_shows_what_came_of_it(self, client: Client, upload: Upload) -> None:
        client.post(address(upload), {"act": "confirm", "q1": "refuse"})
        page = client.get(address(upload)).text
        assert (Statement.objects.count(), Passage.objects.count()) == (1, 1)
        upload.refresh_from_db()
        assert (upload.state, upload.moved_at, upload.said) == (State.CONFIRMED, None, "")
        assert "2022-05-17-allies-meet-in-yerevan" in page
        assert client.post(address(upload), {"act": "confirm"}).status_code == 200
        assert Statement.objects.count() == 1

    def test_the_same_document_again_says_so_and_what_stands(
        self, client: Client, upload: Upload, anna: User
    ) -> None:
        client.post(address(upload), {"act": "confirm"})
        again = brought(anna)
        again.note_choices(suggested(press()).as_json())
        page = client.get(address(again)).text
        assert "This document was imported before" in page
        assert "the same file" in page
        assert f"/admin/statements/statement/{Statement.objects.get().pk}/change/" in page
        client.post(address(again), {"act": "confirm"})
        page = client.get(address(again)).text
        assert "Nothing was written: The document was imported before." in page
        client.post(address(again), {"act": "confirm", "title": "T", "again": "on"})
        assert Statement.objects.count() == 2

    def test_refusing_leaves_nothing(self, client: Client, upload: Upload) -> None:
        entries = Entry.objects.count()
        response = client.post(address(upload), {"act": "refuse"})
        assert response["Location"] == PAGE
        assert (Upload.objects.count(), StoredFile.objects.count(), Entry.objects.count()) == (0, 0, entries)

    def test_work_that_goes_on_is_shown_and_asks_again_without_script(
        self, client: Client, upload: Upload
    ) -> None:
        upload.tell("Reading the file", at=timezone.now(), done=1, total=2)
        page = client.get(address(upload)).text
        assert '<meta http-equiv="refresh" content="3">' in page
        assert '<progress max="2" value="1"' in page
        assert client.post(address(upload), {"act": "refuse"}).status_code == 200
        assert Upload.objects.exists()

    def test_work_that_was_cut_off_is_said(self, client: Client, upload: Upload) -> None:
        upload.tell("Writing", at=timezone.now() - timedelta(minutes=5))
        assert (
            "The work was cut off before its end; nothing of it was written."
            in client.get(address(upload)).text
        )

    def test_what_another_release_kept_is_read_again(self, client: Client, upload: Upload) -> None:
        upload.note_found(upload.found | {"paragraphs": [[0]]}, upload.choices)
        assert "The document was not read" in client.get(address(upload)).text
        assert client.post(address(upload), {"act": "confirm"}).status_code == 302
        client.post(address(upload), {"act": "read", "encoding": "", "language": ""})
        assert "Kazakhstan · kaz" in client.get(address(upload)).text

    def test_the_file_is_saved_and_never_shown(self, client: Client, upload: Upload) -> None:
        response = client.get(f"/admin/import/files/{upload.file.sha256}/")
        assert response.content.decode() == TEXT
        assert response["Content-Type"] == "application/octet-stream"
        assert response["Content-Disposition"] == f'attachment; filename="{upload.file.sha256[:12]}.txt"'
        assert client.get(f"/admin/import/files/{'0' * 64}/").status_code == 404

    def test_the_page_of_the_source_leads_to_its_file(self, client: Client, upload: Upload) -> None:
        client.post(address(upload), {"act": "confirm"})
        source = Source.objects.get(checksum=upload.file.sha256)
        page = f"/admin/records/source/{source.pk}/change/"
        assert f"/admin/import/files/{upload.file.sha256}/" in client.get(page).text
        assert (
            "/admin/import/files/"
            not in client.get(f"/admin/members/person/{Person.objects.get().pk}/change/").text
        )
        reviewer = signed_in(curator("reviewer"))
        assert reviewer.get(f"/admin/import/files/{upload.file.sha256}/").content.decode() == TEXT

    def test_what_the_text_says_is_offered_for_the_boxes(self, client: Client, upload: Upload) -> None:
        page = client.get(address(upload)).text
        assert re.search(r'<datalist id="issued_on-offers">\s*<option value="2022-05-16">', page)
        assert "place-offers" not in page

    def test_in_russian(self, client: Client, upload: Upload) -> None:
        assert client.get(f"/ru{address(upload)}").status_code == 200
        assert client.get(f"/ru{PAGE}").status_code == 200

    def test_many_findings_are_shown_in_parts(self, client: Client, upload: Upload) -> None:
        """A form sends a thousand values at most."""
        more = tuple(
            at(K.PLACE, TEXT[start : start + 5], f"place {start}")
            for start in range(10, 10 + MOST_BOXES // 6)
        )
        found = press(findings=(*press().findings, *more))
        screen = Screen(found, suggested(found), part=99)
        assert (screen.parts, screen.part) == (2, 2)
        shown = [
            card
            for part in (1, 2)
            for _k, _h, cards in Screen(found, Choices(), part=part).sections()
            for card in cards
        ]
        assert len(shown) == len(spellings(found))

    def test_a_part_sends_no_more_than_a_form_may(self) -> None:
        """Places have boxes of their own."""
        words = sorted(set(TEXT.split()))
        more = tuple(at(K.STATE, word, f"s{number}") for number in range(20) for word in words)
        found = press(findings=more, quotations=press().quotations * 100)
        screen = Screen(found, Choices())
        assert screen.parts > 2
        for part in screen.numbers:
            one = Screen(found, Choices(), part=part)
            cards = [card for _kind, _heading, held in one.sections() for card in held]
            assert sum(5 + len(card.places) for card in cards) + 5 * len(one.sayings()) < 900

    @pytest.mark.parametrize("count", [1, 20, 100])
    def test_the_page_costs_the_same_whatever_is_found(
        self, client: Client, upload: Upload, count: int, django_assert_num_queries: Any
    ) -> None:
        words = TEXT.split()
        more = tuple(
            at(K.STATE, words[number % 40], "kaz" if number % 2 else f"s{number}") for number in range(count)
        )
        upload.note_found(kept(press(findings=more)), suggested(press(findings=more)).as_json())
        with django_assert_num_queries(10):
            client.get(address(upload))
