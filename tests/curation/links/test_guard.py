"""Which addresses of the web may be asked."""

import pytest

from cstokb.curation.links.guard import Guard, NoSuchHost, NotAllowed, is_public, look_up

PUBLIC, V6 = "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"


def guard(*numbers: str, beside: frozenset[tuple[str, int]] = frozenset()) -> Guard:
    return Guard(resolve=lambda host, port: numbers, beside=beside)


@pytest.mark.parametrize(
    ("url", "origin", "path"),
    [
        ("http://example.org", "http://example.org", "/"),
        ("https://example.org/a?b=c#d", "https://example.org", "/a?b=c"),
        ("http://example.org:443/", "http://example.org:443", "/"),
        ("https://EXAMPLE.org./x", "https://example.org", "/x"),
        ("https://пример.рф/путь", "https://xn--e1afmkfd.xn--p1ai", "/%D0%BF%D1%83%D1%82%D1%8C"),
        ("https://example.org/a%20b", "https://example.org", "/a%20b"),
    ],
)
def test_addresses_of_the_web_are_asked_at_the_number_that_was_looked_at(
    url: str, origin: str, path: str
) -> None:
    target = guard(PUBLIC).target(url)
    assert (target.origin, target.path, target.number) == (origin, path, PUBLIC)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://example.org/", "is not http or https"),
        ("file:///etc/passwd", "is not http or https"),
        ("gopher://example.org/", "is not http or https"),
        ("example.org", "is not http or https"),
        ("http://user@example.org/", "name or password"),
        ("http://user:secret@example.org/", "name or password"),
        ("http://example.org\\@127.0.0.1/", "name or password"),
        ("http://example.org:22/", "port 22"),
        ("http://example.org:8080/", "port 8080"),
        ("http://example.org:99999/", "no number"),
        ("http://example.org:x/", "no number"),
        ("http:///path", "names no host"),
        ("http://exa mple.org/", "no address of the web"),
        ("http://example.org/\r\nHost: other", "no address of the web"),
        ("http://example.org/\x00", "no address of the web"),
        ("http://[::1/", "no address of the web"),
        ("http://" + "a" * 64 + ".org/", "no name"),
        ("http://example.org/" + "a" * 2000, "no address of the web"),
    ],
)
def test_what_is_no_address_of_the_web_is_not_asked(url: str, why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        guard(PUBLIC).target(url)


INNER = [  # what nobody outside can mean
    *(
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",  # noqa: S104  asked, not bound
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
    ),
    *("100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *(
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
    ),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a9fe:a9fe::1"),
    *("", "no number", "127.1", "2130706433", "0x7f000001"),
]


@pytest.mark.parametrize("number", INNER)
def test_inner_numbers_are_not_public(number: str) -> None:
    assert not is_public(number)
    with pytest.raises(NotAllowed, match="no public address"):
        guard(number).target("http://example.org/")


@pytest.mark.parametrize("number", [PUBLIC, V6, "8.8.8.8", "::ffff:8.8.8.8", "11.0.0.1"])
def test_public_numbers_are(number: str) -> None:
    assert is_public(number)


def test_one_inner_number_among_public_ones_is_enough() -> None:
    with pytest.raises(NotAllowed, match=r"is 10\.0\.0\.1"):
        guard(PUBLIC, "10.0.0.1").target("http://example.org/")


@pytest.mark.parametrize(
    "url", ["http://localhost/", "http://127.0.0.1/", "http://2130706433/", "http://[::1]/"]
)
def test_this_machine_is_not_asked_by_any_name(url: str) -> None:
    with pytest.raises((NotAllowed, NoSuchHost)):
        Guard().target(url)


def test_what_a_test_allows_is_one_number_at_one_port() -> None:
    allowed = guard("127.0.0.1", beside=frozenset({("127.0.0.1", 8123)}))
    assert allowed.target("http://a.example:8123/").number == "127.0.0.1"
    with pytest.raises(NotAllowed):
        allowed.target("http://a.example/")
    with pytest.raises(NotAllowed):
        guard("127.0.0.2", beside=frozenset({("127.0.0.1", 8123)})).target("http://a.example:8123/")


def test_a_name_that_means_nothing() -> None:
    with pytest.raises(NoSuchHost):
        guard().target("http://example.org/")
    with pytest.raises(NoSuchHost):
        look_up("a..b", 80)
