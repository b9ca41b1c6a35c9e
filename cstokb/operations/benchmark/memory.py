"""How much memory this process holds of its own; pages of a mapped file are the system's."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")
_OWN = "RssAnon:"


def held() -> float:
    """What is held now, in megabytes; where the system does not tell, the most that ever was, mapped files included."""
    if _STATUS.exists():
        for line in _STATUS.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(_OWN):
                return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


class Growth:
    """By how much the memory has grown at most since this was made, as far as ``look`` was called."""

    def __init__(self) -> None:
        self.before = held()
        self.most = 0.0

    def look(self) -> None:
        """Take note of what is held now."""
        self.most = max(self.most, held() - self.before)
