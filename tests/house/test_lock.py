"""The locks install with every pip that a supported Python brings."""

import re
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LINE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[([^]]*)\])?==", re.MULTILINE)


def locked(name: str) -> dict[str, set[str]]:
    """The packages of a lock, each with the extras its line names."""
    text = Path(settings.BASE_DIR, name).read_text()
    return {
        canonicalize_name(package): {canonicalize_name(extra.strip()) for extra in extras.split(",") if extra}
        for package, extras in LINE.findall(text)
    }


@pytest.mark.parametrize(
    ("name", "with_extras"), [("requirements.txt", set()), ("requirements-dev.txt", {"coverage"})]
)
def test_an_extra_that_a_locked_package_asks_for_stands_in_the_line_of_the_lock(
    name: str, with_extras: set[str]
) -> None:
    """Without it, the pip of Python 3.11 takes the newest release, which has no hash in the lock, once there is one."""
    packages = locked(name)
    asked = [
        (package, requirement)
        for package, extras in packages.items()
        for requirement in map(Requirement, requirements_of(package))
        if requirement.extras and applies(requirement, extras)
    ]
    assert {
        (package, str(requirement))
        for package, requirement in asked
        if not requirement.extras <= packages[canonicalize_name(requirement.name)]
    } == set()
    assert {canonicalize_name(requirement.name) for _package, requirement in asked} == with_extras


def requirements_of(package: str) -> list[str]:
    """What an installed package asks for; a lock also names packages for other systems."""
    try:
        return requires(package) or []
    except PackageNotFoundError:
        return []


def applies(requirement: Requirement, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in (extras or {""}))
