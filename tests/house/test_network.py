"""Tests reach nothing but this machine."""

import socket

import pytest

from tests.conftest import NetworkUseError


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80, 0, 0)])
def test_another_machine_is_refused(address: tuple[str | int, ...]) -> None:
    family = socket.AF_INET6 if len(address) == 4 else socket.AF_INET
    with socket.socket(family) as connection, pytest.raises(NetworkUseError):
        connection.connect(address)


def test_this_machine_is_reached() -> None:
    with socket.socket() as server, socket.socket() as connection:
        server.bind(("127.0.0.1", 0))
        server.listen()
        connection.connect(server.getsockname())
        assert connection.getpeername() == server.getsockname()
