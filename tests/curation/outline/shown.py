"""Outlines as lines that a person can compare."""

from cstokb.curation.outline import Outline, Part, parse
from cstokb.curation.reading import read_text

LISTS = ("dates", "versions", "amendments", "pointers", "dropped", "closing", "terms")


def outline_of(text: str) -> Outline:
    """The outline of a text, whose lines are paragraphs."""
    return parse(read_text("\n\n".join(line.strip() for line in text.strip().split("\n"))))


def shown(outline: Outline) -> list[str]:
    """Everything that an outline holds, a line for each thing."""
    lines = [f"title: {outline.title}"] if outline.title else []
    for part in outline.parts:
        lines += _part(part)
    for name in LISTS:
        lines += [f"{name}: {said}" for said in getattr(outline, name)]
    lines += [f"footnote {mark}: {said}" for mark, said in outline.footnotes.items()]
    return [*lines, *(f"! {one.code} {one.place} {one.detail}".rstrip() for one in outline.warnings)]


def _part(part: Part) -> list[str]:
    heading = f" [{part.heading}]" if part.heading else ""
    marks = "".join(f" ^{mark}" for mark in part.marks)
    words = f": {part.text}" if part.paragraphs else ""
    return [
        f"{part.anchor}{marks}{heading}{words}".replace("\n\n", " / "),
        *(f"  change: {said}" for said in part.all_changes),
        *(f"  note: {said}" for said in part.notes),
        *(f"  orders: {one.verb} {one.old} > {one.new}" for one in part.instructions),
    ]
