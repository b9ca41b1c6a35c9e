"""Static files: collected again only when one of them has changed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from cstokb import __version__


def collect_if_changed(root: Path) -> bool:
    """Collect into ``root`` unless that was done for these very files; return whether it was done now."""
    mark = root / ".collected"
    now = fingerprint()
    if mark.is_file() and mark.read_text() == now:
        return False
    root.mkdir(parents=True, exist_ok=True)
    mark.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(now)
    return True


def fingerprint() -> str:
    """A digest of names, sizes and times of every static file, and of this release."""
    lines = "\n".join([__version__, *sorted(_described())])
    return hashlib.sha256(lines.encode()).hexdigest()


def _described() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            yield f"{path} {stat.st_size} {stat.st_mtime_ns}"
