"""The formats that the API offers beside JSON; the exports write them, these classes only stand for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BaseRenderer, JSONRenderer

from cstokb.listing.export import FORMATS


class ExportRenderer(BaseRenderer):
    """A format that ``cstokb.listing.export`` streams."""

    charset = None
    render_style = "binary"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Never asked: the view answers with the stream itself."""
        return data


def _stand_for(form: str) -> type[ExportRenderer]:
    media_type = FORMATS[form][0].partition(";")[0]
    return type(f"{form.capitalize()}Renderer", (ExportRenderer,), {"media_type": media_type, "format": form})


RENDERERS: tuple[type[BaseRenderer], ...] = (
    JSONRenderer,
    *(_stand_for(form) for form in FORMATS if form != "json"),
)
