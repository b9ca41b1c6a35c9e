"""The style page, the frame and the error pages: every part renders, well formed, with no line that the CSP forbids."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from cstokb.pages.style import style_page
from tests.pages.wellformed import Page

ROOT = Path(settings.BASE_DIR)
COMPONENTS = sorted((ROOT / "templates/components").glob("*.html"))
ERRORS = ["400", "403", "403_csrf", "404", "405", "410", "500"]


def style(language: str) -> str:
    path = {"en": "/style/", "ru": "/ru/style/"}[language]
    with translation.override(language):
        return style_page(RequestFactory().get(path)).content.decode()


def page(name: str) -> str:
    return style(name) if name in ("en", "ru") else render_to_string(f"{name}.html")


@pytest.mark.parametrize("name", ["en", "ru", *ERRORS])
class TestEveryPage:
    """What holds for the style page in both languages and for each error page, rendered without a request."""

    def test_is_well_formed(self, name: str) -> None:
        assert Page(page(name)).errors == []

    def test_has_one_first_heading_and_skips_no_level(self, name: str) -> None:
        read = Page(page(name))
        assert read.headings.count(1) == 1
        assert read.headings[0] == 1
        assert read.jumps() == []

    def test_gives_each_id_once_and_points_only_to_ids_that_are_there(self, name: str) -> None:
        read = Page(page(name))
        assert sorted(read.ids) == sorted(set(read.ids))
        assert set(read.pointers) <= set(read.ids)

    def test_has_no_line_that_the_content_security_policy_forbids(self, name: str) -> None:
        for tag, attributes in Page(page(name)).tags:
            assert "style" not in attributes, (tag, attributes)
            assert not [key for key in attributes if key.startswith("on")], (tag, attributes)
            assert tag != "style"
            assert tag != "script" or attributes.get("src", "").startswith("/static/")

    def test_asks_nothing_of_another_host(self, name: str) -> None:
        for tag, attributes in Page(page(name)).tags:
            for key in ("src", "href") if tag in ("link", "script", "img", "use") else ():
                assert attributes.get(key, "/").startswith(("/", "#")), (tag, attributes)

    def test_labels_every_field(self, name: str) -> None:
        read = Page(page(name))
        targets = {
            attributes["for"] for tag, attributes in read.tags if tag == "label" and "for" in attributes
        }
        fields = [
            a
            for tag, a in read.tags
            if tag in ("input", "select") and a.get("type") not in ("hidden", "checkbox")
        ]
        assert [field for field in fields if field.get("id") not in targets] == []


def test_no_component_is_left_unused() -> None:
    used = {str(path) for path in (ROOT / "templates").rglob("*.html")}
    text = "\n".join(Path(path).read_text(encoding="utf-8") for path in used)
    text += (ROOT / "cstokb/pages/templatetags/look.py").read_text(encoding="utf-8")
    assert [part.name for part in COMPONENTS if f'"components/{part.name}"' not in text] == []


@pytest.mark.parametrize("part", COMPONENTS, ids=lambda part: part.stem)
def test_a_component_says_at_its_top_what_context_it_takes(part: Path) -> None:
    top = part.read_text(encoding="utf-8").partition("{% endcomment %}")[0]
    assert top.startswith("{% comment %}")
    assert re.search(r"^(Context|rows|columns|Use it through)", top, re.MULTILINE)


def test_the_page_names_its_language_and_the_other_one() -> None:
    english, russian = style("en"), style("ru")
    assert '<html lang="en">' in english
    assert '<html lang="ru">' in russian
    assert ("a", "/ru/style/") in {
        (tag, a.get("href")) for tag, a in Page(english).tags if a.get("hreflang") == "ru"
    }
    assert ("a", "/style/") in {
        (tag, a.get("href")) for tag, a in Page(russian).tags if a.get("hreflang") == "en"
    }


def test_the_list_of_vendored_files_holds_each_with_its_checksum() -> None:
    listed = json.loads((ROOT / "static/VENDORED.json").read_text(encoding="utf-8"))["vendored"]
    sums = {path: digest for entry in listed for path, digest in entry["files"].items()}
    for path, digest in sums.items():
        assert hashlib.sha256((ROOT / "static" / path).read_bytes()).hexdigest() == digest, path
    assert {f"fonts/{font.name}" for font in (ROOT / "static/fonts").glob("*.woff2")} <= set(sums)
    for entry in listed:
        assert entry["licence_file"] is None or (ROOT / "static" / entry["licence_file"]).is_file()
