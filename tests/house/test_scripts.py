"""The scripts behind the commands."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR


def preflight(*words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "scripts/preflight.py", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


class TestPreflight:
    def test_a_free_port_is_no_trouble(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        assert preflight(str(port)) == (0, "")

    def test_a_taken_port_is_told_in_one_line_with_a_way_out(self) -> None:
        with socket.socket() as server:
            server.bind(("127.0.0.1", 0))
            server.listen()
            port = server.getsockname()[1]
            code, said = preflight(str(port))
        reason = f"Port {port} cannot be used (Address already in use)."
        assert (code, said) == (1, f"{reason} Choose another one: make run PORT={port + 1}\n")

    @pytest.mark.parametrize("port", ["0", "65536", "http", "-1", ""])
    def test_a_port_that_is_none_is_refused(self, port: str) -> None:
        assert preflight(port) == (1, f'PORT is "{port}"; it must be a number from 1 to 65535.\n')

    def test_without_a_port_only_python_is_looked_at(self) -> None:
        assert preflight() == (0, "")


def test_the_makefile_lists_its_commands() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    words = {line.split()[0] for line in done.stdout.splitlines()}
    assert {
        "run",
        "dev",
        "test",
        "test-ci",
        "test-long",
        "lint",
        "types",
        "fmt",
        "backup",
        "restore",
        "admin",
    } <= words


def test_restore_without_a_file_says_how() -> None:
    if not (ROOT / ".venv" / "installed-requirements.txt").exists():
        pytest.skip("the packages of make run are not installed here")
    environment = {**os.environ, "FILE": ""}
    done = subprocess.run(
        ["make", "restore"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        2,
        "Name the backup: make restore FILE=var/backups/...",
    )
