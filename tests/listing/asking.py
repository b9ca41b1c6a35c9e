"""Asking the site as readers and programs do, and what its answers hold."""

import csv
import io
import json
import re
from typing import Any
from xml.etree import ElementTree

from django.test import Client
from openpyxl import load_workbook

ATOM = "{http://www.w3.org/2005/Atom}"


def body(response: Any) -> bytes:
    """The whole body, streamed or not."""
    content: bytes = b"".join(response.streaming_content) if response.streaming else response.content
    return content


def ask(path: str, status: int = 200, **headers: str) -> Any:
    """The response of an anonymous reader's request."""
    response = Client().get(path, headers=headers)
    assert response.status_code == status, (path, response.status_code, body(response)[:800])
    return response


def data(path: str, status: int = 200, **headers: str) -> Any:
    """The JSON of an answer."""
    return json.loads(body(ask(path, status, **headers)))


def faults(path: str, **headers: str) -> list[dict[str, Any]]:
    """The errors of a refused question."""
    response = ask(path, 400, **headers)
    assert response["Content-Type"] == "application/problem+json"
    errors: list[dict[str, Any]] = json.loads(body(response))["errors"]
    return errors


def ids_in(path: str) -> list[str]:
    """The ids that an answer lists, in order, whatever its format."""
    raw = body(ask(path))
    suffix = path.partition("?")[0].rpartition(".")[2]
    return READERS.get(suffix, _json)(raw)


def _json(raw: bytes) -> list[str]:
    return [record["id"] for record in json.loads(raw)["results"]]


def _ndjson(raw: bytes) -> list[str]:
    return [json.loads(line)["id"] for line in raw.decode().splitlines()]


def _csv(raw: bytes) -> list[str]:
    return [row["id"] for row in csv.DictReader(io.StringIO(raw.decode(), newline=""))]


def _xlsx(raw: bytes) -> list[str]:
    rows = load_workbook(io.BytesIO(raw)).active.iter_rows(values_only=True)
    assert next(rows)[0] == "id"
    return [row[0] for row in rows]


def _atom(raw: bytes) -> list[str]:
    entries = ElementTree.fromstring(raw).iter(f"{ATOM}entry")  # noqa: S314  our own answer
    return [
        re.sub(r"^.*?/api/v1/[^/]+/(.*)/$", r"\1", entry.findtext(f"{ATOM}id") or "") for entry in entries
    ]


def _ris(raw: bytes) -> list[str]:
    return re.findall(r"^ID  - (.*)\r$", raw.decode(), re.MULTILINE)


READERS = {"json": _json, "ndjson": _ndjson, "csv": _csv, "xlsx": _xlsx, "atom": _atom, "ris": _ris}
