"""The settings as processes meet them: modes, headers, databases."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test import Client

from cstokb.databases import CacheRouter, _are_read, databases, postgresql, sorting_in_file, sqlite
from cstokb.records.choices import Visibility
from cstokb.records.models import Entry

PRODUCTION = {
    "DJANGO_ENV": "production",
    "SECRET_KEY": "k7-vz3jq0a!x9m2pd8w_s5ruy1ehgt4bno6flic@x3m5w9r2t8",
    "SITE_URL": "https://kb.example.org",
    "ALLOWED_HOSTS": "kb.example.org",
}


def manage(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=settings.BASE_DIR,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


class TestStart:
    @pytest.mark.parametrize("missing", ["SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS"])
    def test_production_without_a_value_stops_with_one_sentence(self, missing: str) -> None:
        done = manage("check", **{name: value for name, value in PRODUCTION.items() if name != missing})
        assert done.returncode == 1
        assert done.stderr.startswith(f"The knowledge base cannot start. {missing} is not set")
        assert done.stderr.count("\n") == 1

    def test_production_passes_djangos_own_review_without_a_warning(self) -> None:
        done = manage("check", "--deploy", "--fail-level", "INFO", **PRODUCTION)
        assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n")

    def test_the_server_stops_with_the_same_sentence(self) -> None:
        code = "import cstokb.wsgi"
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=settings.BASE_DIR,
            env={**PRODUCTION, "SECRET_KEY": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (
            1,
            "The knowledge base cannot start. SECRET_KEY is not set; docs/operations.md says what it is.\n",
        )

    def test_logs_as_json_are_one_object_a_line(self) -> None:
        code = "import logging; logging.getLogger('x').warning('said')"
        done = manage("shell", "-c", code, LOG_FORMAT="json")
        assert '"message": "said"' in done.stderr


class TestHeaders:
    def test_nothing_inline_and_nothing_foreign_may_run(self, client: Client) -> None:
        policy = client.get("/healthz")["Content-Security-Policy"]
        assert "unsafe" not in policy
        directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
        assert directives["default-src"] == directives["object-src"] == "'none'"
        assert directives["script-src"] == directives["style-src"] == "'self'"

    def test_the_usual_ones_are_there(self, client: Client) -> None:
        response = client.get("/healthz")
        expected = {
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
        assert {name: response[name] for name in expected} == expected

    def test_a_reader_gets_no_cookie(self, client: Client) -> None:
        assert not client.get("/healthz").cookies

    @pytest.mark.parametrize(("path", "allowed"), [("/api/v1/nothing/", "*"), ("/nothing/", None)])
    def test_only_the_api_is_read_from_other_sites(
        self, path: str, allowed: str | None, client: Client
    ) -> None:
        response = client.get(path, headers={"origin": "https://elsewhere.example"})
        assert response.get("Access-Control-Allow-Origin") == allowed
        assert "Access-Control-Allow-Credentials" not in response

    def test_other_sites_may_not_write(self, client: Client) -> None:
        asked = {"origin": "https://elsewhere.example", "access-control-request-method": "POST"}
        response = client.options("/api/v1/nothing/", headers=asked)
        assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"

    def test_a_claimed_proxy_is_not_believed(self) -> None:
        assert not hasattr(settings, "SECURE_PROXY_SSL_HEADER") or not settings.SECURE_PROXY_SSL_HEADER


class TestDatabases:
    @pytest.fixture
    def opened(self, tmp_path: Path) -> Any:
        config = databases(None, tmp_path, pool_min=1, pool_max=1)["default"]
        defaults = {
            "TIME_ZONE": None,
            "AUTOCOMMIT": True,
            "CONN_HEALTH_CHECKS": False,
            "ATOMIC_REQUESTS": False,
        }
        wrapper = DatabaseWrapper({**defaults, **config, "TEST": {}})
        yield wrapper
        wrapper.close()

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("pragma", "value"),
        [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 20_000)],
    )
    def test_sqlite_keeps_what_it_acknowledged_and_waits_for_its_turn(
        self, pragma: str, value: object, opened: DatabaseWrapper
    ) -> None:
        with opened.cursor() as cursor:
            assert cursor.execute(f"PRAGMA {pragma}").fetchone() == (value,)

    @pytest.mark.django_db
    def test_a_transaction_takes_the_write_lock_when_it_begins(self, opened: DatabaseWrapper) -> None:
        with opened.cursor() as cursor:
            cursor.execute("CREATE TABLE t (n integer)")
        opened.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        other = sqlite3.connect(opened.settings_dict["NAME"], timeout=0)
        with closing(other), pytest.raises(sqlite3.OperationalError, match="database is locked"):
            other.execute("BEGIN IMMEDIATE")
        opened.rollback()

    @pytest.mark.django_db
    def test_a_whole_list_is_sorted_in_a_file_and_all_else_in_memory(
        self, opened: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Within a transaction, where a temporary table may stand, nothing is changed."""
        monkeypatch.setattr("cstokb.databases.connection", opened)

        def told() -> tuple[int, int]:
            with opened.cursor() as cursor:
                asked = (cursor.execute(f"PRAGMA {name}").fetchone() for name in ("temp_store", "cache_size"))
                (store,), (size,) = asked
                return store, size

        def planned(*steps: str) -> Any:
            return Mock(explain=lambda: "\n".join(steps))

        usual, sorted_ = told(), planned("4 0 0 SCAN one", "9 0 0 USE TEMP B-TREE FOR ORDER BY")
        with suppress(LookupError), sorting_in_file(sorted_):
            assert (told(), usual) == ((1, -4096), (2, -65536))
            raise LookupError
        assert told() == usual
        with sorting_in_file(planned("4 0 0 SCAN one USING COVERING INDEX its", "6 0 0 SEARCH two")):
            assert told() == usual
        opened.in_atomic_block = True
        with sorting_in_file(sorted_):
            assert told() == usual

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL sorts in a file of itself")
    @pytest.mark.django_db
    def test_rows_are_only_read_where_an_index_has_them_in_order(self) -> None:
        rows = Entry.objects.order_by("pk")
        by_name = Entry.objects.order_by("label_ru", "changed_at")
        among = rows.filter(pk__in=by_name[:5].values("pk"))
        without = rows.exclude(pk__in=Entry.objects.filter(visibility=Visibility.HIDDEN).values("pk"))
        assert [_are_read(one) for one in (rows, by_name, among, without)] == [True, False, False, True]

    def test_the_cache_has_a_file_of_its_own_beside_sqlite(self, tmp_path: Path) -> None:
        made = databases(
            {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "kb.db")},
            tmp_path,
            pool_min=1,
            pool_max=1,
        )
        assert {alias: Path(config["NAME"]).name for alias, config in made.items()} == {
            "default": "kb.db",
            "cache": "kb.cache.sqlite3",
        }
        assert made["default"]["OPTIONS"]["init_command"].count("synchronous=FULL") == 1

    def test_postgresql_is_pooled_and_keeps_the_urls_options(self, tmp_path: Path) -> None:
        parsed = {"ENGINE": "django.db.backends.postgresql", "NAME": "kb", "OPTIONS": {"sslmode": "require"}}
        made = databases(parsed, tmp_path, pool_min=2, pool_max=8)
        assert set(made) == {"default"}
        assert made["default"] == postgresql(parsed, pool_min=2, pool_max=8)
        assert made["default"]["CONN_MAX_AGE"] == 0
        assert made["default"]["OPTIONS"] == {
            "sslmode": "require",
            "connect_timeout": 5,
            "options": "-c jit=off",
            "pool": {"min_size": 2, "max_size": 8, "timeout": 5},
        }
        own = databases(parsed | {"OPTIONS": {"options": "-c jit=on"}}, tmp_path, pool_min=2, pool_max=8)
        assert own["default"]["OPTIONS"]["options"] == "-c jit=on"

    def test_the_routers_table_of_answers(self) -> None:
        router = CacheRouter()
        asked = [
            ("cache", "django_cache"),
            ("cache", "records"),
            ("default", "django_cache"),
            ("default", "records"),
        ]
        assert [router.allow_migrate(*pair) for pair in asked] == [True, False, False, None]

    def test_a_first_cache_entry_goes_into_that_file(self, tmp_path: Path) -> None:
        file = tmp_path / "kb.sqlite3"
        environment = {"DATABASE_URL": f"sqlite:///{file}"}
        manage("createcachetable", "--database", "cache", **environment)
        code = "from django.core.cache import cache; cache.set('a', 1); print(cache.get('a'))"
        assert manage("shell", "-v", "0", "-c", code, **environment).stdout == "1\n"
        with closing(sqlite3.connect(tmp_path / "kb.cache.sqlite3")) as cache_file:
            assert cache_file.execute("SELECT count(*) FROM cache_entries").fetchone() == (1,)
        assert not file.exists()

    def test_the_file_that_is_synced_is_the_default(self, tmp_path: Path) -> None:
        assert "synchronous=FULL" in sqlite(tmp_path / "x")["OPTIONS"]["init_command"]
