"""PlainPage: a page that is no list and no record, with the same validators, caching and notices as these."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template import Context
from django.template.loader import get_template
from django.template.loader_tags import BlockNode
from django.urls import URLPattern, path

from cstokb.listing.ask import Ask
from cstokb.listing.citing import Titled
from cstokb.listing.clocks import Clocks, Day
from cstokb.listing.conditional import ConditionalView
from cstokb.listing.frame import frame
from cstokb.listing.record_pages import aside


class PlainPage(ConditionalView):
    """A page at one fixed address.

    ``parameters`` are those it reads. What it does not know is set aside with a notice; ``on`` and ``known_on`` are
    refused where it does not read them, since its answer would mislead.
    """

    path: ClassVar[str]
    name: ClassVar[str]
    template_name: ClassVar[str]
    parameters: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def clocks(cls) -> Clocks:
        return Clocks(
            Day.SHOWS if "on" in cls.parameters else Day.REFUSED, known_on="known_on" in cls.parameters
        )

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The address of the page."""
        view = cls.as_view()
        return [path(cls.path.lstrip("/"), view, name=cls.name)]

    def answer(self, request: HttpRequest, ask: Ask, form: str, **kwargs: Any) -> HttpResponseBase:
        unknown = aside(ask, self.parameters, strict=False)
        ask.require_days()
        context = {
            **frame(ask, self.path),
            "ask": ask,
            "set_aside": unknown,
            "clean_url": ask.path,
            **self.context(ask),
        }
        return render(request, self.template_name, context)

    def titled(self, ask: Ask, **kwargs: Any) -> Titled:
        set_aside = aside(ask, self.parameters, strict=False)
        ask.require_days()
        return Titled(self.title(ask), set_aside)

    def title(self, ask: Ask) -> str:
        """What the page is called, as the head of its template has it."""
        template = get_template(self.template_name).template  # type: ignore[attr-defined]  # Django's own backend
        blocks = template.nodelist.get_nodes_by_type(BlockNode)
        (title,) = (block for block in blocks if block.name == "title")
        context = Context()
        with context.bind_template(template):
            return str(title.nodelist.render(context)).strip()

    def context(self, ask: Ask) -> dict[str, Any]:
        """What the template shows."""
        return {}
