"""Settings from the environment, value by value."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from cstokb.env import Environment, environ_file

SECRET = "k7-vz3jq0a!x9m2pd8w_s5ruy1ehgt4bno6flic@x3m5w9r2t8"


def local(**values: str) -> Environment:
    return Environment(values)


def production(**values: str) -> Environment:
    return Environment({"DJANGO_ENV": "production", **values})


class TestMode:
    def test_three_modes_and_no_other(self) -> None:
        assert [Environment({"DJANGO_ENV": mode}).production for mode in ("", "test", "production")] == [
            False,
            False,
            True,
        ]
        with pytest.raises(ImproperlyConfigured, match='DJANGO_ENV is "prod"'):
            Environment({"DJANGO_ENV": "prod"})

    def test_a_checkout_reads_its_file_and_the_process_wins(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "local.env"
        file.write_text("# ours\n\nLOG_LEVEL=DEBUG\nCONTACT_EMAIL = a=b@example.org \n")
        monkeypatch.setenv("DJANGO_ENV", "")
        monkeypatch.setenv("LOG_LEVEL", "ERROR")
        environment = Environment.load(file)
        assert environment.text("LOG_LEVEL") == "ERROR"
        assert environment.text("CONTACT_EMAIL") == "a=b@example.org"

    @pytest.mark.parametrize("mode", ["production", "test"])
    def test_the_other_modes_do_not_read_it(
        self, mode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "local.env"
        file.write_text("CONTACT_EMAIL=a@example.org\n")
        monkeypatch.setenv("DJANGO_ENV", mode)
        assert Environment.load(file).text("CONTACT_EMAIL", "") == ""

    def test_a_secret_with_signs_is_read_as_it_is(self, tmp_path: Path) -> None:
        file = tmp_path / "local.env"
        file.write_text("SECRET_KEY=a#b=c%$(d)'\n")
        assert environ_file(file) == {"SECRET_KEY": "a#b=c%$(d)'"}


class TestValues:
    def test_text_falls_back_by_mode(self) -> None:
        assert local().text("X", local="here") == "here"
        assert local(X="  ").text("X", "default") == "default"
        with pytest.raises(ImproperlyConfigured, match="X is not set"):
            production().text("X", local="here")

    @pytest.mark.parametrize(
        ("value", "answer"), [("yes", True), ("TRUE", True), ("1", True), ("no", False), ("off", False)]
    )
    def test_flags(self, value: str, answer: bool) -> None:
        assert local(X=value).flag("X", not answer) is answer

    def test_a_flag_that_is_not_given_is_the_default(self) -> None:
        assert [local().flag("X", True), local().flag("X", False)] == [True, False]

    @pytest.mark.parametrize("value", ["banana", "2", "y es"])
    def test_a_flag_is_yes_or_no(self, value: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="it may be yes or no"):
            local(X=value).flag("X", False)

    @pytest.mark.parametrize("value", ["-1", "1.5", "ten", "٣", "1e3", "0"])
    def test_a_number_is_whole_and_large_enough(self, value: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="whole number, 1 or more"):
            local(X=value).number("X", 5, least=1)
        assert local(X="12").number("X", 5, least=1) == 12

    def test_words_are_split_and_trimmed(self) -> None:
        assert local(X=" a, b ,,c ").words("X") == ["a", "b", "c"]
        assert local().words("X", ["d"]) == ["d"]

    def test_a_choice_is_one_of_its_words(self) -> None:
        assert local(X="json").choice("X", "text", ("text", "json")) == "json"
        with pytest.raises(ImproperlyConfigured, match="it may be text, json"):
            local(X="xml").choice("X", "text", ("text", "json"))


class TestProductionIsStrict:
    def test_errors_are_never_shown_in_full(self) -> None:
        assert local(DEBUG="yes").debug("DEBUG")
        assert not production().debug("DEBUG")
        with pytest.raises(ImproperlyConfigured, match="never shown in full"):
            production(DEBUG="yes").debug("DEBUG")

    @pytest.mark.parametrize("value", ["short", "x" * 60, "ab" * 30])
    def test_a_secret_that_can_be_guessed_stops_the_start_without_being_told(self, value: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="easy to guess") as caught:
            production(SECRET_KEY=value).secret("SECRET_KEY")
        assert value not in str(caught.value)

    def test_a_good_secret_is_taken_and_a_missing_one_stops_the_start(self) -> None:
        assert production(SECRET_KEY=SECRET).secret("SECRET_KEY") == SECRET
        with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY is not set"):
            production().secret("SECRET_KEY")

    def test_a_checkout_without_a_secret_gets_a_new_one(self) -> None:
        assert local().secret("SECRET_KEY") != local().secret("SECRET_KEY")

    def test_hosts_are_named(self) -> None:
        assert local().hosts("HOSTS") == ["localhost", "127.0.0.1", "[::1]"]
        assert production(HOSTS="kb.example.org").hosts("HOSTS") == ["kb.example.org"]
        with pytest.raises(ImproperlyConfigured, match=r"HOSTS is not set"):
            production().hosts("HOSTS")
        with pytest.raises(ImproperlyConfigured, match=r'HOSTS holds "[*]"'):
            production(HOSTS="kb.example.org,*").hosts("HOSTS")

    @pytest.mark.parametrize(
        "value",
        [
            "kb.example.org",
            "ftp://kb.example.org",
            "https://",
            "https://kb.example.org/path",
            "https://a?b=c",
        ],
    )
    def test_the_public_address_is_scheme_and_host(self, value: str) -> None:
        with pytest.raises(ImproperlyConfigured, match=r"must look like https://kb\.example\.org"):
            local(SITE_URL=value).site_url("SITE_URL", local="")

    def test_the_public_address_is_https_in_production(self) -> None:
        assert local(SITE_URL="http://kb:8000/").site_url("SITE_URL", local="") == "http://kb:8000"
        with pytest.raises(ImproperlyConfigured, match="must begin with https://"):
            production(SITE_URL="http://kb.example.org").site_url("SITE_URL", local="")


class TestUrls:
    def test_a_database_cache_and_mail_server_are_read(self) -> None:
        environment = local(
            DATABASE_URL="postgresql://kb:p%40ss@db:5433/kb?sslmode=require",
            CACHE_URL="redis://localhost:6379/1",
            EMAIL_URL="smtp+tls://u:p@mail:587",
        )
        database = environment.database("DATABASE_URL")
        assert database is not None
        named = {key: database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
        assert named == {
            "NAME": "kb",
            "USER": "kb",
            "PASSWORD": "p@ss",
            "HOST": "db",
            "PORT": 5433,
            "OPTIONS": {"sslmode": "require"},
        }
        cache = environment.cache("CACHE_URL")
        assert cache is not None
        assert cache["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
        assert environment.mailer("EMAIL_URL", "consolemail://") == {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": "mail",
                "port": 587,
                "username": "u",
                "password": "p",
                "use_tls": True,
                "use_ssl": False,
                "timeout": 10,
            },
        }

    def test_without_a_url_there_is_nothing(self) -> None:
        assert (local().database("D"), local().cache("C")) == (None, None)
        console = {"BACKEND": "django.core.mail.backends.console.EmailBackend", "OPTIONS": {}}
        assert local().mailer("E", "consolemail://") == console

    @pytest.mark.parametrize(
        "value",
        ["mysql://u:secret@h/d", "u:secret@h/d", "postgresql:u:secret@h", "postgresql://u:secret@h:x/d"],
    )
    def test_a_wrong_url_stops_the_start_and_is_not_repeated(self, value: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as caught:
            local(DATABASE_URL=value).database("DATABASE_URL")
        assert "secret" not in str(caught.value)


def test_no_reader_repeats_a_password(capsys: Any) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        local(EMAIL_URL="imap://u:secret@h").mailer("EMAIL_URL", "consolemail://")
    assert "secret" not in str(caught.value)
