"""A reader of finished pages that complains about what a browser would mend in silence."""

from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta", "col", "source", "wbr"}


class Page(HTMLParser):
    """The structure of one page: its errors, its headings in order, its ids and what points to them."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.errors: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.pointers: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(markup)
        self.close()
        self.errors += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        names = [name for name, _ in attrs]
        self.errors += [f"<{tag}> has {name} twice" for name in set(names) if names.count(name) > 1]
        values = {name: value or "" for name, value in attrs}
        self.tags.append((tag, values))
        self._note(tag, values)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element of a drawing that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Check that what closes is what was opened last."""
        if not self.open or self.open.pop() != tag:
            self.errors.append(f"</{tag}> at line {self.getpos()[0]} closes something else")

    def _note(self, tag: str, values: dict[str, str]) -> None:
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if "id" in values:
            self.ids.append(values["id"])
        for name in ("for", "aria-labelledby", "aria-describedby"):
            self.pointers += values.get(name, "").split()

    def jumps(self) -> list[tuple[int, int]]:
        """Headings that come more than one level below the one before."""
        pairs = zip(self.headings, self.headings[1:], strict=False)
        return [(above, below) for above, below in pairs if below > above + 1]
