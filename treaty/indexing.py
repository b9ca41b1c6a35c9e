"""Search documents of instruments and provisions, and by which of their acts states are found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from cstokb.fulltext.documents import Document, Role, Segment
from cstokb.records.indexing import Known, names_of, titles, topics_of, with_wholes, words, years
from cstokb.records.known_by import days, in_both, labels_of
from members.indexing import LEAVING, ORGANIZATION, ORGANIZATION_NAMES
from treaty.choices import ActionKind, InstrumentKind, TextStanding, Verb
from treaty.models import Instrument, InstrumentRelation, Provision, ProvisionText, TreatyAction
from treaty.spells import CONSENTS

#: What people say of an act beside its name: the deed, since no stem joins it to the noun. A lapse of time, too, is
#: asked for as a withdrawal; what it was, the page says.
SAID: Mapping[str, tuple[str, ...]] = {
    ActionKind.SIGNATURE: ("signed, signatory", "подписал, подписала, подпись"),
    ActionKind.RATIFICATION: ("ratified, party", "ратифицировал, ратифицировала, участник"),
    ActionKind.ACCEPTANCE: ("accepted, party", "принял, приняла, участник"),
    ActionKind.APPROVAL: ("approved, party", "утвердил, утвердила, участник"),
    ActionKind.ACCESSION: ("acceded, joined, party", "присоединился, присоединилась, участник"),
    ActionKind.DEPOSIT: ("deposited", "сдал, сдала на хранение"),
    ActionKind.CONSENT: ("party, bound", "участник"),
    ActionKind.PROVISIONAL: ("applied provisionally", "временно применял, применяла"),
    ActionKind.RESERVATION: ("reserved", "оговорил, оговорила"),
    ActionKind.DECLARATION: ("declared", "заявил, заявила"),
    ActionKind.OBJECTION: ("objected", "возразил, возразила"),
    ActionKind.PROLONGATION: ("prolonged, extended", "продлил, продлила"),
    ActionKind.LAPSE: (*LEAVING, "lapsed, expired", "истёк, истечение"),
    ActionKind.SUSPENSION: ("suspended", "приостановил, приостановила"),
    ActionKind.DENUNCIATION: (*LEAVING, "denounced", "денонсировал, денонсировала"),
    ActionKind.WITHDRAWAL: LEAVING,
}


#: By what acts an instrument has what, in the words in which people ask who: its page tells of each state.
TAKEN_PART: Mapping[str, tuple[str, ...]] = {
    ActionKind.SIGNATURE: ("signatory, signatories", "подписавшие, подписали, подписанты"),
    **dict.fromkeys(
        CONSENTS,
        (
            "party, parties, contracting parties",
            "участники, стороны, договаривающиеся стороны",
        ),
    ),
}
#: Of what such questions ask, beside the instrument.
TAKING_PART = (
    "which states, countries",
    "какие государства, страны, государства-участники, страны-участницы",
)
#: Instruments by which the Organization was founded: what it is, nothing tells as they do.
FOUNDING = (InstrumentKind.TREATY, InstrumentKind.CHARTER)

#: Acts of which it is asked on what basis they ended what bound the state.
ENDING = (ActionKind.LAPSE, ActionKind.SUSPENSION, ActionKind.DENUNCIATION, ActionKind.WITHDRAWAL)

#: What an instrument is called that amends another, whatever its title says of the changes.
AMENDING = ("amendment, amending", "поправки, изменения")
#: How it is asked where an instrument can be read; what its wordings are worth, the page says.
WORDED = ("full text", "полный текст")


def instrument_documents(ids: Sequence[int]) -> Iterator[Document]:
    """Documents of instruments: titles, other names and our summary."""
    names, topics = names_of(ids), topics_of(ids)
    amending = set(
        InstrumentRelation.objects.published()
        .filter(source_id__in=ids, verb=Verb.AMENDS)
        .values_list("source_id", flat=True)
    )
    worded = set(
        ProvisionText.objects.published()
        .filter(provision__instrument_id__in=ids)
        .values_list("provision__instrument_id", flat=True)
    )
    acts = _acts(ids)
    for one in Instrument.objects.filter(pk__in=ids).select_related("entry"):
        founding = not one.external and one.type in FOUNDING
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
                *(AMENDING if one.pk in amending else ()),
                *(WORDED if one.pk in worded else ()),
                *days(one.signed_on),
            ),
            roles=tuple(Role(text, opens=False) for text in acts[one.pk]),
            answers=(*ORGANIZATION, *ORGANIZATION_NAMES) if founding else (),
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


def _acts(ids: Sequence[int]) -> dict[int, dict[str, None]]:
    """As what each of the instruments is asked for that has acts: who signed it, and who its parties are."""
    rows = TreatyAction.objects.published().filter(instrument_id__in=ids, type__in=TAKEN_PART)
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for instrument, act in sorted(set(rows.values_list("instrument_id", "type"))):
        found[instrument] |= dict.fromkeys((*TAKEN_PART[act], *SAID[act], *TAKING_PART))
    return found


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


def acts_of_states(ids: Sequence[int]) -> dict[int, Known]:
    """By what published acts each of the states is known: what was done to which instrument, when and on what basis."""
    rows = (
        TreatyAction.objects.published()
        .filter(state_id__in=ids)
        .select_related("instrument__entry")
        .in_order()
    )
    found: dict[int, list[str]] = defaultdict(list)
    for one in rows:
        found[one.state_id] += _told(one)
    return {state: Known(about=tuple(dict.fromkeys(texts))) for state, texts in found.items()}


def _told(act: TreatyAction) -> Iterator[str]:
    yield from in_both(ActionKind(act.type).label, InstrumentKind(act.instrument.type).label)
    yield from SAID[act.type]
    yield from labels_of(act.instrument)
    yield from (act.instrument.short("en"), act.instrument.short("ru"))
    yield from days(act.done_on, act.effective_on)
    # Why something ended is asked for; on which law a consent rests, and whose name stands under that, is not.
    yield from filter(None, (act.basis_en, act.basis_ru) if act.type in ENDING else ())
