"""A PostgreSQL server of the tests' own: made in a folder of its own, gone when the tests are done."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
# Nothing in it outlives the run, so nothing needs to reach the disk.
FAST = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200"]


def programs() -> Path | None:
    """The folder of the newest server's programs, or None where no server is installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = [path for path in DEBIAN.glob("*/bin") if (path / "initdb").exists()]
    return max(versions, key=lambda path: float(path.parent.name), default=None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def as_server_user(folder: Path) -> list[str]:
    """The words that run a program as somebody PostgreSQL accepts: it refuses to be run by root."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["runuser", "-u", "postgres", "--"]


@contextmanager
def server(binaries: Path) -> Iterator[str]:
    """Start a server and give its URL; stop it and remove its folder at the end, also after an error."""
    folder = Path(tempfile.mkdtemp(prefix="cstokb-postgres-"))
    try:
        prefix, port, data = as_server_user(folder), free_port(), folder / "data"
        options = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", *FAST]
        control = [*prefix, str(binaries / "pg_ctl"), "--pgdata", str(data), "--silent", "--wait"]
        initdb = [str(binaries / "initdb"), "--pgdata", str(data), "--auth=trust", "--username=postgres"]
        _run([*prefix, *initdb, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"], folder)
        words = " ".join(f"-c {option}" for option in options)
        _run([*control, "--log", str(folder / "log"), "--options", words, "start"], folder)
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/cstokb"
        finally:
            _run([*control, "--mode", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(words: list[str], folder: Path) -> None:
    # The server inherits what its starter writes to; it must not keep a pipe of ours open.
    with (folder.parent / f"{folder.name}.log").open("w+") as log:
        done = subprocess.run(
            words, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
        )
        log.seek(0)
        answer = log.read()
    Path(log.name).unlink()
    if done.returncode:
        raise SystemExit(f"PostgreSQL for the tests: {answer.strip()}")
