"""How gunicorn serves the knowledge base: a few processes with threads, on this machine's own address.

A proxy in front of it does TLS. Change a figure by its variable; docs/operations.md lists them.
"""

import os
from typing import Any


def figure(name: str, default: int) -> int:
    """A whole number above zero from the environment."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdigit() or int(value) < 1:
        raise SystemExit(f'{name} is "{value}"; it must be a whole number above zero.')
    return int(value)


port = figure("PORT", 8000)
bind = os.environ.get("BIND", "").strip() or f"127.0.0.1:{port}"
wsgi_app = "cstokb.wsgi:application"
# One process would leave a core idle. Threads wait for the database; SQLite gets one connection for each.
workers = figure("WEB_WORKERS", 2)
threads = figure("WEB_THREADS", 8)
worker_class = "gthread"
# Loaded once, before the processes part: a wrong setting ends the start with one sentence.
preload_app = True
timeout = 60
graceful_timeout = 30
keepalive = 5
# Long addresses are full of facets; longer ones are an attack.
limit_request_line = 8190
limit_request_fields = 100
loglevel = "warning"
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Tell the person who started it where to look."""
    print(f"Serving http://localhost:{port}/ (stop with Ctrl-C)", flush=True)  # noqa: T201
    print("To create the first editor's account, run in another window: make admin", flush=True)  # noqa: T201


def post_fork(server: Any, worker: Any) -> None:
    """Open this process's own connections; one that two processes share mixes their answers."""
    from django.db import connections

    connections.close_all()
