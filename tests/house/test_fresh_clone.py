"""What a newcomer does: clone, `make run`, look; stop, and start again."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

PATIENCE_SECONDS = 900


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def ask(port: int, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


@contextmanager
def running(clone: Path, port: int) -> Iterator[Path]:
    """The service of ``make run``, once it answers; gives the file of what it said."""
    kept = {
        name: os.environ[name] for name in os.environ if not name.startswith(("DJANGO", "DATABASE", "COV"))
    }
    log = clone.parent / f"{port}.log"
    with log.open("w") as out:
        server = subprocess.Popen(
            ["make", "run", f"PORT={port}"],
            cwd=clone,
            env=kept,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        wait_for(server, port, log)
        yield log
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(timeout=60)


def wait_for(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(PATIENCE_SECONDS):
        if server.poll() is not None:
            pytest.fail(f"make run ended: {log.read_text()}")
        try:
            if ask(port, "/healthz")[0] == 200:
                return
        except (OSError, HTTPException):
            time.sleep(1)
    pytest.fail(f"make run did not answer: {log.read_text()}")


def test_one_command_serves_a_filled_site_and_a_second_start_finds_everything_done(tmp_path: Path) -> None:
    clone, port = tmp_path / "clone", free_port()
    subprocess.run(["git", "clone", "--quiet", str(settings.BASE_DIR), str(clone)], check=True)
    with running(clone, port) as log:
        said = log.read_text()
        assert f"Serving http://localhost:{port}/" in said
        assert "make admin" in said
        assert ask(port, "/readyz")[0] == 200
        assert "Kazakhstan" in ask(port, "/states/")[1]
        secret = (clone / "var" / "local.env").read_text()
    with running(clone, port) as log:
        said = log.read_text()
        words = ("Installing", "migrations applied", "created", "Static files", "written")
        assert [word for word in words if word in said] == []
        assert ask(port, "/readyz")[0] == 200
        assert (clone / "var" / "local.env").read_text() == secret
    seen = subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True
    )
    assert seen.stdout == ""
