"""The pages of the import: who may open them, what they show, and that nothing is written before it is confirmed."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cstokb.records.models import Entry, Revision, Source
from tests.curation.importing.test_import import TEXT
from tests.curation.reading.files import docx, numbering, paragraph
from tests.factories.curators import curator, signed_in
from tests.factories.records import WRITTEN, rewritten
from tests.factories.treaties import article, instrument, wording
from treaty.models import Provision, ProvisionText

pytestmark = pytest.mark.django_db

PAGE = "/admin/import/treaty/"


@pytest.fixture
def editor() -> Client:
    return signed_in(curator("editor"))


def form(**changed: Any) -> dict[str, Any]:
    of = changed.pop("of", None) or instrument("help")
    values = {
        "instrument": of.pk,
        "language": "en",
        "standing": "official-translation",
        "began_on": "1994-04-20",
        "url": "https://example.org/treaty",
        "type": "official",
        "text": TEXT,
    }
    return {**values, **changed}


def sealed(response: Any) -> str:
    found = re.search(r'name="sealed" value="([^"]+)"', response.text)
    assert found is not None
    return found[1]


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize(
    ("group", "status"), [("editor", 200), ("reviewer", 200), ("publisher", 200), ("administrator", 200)]
)
def test_who_may_add_provisions_may_import(group: str, status: int) -> None:
    assert signed_in(curator(group)).get(PAGE).status_code == status


def test_nobody_else_may() -> None:
    response = Client().get(PAGE)
    assert (response.status_code, "login" in response["Location"]) == (302, True)
    user = curator("editor")
    user.groups.clear()
    client = signed_in(user)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, form()).status_code == 403
    assert PAGE not in client.get("/admin/").text


def test_the_first_page_leads_to_it(editor: Client) -> None:
    assert f'href="{PAGE}"' in editor.get("/admin/").text
    assert editor.get(f"/ru{PAGE}").status_code == 200


def test_a_first_day_before_the_signature_is_refused_and_that_of_the_signature_is_not(editor: Client) -> None:
    of = instrument("help", signed_on="1992-05-15")
    for day, told in (
        ("0001-01-01", True),
        ("1992-05-14", True),
        ("1992-05-15", False),
        ("1992-05", False),
    ):
        errors = editor.post(PAGE, form(of=of, began_on=day)).context["form"].errors if told else {}
        assert errors == ({"began_on": ["The instrument was not signed yet on that day."]} if told else {})
        if not told:
            assert "sealed" in editor.post(PAGE, form(of=of, began_on=day)).text


def test_a_null_character_is_told_alone(editor: Client) -> None:
    errors = editor.post(PAGE, form(text="Article 1\n\x00")).context["form"].errors
    assert errors == {"text": ["Null characters are not allowed."]}


def test_what_a_wording_is_worth_as_law_is_chosen_and_no_default(editor: Client) -> None:
    assert re.search(r'<select name="standing".*?</select>', editor.get(PAGE).text, re.DOTALL)
    assert 'value="authentic" selected' not in editor.get(PAGE).text
    response = editor.post(PAGE, form(standing=""))
    assert response.context["form"].errors == {"standing": ["This field is required."]}


def test_a_link_may_choose_the_instrument(editor: Client) -> None:
    of = instrument("help")
    assert f'<option value="{of.pk}" selected>' in editor.get(f"{PAGE}?instrument=help").text
    for nothing in ("%00", "nothing", "a" * 300):
        assert f'<option value="{of.pk}" selected>' not in editor.get(f"{PAGE}?instrument={nothing}").text


class TestPreview:
    def test_it_shows_every_part_and_writes_nothing(self, editor: Client) -> None:
        values = form()
        before = Entry.objects.count()
        response = editor.post(PAGE, values)
        assert response.status_code == 200
        rows = [
            (row["item"].slug, row["item"].state.value, row["ticked"]) for row in response.context["rows"]
        ]
        assert rows[:3] == [
            ("help/preamble", "new", True),
            ("help/ch-1", "new", True),
            ("help/art-1", "new", True),
        ]
        assert "The Parties help each other." in response.text
        assert (Entry.objects.count(), Source.objects.filter(url=values["url"]).exists()) == (before, False)

    def test_a_change_is_shown_as_a_redline_and_said_to_become_a_proposal(self, editor: Client) -> None:
        of = instrument("help")
        wording(article(of, "2"), "1994-04-20", text="The Parties meet.", standing="official-translation")
        response = editor.post(PAGE, form(of=of))
        assert re.search(r"<del>.*?meet.*?</del>", response.text)
        assert re.search(r"<ins>.*?consult.*?</ins>", response.text)
        assert "the change becomes a proposal" in response.text

    def test_the_encoding_is_shown_and_can_be_chosen(self, editor: Client) -> None:
        text = (
            "Договор о помощи\n\nГосударства договорились о нижеследующем:\n\nСтатья 1\n\nСтороны помогают."
        )
        of = instrument("help")

        def sent(encoding: str) -> Any:
            file = SimpleUploadedFile("treaty.txt", text.encode("koi8-r"))
            return editor.post(PAGE, form(of=of, text="", file=[file], encoding=encoding, language="ru"))

        found = sent("")
        assert "koi8-r (guessed from its letters)" in found.text
        assert "Стороны помогают." in found.text
        assert "cp866 (as chosen)" in sent("cp866").text
        assert "The file is not in the encoding utf-8" in sent("utf-8").text

    def test_a_word_file_with_automatic_numbers(self, editor: Client) -> None:
        body = paragraph("Treaty on Help") + paragraph("The States Parties have agreed as follows:")
        body += paragraph("The Parties help.", ("1", 0)) + paragraph("They consult.", ("1", 0))
        file = SimpleUploadedFile("treaty.docx", docx(body, numbering([("decimal", "Article %1.")])))
        response = editor.post(PAGE, form(text="", file=[file]))
        assert [row["item"].slug for row in response.context["rows"]] == [
            "help/preamble",
            "help/art-1",
            "help/art-2",
        ]

    def test_pages_of_one_text_are_read_in_the_order_of_their_names(self, editor: Client) -> None:
        head, tail = TEXT.split("Article 2")
        files = [
            SimpleUploadedFile("page 10.txt", f"Article 2{tail}".encode()),
            SimpleUploadedFile("page 9.txt", head.encode()),
        ]
        response = editor.post(PAGE, form(text="", file=files))
        assert [row["item"].part.anchor for row in response.context["rows"]][2:4] == ["art-1", "art-2"]

    def test_what_a_protocol_orders_is_shown(self, editor: Client) -> None:
        orders = "In Article 2 replace the words “at once” with the words “in time”."
        response = editor.post(PAGE, form(text=TEXT.replace("The Parties consult.", orders)))
        assert "Changes another text: “at once” is replaced by “in time”" in response.text

    def test_warnings_stand_at_their_part(self, editor: Client) -> None:
        response = editor.post(PAGE, form(text=TEXT.replace("Article 2", "Article 5")))
        (row,) = [row for row in response.context["rows"] if row["item"].part.anchor == "art-5"]
        assert [one.sentence for one in row["item"].warnings] == ["Missing before it: 2–4."]
        assert "Missing before it: 2–4." in response.text

    @pytest.mark.parametrize(
        ("changed", "field", "message"),
        [
            ({"text": ""}, "file", "Bring a file or paste a text"),
            ({"text": "\x00\x01"}, "text", "Null characters"),
            ({"began_on": "tomorrow"}, "began_on", "YYYY-MM-DD"),
            ({"ended_on": "1990-01-01"}, "ended_on", "before the first"),
            ({"url": ""}, "url", "Say where the text is from"),
            ({"url": "javascript:alert(1)"}, "url", "valid URL"),
            ({"source_id": "nothing"}, "source_id", "no source with this id"),
            ({"standing": "restatement"}, "standing", "Select a valid choice"),
            ({"instrument": "abc"}, "instrument", "Select a valid choice"),
            ({"instrument": "9" * 30}, "instrument", "Select a valid choice"),
            ({"made_by": "\x00"}, "made_by", "Select a valid choice"),
        ],
    )
    def test_what_is_wrong_stands_at_its_field(
        self, editor: Client, changed: dict[str, str], field: str, message: str
    ) -> None:
        response = editor.post(PAGE, form(**changed))
        assert response.status_code == 200
        assert message in " ".join(response.context["form"].errors[field])

    @pytest.mark.parametrize("data", [b"\x89PNG", b"PK\x03\x04broken", b"%PDF-1.4", b"", b"\xff\xfe\x00"])
    def test_a_file_that_cannot_be_read_comes_back_with_a_sentence(self, editor: Client, data: bytes) -> None:
        response = editor.post(PAGE, form(text="", file=[SimpleUploadedFile("x", data)]))
        assert response.status_code == 200
        assert len(response.context["form"].errors["file"]) == 1

    def test_too_many_and_too_large(self, editor: Client) -> None:
        of = instrument("help")
        many = [SimpleUploadedFile(f"{number}.txt", b"text") for number in range(11)]
        assert "At most 10 files" in editor.post(PAGE, form(of=of, text="", file=many)).text
        large = [SimpleUploadedFile("x.txt", b"a" * (20 * 1024 * 1024 + 1))]
        assert "larger than 20 MB" in editor.post(PAGE, form(of=of, text="", file=large)).text


class TestConfirming:
    def test_what_is_ticked_is_written_as_drafts(self, editor: Client) -> None:
        response = editor.post(PAGE, form())
        done = editor.post(PAGE, {"sealed": sealed(response), "take": ["1", "2"]})
        assert done.status_code == 302
        assert said(done) == ["Drafts written: new provisions 2, new wordings 1, changed 0."]
        assert set(Provision.objects.values_list("entry__slug", "entry__publication")) == {
            ("help/ch-1", "draft"),
            ("help/art-1", "draft"),
        }
        listed = editor.get(done["Location"])
        assert [entry.slug for entry in listed.context["cl"].queryset] == ["help/art-1/en/1994-04-20"]

    def test_twice_the_same_file_says_that_everything_stands(self, editor: Client) -> None:
        of = instrument("help")
        first = editor.post(PAGE, form(of=of))
        editor.post(PAGE, {"sealed": sealed(first), "take": [str(number) for number in range(6)]})
        before = list(Entry.objects.order_by("pk").values_list("pk", "version"))
        again = editor.post(PAGE, form(of=of))
        assert "Everything in this file stands already" in again.text
        assert "Write what is ticked" not in again.text
        done = editor.post(PAGE, {"sealed": sealed(again), "take": ["0", "1"]})
        assert "Nothing was changed" in said(done)[0]
        assert list(Entry.objects.order_by("pk").values_list("pk", "version")) == before

    def test_a_published_wording_gets_a_proposal(self, editor: Client) -> None:
        of = instrument("help")
        held = wording(article(of, "2"), "1994-04-20", text="Other.", standing="official-translation")
        done = editor.post(PAGE, {"sealed": sealed(editor.post(PAGE, form(of=of))), "take": ["3"]})
        assert "the change waits for another person" in said(done)[1]
        assert Revision.objects.get().entry_id == held.pk
        assert ProvisionText.objects.get(pk=held.pk).text == "Other."

    def test_records_that_changed_meanwhile_are_shown_again(self, editor: Client) -> None:
        of = instrument("help")
        held = wording(article(of, "2"), "1994-04-20", text="Other.", standing="official-translation")
        shown = editor.post(PAGE, form(of=of))
        held.text = "Another."
        rewritten(held, at=WRITTEN)
        response = editor.post(PAGE, {"sealed": sealed(shown), "take": ["3"]})
        assert response.status_code == 200
        assert "Records have changed since" in response.text
        assert [row["item"].index for row in response.context["rows"] if row["ticked"]] == [3]
        assert not Revision.objects.exists()
        assert editor.post(PAGE, {"sealed": sealed(response), "take": ["3"]}).status_code == 302

    def test_what_the_writer_refuses_leaves_nothing(
        self, editor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown = editor.post(PAGE, form())
        monkeypatch.setattr("cstokb.curation.importing.origins.Origin._free_id", lambda self: "00testsrc0")
        before = Entry.objects.count()
        response = editor.post(PAGE, {"sealed": sealed(shown), "take": ["0", "1", "2"]})
        assert "Nothing was written" in response.text
        assert Entry.objects.count() == before

    @pytest.mark.parametrize("change", ["cut", "x", "", "another person's", "old"])
    def test_what_was_altered_is_refused_and_the_file_asked_again(
        self, editor: Client, change: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = sealed(editor.post(PAGE, form()))
        if change == "another person's":
            text = sealed(signed_in(curator("editor", "other")).post(PAGE, form(of=instrument("aid"))))
        elif change == "old":
            later = timezone.now().timestamp() + timedelta(hours=25).total_seconds()
            monkeypatch.setattr("django.core.signing.time.time", lambda: later)
        else:
            text = {"cut": text[:-3], "x": f"x{text}", "": ""}[change]
        response = editor.post(PAGE, {"sealed": text, "take": ["0"]})
        assert response.status_code == 302
        assert said(response) == ["The preview is too old or was altered. Send the file again."]
        assert not Provision.objects.exists()

    @pytest.mark.parametrize("take", [["-1"], ["abc"], ["9" * 40], ["٣"], ["\x00"], []])
    def test_boxes_that_were_never_shown_take_nothing(self, editor: Client, take: list[str]) -> None:
        shown = editor.post(PAGE, form())
        response = editor.post(PAGE, {"sealed": sealed(shown), "take": take})
        assert response.status_code == 302
        assert not Provision.objects.exists()

    def test_the_right_is_asked_again(self, editor: Client) -> None:
        user = curator("editor", "second")
        client = signed_in(user)
        shown = client.post(PAGE, form())
        user.groups.clear()
        assert client.post(PAGE, {"sealed": sealed(shown), "take": ["0"]}).status_code == 403
