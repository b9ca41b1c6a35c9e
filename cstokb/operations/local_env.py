"""The settings of a checkout on somebody's own machine, written once by its first start."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

# A crowd behind one address, or a checker that asks for every page, is at home on one's own machine.
LOCAL_RATE = 12000

TEMPLATE = """\
# Written by the first start of this checkout, and read when DJANGO_ENV is not set. It is yours to change:
# docs/operations.md lists the settings. Whoever knows SECRET_KEY can sign in as anybody; keep it to yourself.
SECRET_KEY={secret}
ALLOWED_HOSTS=localhost,127.0.0.1,[::1]
RATE_ANONYMOUS={rate}
RATE_SEARCH={rate}
RATE_TOKEN={rate}
"""


def write_local_env(path: Path) -> bool:
    """Write the file with a new secret, readable by its owner alone; a file that is there stays as it is."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(TEMPLATE.format(secret=get_random_secret_key(), rate=LOCAL_RATE))
    return True
