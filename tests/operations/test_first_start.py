"""What a first start writes, and what a second one leaves alone."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings

from cstokb.env import environ_file
from cstokb.operations import static
from cstokb.operations.local_env import write_local_env
from cstokb.operations.management.commands import prepare


class TestLocalEnv:
    def test_it_holds_a_new_secret_that_only_its_owner_reads(self, tmp_path: Path) -> None:
        first, second = tmp_path / "first.env", tmp_path / "second.env"
        assert write_local_env(first)
        assert write_local_env(second)
        values, others = environ_file(first), environ_file(second)
        assert first.stat().st_mode & 0o777 == 0o600
        assert len(values["SECRET_KEY"]) == 50
        assert values["SECRET_KEY"] != others["SECRET_KEY"]
        assert values["ALLOWED_HOSTS"] == "localhost,127.0.0.1,[::1]"
        assert values["RATE_ANONYMOUS"] == values["RATE_SEARCH"] == values["RATE_TOKEN"] == "12000"

    def test_one_that_is_there_stays(self, tmp_path: Path) -> None:
        path = tmp_path / "local.env"
        path.write_text("SECRET_KEY=mine\n")
        assert not write_local_env(path)
        assert path.read_text() == "SECRET_KEY=mine\n"


class TestStaticFiles:
    @pytest.fixture
    def source(self, tmp_path: Path, settings: Any) -> Path:
        source = tmp_path / "source"
        source.mkdir()
        (source / "site.css").write_text("body { color: black }")
        settings.STATICFILES_DIRS = [source]
        settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
        settings.STATIC_ROOT = tmp_path / "static"
        return source

    def test_they_are_collected_once_and_again_after_a_change(self, source: Path, tmp_path: Path) -> None:
        root = tmp_path / "static"
        assert static.collect_if_changed(root)
        assert not static.collect_if_changed(root)
        (source / "site.css").write_text("body { color: maroon }")
        assert static.collect_if_changed(root)
        assert (root / "site.css").read_text() == "body { color: maroon }"

    def test_a_file_that_is_gone_is_not_served_any_more(self, source: Path, tmp_path: Path) -> None:
        root = tmp_path / "static"
        (source / "old.css").write_text("")
        static.collect_if_changed(root)
        (source / "old.css").unlink()
        assert static.collect_if_changed(root)
        assert not (root / "old.css").exists()

    def test_a_broken_run_is_done_again(self, source: Path, tmp_path: Path, monkeypatch: Any) -> None:
        def broken(*args: Any, **kwargs: Any) -> None:
            raise OSError("disk full")

        with monkeypatch.context() as patch:
            patch.setattr(static, "call_command", broken)
            with pytest.raises(OSError, match="disk full"):
                static.collect_if_changed(tmp_path / "static")
        assert static.collect_if_changed(tmp_path / "static")


@pytest.mark.django_db
class TestPrepare:
    @pytest.fixture
    def called(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        names: list[str] = []
        monkeypatch.setattr(prepare, "call_command", lambda name, **options: names.append(name))
        monkeypatch.setattr(prepare, "collect_if_changed", lambda root: True)
        return names

    def run(self, var: Path, *, production: bool = False) -> str:
        out = io.StringIO()
        with override_settings(VAR_DIR=var, PRODUCTION=production):
            call_command("prepare", stdout=out)
        return out.getvalue()

    def test_the_first_start_does_everything(self, tmp_path: Path, called: list[str]) -> None:
        said = self.run(tmp_path)
        assert called == ["createcachetable", "load_data", "rebuild_search_index"]
        assert said == "Settings: var/local.env written, with a new secret.\nStatic files: collected.\n"
        assert (tmp_path / "local.env").exists()

    def test_production_writes_no_settings(self, tmp_path: Path, called: list[str]) -> None:
        self.run(tmp_path, production=True)
        assert not (tmp_path / "local.env").exists()
