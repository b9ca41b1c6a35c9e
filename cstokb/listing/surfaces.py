"""Which parameters, beside its filters, each surface of a Listing reads."""

PAGE = ("page", "page_size", "cursor")
EXPORT = (*PAGE, "fields", "expand")
API = (*EXPORT, "count", "format")
API_RECORD = ("known_on", "fields", "expand", "format")


def api_record(*, tells_day: bool) -> tuple[str, ...]:
    """What a record of the API reads: ``on`` too, where it says something else on another day."""
    return ("on", *API_RECORD) if tells_day else API_RECORD
