"""Search documents of instruments and provisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from cstokb.fulltext.documents import Document, Segment
from cstokb.records.indexing import names_of, titles, topics_of, with_wholes, words, years
from cstokb.records.known_by import days, in_both
from members.indexing import ORGANIZATION
from treaty.choices import InstrumentKind, TextStanding
from treaty.models import Instrument, Provision, ProvisionText


def instrument_documents(ids: Sequence[int]) -> Iterator[Document]:
    """Documents of instruments: titles, other names and our summary."""
    names, topics = names_of(ids), topics_of(ids)
    for one in Instrument.objects.filter(pk__in=ids).select_related("entry"):
        yield Document(
            id=one.pk,
            kind=one.kind,
            date_min=one.signed_on_min,
            date_max=one.signed_on_max,
            titles=titles(one),
            names=names.get(one.pk, ()),
            segments=tuple(words("", "summary", en=one.summary_en, ru=one.summary_ru)),
            about=(
                *(() if one.external else ORGANIZATION),
                *in_both(InstrumentKind(one.type).label),
                *days(one.signed_on),
            ),
            facets={
                "type": (one.kind,),
                "kind": (one.type,),
                "topic": topics.get(one.pk, ()),
                "year": years(one.signed_on),
                "inside": (one.public_id,),
            },
            sort_en=one.entry.sort_en,
            sort_ru=one.entry.sort_ru,
        )


def provision_documents(ids: Sequence[int]) -> Iterator[Document]:
    """Documents of provisions: number, heading, and every published wording."""
    wordings = _wordings(ids)
    topics = topics_of(ids)
    for one in Provision.objects.filter(pk__in=ids).select_related("entry", "instrument__entry"):
        texts = wordings[one.pk]
        yield Document(
            id=one.pk,
            kind=one.kind,
            date_min=min((text.began_on_min for text in texts if text.began_on_min), default=None),
            titles=titles(one),
            segments=(
                *words("", "summary", en=one.heading_en, ru=one.heading_ru),
                *(_segment(text) for text in texts),
            ),
            facets={
                "type": (one.kind,),
                "kind": (one.type,),
                "topic": topics.get(one.pk, ()),
                "lang": tuple(sorted({text.language for text in texts})),
                "year": years(*(text.began_on for text in texts)),
                "inside": with_wholes((one.public_id,)),
            },
            sort_en=one.entry.sort_en,
            sort_ru=one.entry.sort_ru,
        )


def _wordings(ids: Sequence[int]) -> dict[int, list[ProvisionText]]:
    found: dict[int, list[ProvisionText]] = defaultdict(list)
    for text in ProvisionText.objects.published().filter(provision_id__in=ids).in_order():
        found[text.provision_id].append(text)
    return found


def _segment(text: ProvisionText) -> Segment:
    role = "summary" if text.standing == TextStanding.RESTATEMENT else "body"
    return Segment("", text.language, text.text, role)
