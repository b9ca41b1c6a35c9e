"""What was recognised as JSON values that hold all of it, so that it is found once and reviewed for days."""

from __future__ import annotations

from typing import Any

from cstokb.curation.documents.model import (
    About,
    Candidate,
    Finding,
    FindingKind,
    Quotation,
    Recognised,
    Warned,
)


class Outdated(ValueError):
    """What was found has to be looked for again."""


def kept(found: Recognised) -> dict[str, Any]:
    """Everything recognised, from which ``opened`` makes the same again."""
    return {
        "source": found.source.as_json(),
        "language": found.language,
        "text": found.text,
        "paragraphs": [list(span) for span in found.paragraphs],
        "headings": [list(span) for span in found.headings],
        "findings": [_finding(one) for one in found.findings],
        "not_recognised": [_finding(one) for one in found.not_recognised],
        "quotations": [one.as_json() for one in found.quotations],
        "warnings": [one.as_json() for one in found.warnings],
    }


def _finding(one: Finding) -> dict[str, Any]:
    near = [[candidate.record, candidate.label, candidate.score] for candidate in one.candidates]
    return one.as_json() | {"candidates": near}


def opened(values: dict[str, Any]) -> Recognised:
    """What ``kept`` wrote down.

    Raises:
        Outdated: when another release wrote it in another form.
    """
    try:
        return _opened(values)
    except (KeyError, TypeError, ValueError) as error:
        raise Outdated from error


def _opened(values: dict[str, Any]) -> Recognised:
    return Recognised(
        source=About(**values["source"]),
        language=values["language"],
        text=values["text"],
        paragraphs=_spans(values["paragraphs"]),
        headings=_spans(values["headings"]),
        findings=tuple(_found(one) for one in values["findings"]),
        not_recognised=tuple(_found(one) for one in values["not_recognised"]),
        quotations=tuple(Quotation(**{**one, "spans": _spans(one["spans"])}) for one in values["quotations"]),
        warnings=tuple(Warned(**one) for one in values["warnings"]),
    )


def _found(values: dict[str, Any]) -> Finding:
    near = tuple(Candidate(*candidate) for candidate in values["candidates"])
    return Finding(**{**values, "kind": FindingKind(values["kind"]), "candidates": near})


def _spans(values: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in values)
