"""Say in one line what is missing before anything is installed. Runs on any Python 3, without packages."""

import importlib.util
import socket
import sys


def trouble(port: "str | None") -> "str | None":
    """The first thing that is in the way, or None."""
    if sys.version_info < (3, 11):
        return (
            "Python 3.11 or newer is needed; this is %d.%d. Name another one: make PYTHON=python3.12 ..."
            % sys.version_info[:2]
        )
    if not importlib.util.find_spec("venv") or not importlib.util.find_spec("ensurepip"):
        return "Python's venv module is missing: apt install python3-venv"
    if port is None:
        return None
    if not port.isdigit() or not 0 < int(port) < 65536:
        return 'PORT is "%s"; it must be a number from 1 to 65535.' % port
    return taken(int(port))


def taken(port: int) -> "str | None":
    """A sentence when the port cannot be served on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return "Port %d cannot be used (%s). Choose another one: make run PORT=%d" % (
                port,
                error.strerror,
                port + 1,
            )
    return None


if __name__ == "__main__":
    sentence = trouble(sys.argv[1] if len(sys.argv) > 1 else None)
    if sentence:
        sys.exit(sentence)
