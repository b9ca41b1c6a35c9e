"""Who may do what: every address, every method, every kind of caller, against a file that people have read.

A new address gets its line by ``WRITE_PERMISSIONS=new pytest tests/contracts/test_permissions.py -k written``; look at
it before it is kept. ``WRITE_PERMISSIONS=all`` asks for everything anew.
"""

from __future__ import annotations

import os

import pytest

from tests.contracts.permitting import (
    METHODS,
    ROLES,
    Address,
    Caller,
    addresses,
    callers,
    cell,
    people,
    read,
    status,
    work,
    write,
)

pytestmark = [pytest.mark.contract, pytest.mark.django_db, pytest.mark.usefixtures("starter")]

WRITING = os.environ.get("WRITE_PERMISSIONS", "")
#: One address in so many is asked for everything when the slow tests run for a change; each in the long run.
SHARE = 1 if os.environ.get("TEST_SCALE") == "test-long" else 4
Place = tuple[list[Address], list[Caller]]


@pytest.fixture
def place() -> Place:
    people()
    found, asking = addresses(), callers()
    work()
    return found, asking


@pytest.mark.skipif(not WRITING, reason="the file is written when WRITE_PERMISSIONS says so")
def test_the_file_is_written(place: Place) -> None:
    found, asking = place
    kept = {} if WRITING == "all" else read()
    lines = {}
    for address in found:
        lines[address.key] = kept.get(address.key) or {
            caller.role: cell({method: caller.ask(address, method) for method in METHODS})
            for caller in asking
        }
    write(lines)


def test_every_address_has_a_line_and_every_line_an_address(place: Place) -> None:
    assert [address.key for address in place[0] if address.key not in read()] == []
    assert sorted(set(read()) - {address.key for address in place[0]}) == []


def test_every_address_answers_as_its_line_says_to_one_caller_by_one_method(place: Place) -> None:
    """Which caller and which method turns with the line, so that each pair is asked of many addresses."""
    found, asking = place
    lines, wrong = read(), []
    for number, address in enumerate(found):
        caller = asking[number % len(ROLES)]
        method = METHODS[number // len(ROLES) % len(METHODS)]
        told, said = caller.ask(address, method), status(lines[address.key][caller.role], method)
        if told != said:
            wrong.append((address.key, caller.role, method, told, said))
    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_as_its_line_says(role: str, place: Place) -> None:
    found, asking = place
    lines = read()
    at = ROLES.index(role)
    told = {
        address.key: cell({method: asking[at].ask(address, method) for method in METHODS})
        for address in found[at % SHARE :: SHARE]
    }
    assert {route: said for route, said in told.items() if said != lines[route][role]} == {}


class TestFile:
    """What the file says, whoever wrote it."""

    def test_nothing_ends_in_an_error_of_ours(self) -> None:
        assert [route for route, cells in read().items() if any("50" in one for one in cells.values())] == []

    def test_readers_enter_no_page_of_the_curators(self) -> None:
        desk = below("/admin/")
        assert len(desk) > 100
        for route, cells in desk.items():
            for role in ("anonymous", "token", "expired", "disabled"):
                assert set(opened(cells[role])) <= {"login", "302", "405"}, (route, role)

    def test_nobody_writes_through_the_api(self) -> None:
        """No right would help, so nobody is asked for one: only a token that is none is refused as such."""
        api = below("/api/")
        assert len(api) > 100
        for route, cells in api.items():
            for role in ROLES:
                refused = {status(cells[role], method) for method in ("POST", "PUT", "PATCH", "DELETE")}
                assert refused in ([{"401"}, {"405"}] if role == "expired" else [{"405"}]), (route, role)

    def test_a_second_factor_is_there_for_whoever_has_it_and_a_key_for_its_owner_alone(self) -> None:
        factors = {route: cells for route, cells in read().items() if " mfa_" in route}
        keys = [route for route in factors if "/keys/" in route]
        assert len(keys) == 2
        for route, cells in factors.items():
            got = [status(cells[role], "GET") for role in ROLES[4:]]
            owner, others = got[0], got[1:]
            assert owner in ("200", "302"), route
            assert set(others) == ({"404"} if route in keys else {owner}), route

    def test_a_closed_account_is_as_a_stranger(self) -> None:
        assert [route for route, cells in read().items() if cells["disabled"] != cells["anonymous"]] == []

    def test_no_group_is_refused_what_a_lesser_one_may(self) -> None:
        for route, cells in read().items():
            refused = [status(cells[role], "GET") == "403" for role in ROLES[4:]]
            assert refused == sorted(refused, reverse=True), route


def below(path: str) -> dict[str, dict[str, str]]:
    """The lines of the addresses below a path; a caller that asks of all of them asks that there are some."""
    return {route: cells for route, cells in read().items() if route.startswith(path)}


def opened(text: str) -> list[str]:
    return [status(text, method) for method in METHODS]
