"""The Russian catalogue: every string of the interface is in it and translated, and the compiled file is of today."""

import ast
import gettext
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.utils.functional import Promise

ROOT: Path = settings.BASE_DIR
CATALOGUE = Path("locale/ru/LC_MESSAGES/django.po")
#: Where interface strings stand; everything else that git keeps has none.
SOURCES = ("cstokb", "members", "statements", "summits", "templates", "treaty", "manage.py", "locale")
HOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?[a-z][^>]*>")
FORMS = 3

Entry = dict[str, Any]


def entries(text: str) -> list[Entry]:
    """The entries of a .po file without its header: msgctxt, msgid, the list msgstr, flags; comments are dropped."""
    return [entry(block) for block in re.split(r"\n{2,}", text.strip())[1:]]


def entry(block: str) -> Entry:
    read: Entry = {"msgctxt": "", "msgid": "", "msgid_plural": "", "msgstr": [], "flags": ""}
    for found in re.finditer(r'^(#,.*)|^(msg[a-z_]+)\S* (".*"(?:\n".*")*)', block, re.MULTILINE):
        flags, key, quoted = found.groups()
        if flags:
            read["flags"] += flags
            continue
        value = "".join(ast.literal_eval(line) for line in quoted.splitlines())
        read[key] = [*read[key], value] if key == "msgstr" else value
    return read


def names(found: list[Entry]) -> set[tuple[str, str, str]]:
    return {(one["msgctxt"], one["msgid"], one["msgid_plural"]) for one in found}


@pytest.fixture(scope="module")
def catalogue() -> list[Entry]:
    return entries((ROOT / CATALOGUE).read_text())


def test_the_reader_of_these_tests_sees_every_part_of_an_entry() -> None:
    block = (
        '#, fuzzy\nmsgctxt "shelf"\nmsgid "a"\nmsgid_plural ""\n"b\\n"\n"c"\nmsgstr[0] "d"\nmsgstr[1] ""\n'
    )
    assert entries(f'msgid ""\nmsgstr ""\n\n{block}') == [
        {"msgctxt": "shelf", "msgid": "a", "msgid_plural": "b\nc", "msgstr": ["d", ""], "flags": "#, fuzzy"}
    ]


def test_every_entry_is_translated_in_every_form(catalogue: list[Entry]) -> None:
    def forms(one: Entry) -> int:
        return FORMS if one["msgid_plural"] else 1

    wanting = [
        one["msgid"]
        for one in catalogue
        if "fuzzy" in one["flags"] or len(one["msgstr"]) != forms(one) or not all(one["msgstr"])
    ]
    assert catalogue
    assert wanting == []


def test_nothing_is_kept_that_the_interface_no_longer_says() -> None:
    assert "#~" not in (ROOT / CATALOGUE).read_text()


def test_each_translation_holds_the_placeholders_of_its_original(catalogue: list[Entry]) -> None:
    differing = [
        (one["msgid"], said)
        for one in catalogue
        for said in one["msgstr"]
        if sorted(HOLDERS.findall(said)) != sorted(HOLDERS.findall(one["msgid_plural"] or one["msgid"]))
    ]
    assert differing == []


def test_the_header_names_no_person_and_no_moment() -> None:
    header = (ROOT / CATALOGUE).read_text().split("\n\n", 1)[0]
    assert "Language: ru\\n" in header
    assert "@" not in header
    assert "Date" not in header


def test_the_compiled_catalogue_says_what_the_written_one_says(catalogue: list[Entry]) -> None:
    with (ROOT / CATALOGUE).with_suffix(".mo").open("rb") as file:
        compiled: dict[Any, str] = vars(gettext.GNUTranslations(file))["_catalog"]
    written: dict[Any, str] = {}
    for one in catalogue:
        key = f"{one['msgctxt']}\4{one['msgid']}" if one["msgctxt"] else one["msgid"]
        if one["msgid_plural"]:
            written |= {(key, form): said for form, said in enumerate(one["msgstr"])}
        else:
            written[key] = one["msgstr"][0]
    del compiled[""]
    assert compiled == written


def said(text: str) -> set[str]:
    """The literals that a file hands to Django's functions of translation, under whatever name it calls them."""
    tree = ast.parse(text)
    from_django = (
        one
        for one in ast.walk(tree)
        if isinstance(one, ast.ImportFrom) and one.module == "django.utils.translation"
    )
    called = {
        name.asname or name.name: name.name
        for one in from_django
        for name in one.names
        if "gettext" in name.name
    }
    calls = (
        one
        for one in ast.walk(tree)
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id in called
    )
    words = (one.args["pgettext" in called[one.func.id] :][:1] for one in calls)  # type: ignore[attr-defined]
    return {
        arg.value
        for args in words
        for arg in args
        if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
    }


def test_what_xgettext_does_not_see_is_read_too() -> None:
    text = (
        "from django.utils.translation import gettext as _now, pgettext, override\n"
        "a = _now('under a name of its own')\nb = f\"{_now('inside a string')}\"\n"
        "c = pgettext('shelf', 'behind its context')\nd = override('ru')\ne = other('not ours')\n"
    )
    assert said(text) == {"under a name of its own", "inside a string", "behind its context"}


def test_every_literal_that_is_translated_is_in_it(catalogue: list[Entry]) -> None:
    held = {one["msgid"] for one in catalogue}
    files = [path for name in SOURCES if (ROOT / name).is_dir() for path in (ROOT / name).rglob("*.py")]
    assert {word for path in files for word in said(path.read_text()) if word not in held} == set()


def test_every_field_that_curators_fill_is_named_in_words_that_can_be_translated() -> None:
    from cstokb.records.models import Record

    records = [model for model in apps.get_models() if issubclass(model, Record)]
    fields = [(model, field) for model in records for field in model._meta.fields]
    assert {
        f"{model.__name__}.{field.name}"
        for model, field in fields
        if field.editable and field.name != "entry" and not isinstance(field.verbose_name, Promise)
    } == set()


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed")
def test_every_string_of_the_interface_is_in_it_and_no_other(tmp_path: Path, catalogue: list[Entry]) -> None:
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / CATALOGUE).unlink()
    words = ("makemessages", "--settings", "cstokb.settings", "--locale", "ru", "--no-location", "--no-wrap")
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    gathered = names(entries((tmp_path / CATALOGUE).read_text()))
    assert {"missing": gathered - names(catalogue), "idle": names(catalogue) - gathered} == {
        "missing": set(),
        "idle": set(),
    }
