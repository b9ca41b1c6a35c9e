"""Which parameters, beside its filters, each surface of a Listing reads."""

PAGE = ("page", "page_size", "cursor")
EXPORT = (*PAGE, "fields", "expand")
API = (*EXPORT, "count", "format")
API_RECORD = ("on", "known_on", "fields", "expand", "format")
