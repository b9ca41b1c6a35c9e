"""An earlier version stands again in every part, or says what of it cannot."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cstokb.records.models import ChangeEvent, EntryTopic, Evidence, NameForm, Record, Revision, Topic
from cstokb.records.payload import change_of, satellites, stored
from cstokb.records.publish import Change, WriteRefused, erase, write
from cstokb.records.versions import version_at
from members.models import Organ, Person, State
from statements.models import Statement
from tests.factories.curators import curator, signed_in
from tests.factories.records import WRITTEN, draft, member, organ, published, source, state, topic, withdrawn

pytestmark = pytest.mark.django_db

LATER, LATEST, LAST = (WRITTEN + timedelta(days=days) for days in (1, 2, 3))


def parts(record: Record) -> dict[str, Any]:
    """A record in every part: its fields, names, headings and what backs it, to the last column."""
    kept = stored(record.entry)
    fields = {field.name: getattr(kept, field.attname) for field in kept._meta.concrete_fields}
    own = NameForm.objects.filter(entry_id=record.pk, own=True).order_by("text")
    uids = Evidence.objects.filter(entry_id=record.pk).order_by("uid").values_list("uid", flat=True)
    return (
        fields | satellites(kept.entry) | {"own": list(own.values_list("text", "kind")), "uids": list(uids)}
    )


def rich(kaz: State) -> list[dict[str, Any]]:
    """Changes of every part of a state, one a day; the parts as they were after each."""
    first, second = topic("borders", "Borders"), topic("trade", "Trade")
    backing = [
        Evidence(source=source()),
        Evidence(source=source("00another0"), field="capital_en", quotation="So."),
    ]
    told = [parts(kaz)]
    for number, change in enumerate(
        (
            {"name_en": "Kazakh Republic", "evidence": backing, "topics": [first.pk]},
            {
                "capital_en": "Astana",
                "names": [NameForm(text="Qazaqstan", kind="alias")],
                "topics": [second.pk],
            },
            {
                "name_en": "Kazakhstan",
                "capital_en": "",
                "note_en": "Again.",
                "names": [],
                "evidence": backing[1:],
            },
        )
    ):
        record, values = stored(kaz.entry), dict[str, Any](change)
        lists: dict[str, Any] = {
            name: values.pop(name) for name in ("evidence", "names", "topics") if name in values
        }
        for name, value in values.items():
            setattr(record, name, value)
        write([Change(record, "kaz", **lists)], at=WRITTEN + timedelta(days=number + 1))
        told.append(parts(kaz))
    return told


class TestEveryPart:
    """B098."""

    def test_each_version_stands_again_as_it_was(self) -> None:
        kaz = state("kaz", "Kazakhstan")
        told = rich(kaz)
        moments = list(
            ChangeEvent.objects.filter(entry=kaz.entry).order_by("pk").values_list("at", flat=True)
        )
        assert len(moments) == len(told) == 4
        for number in (0, 2, 1, 3, 0):
            version = version_at(kaz.entry, moments[number])
            assert version.gone == []
            at = ChangeEvent.objects.latest("pk").at + timedelta(hours=1)
            write(
                [Change(stored(kaz.entry), "kaz")] if not version.payload else [restored(kaz, version)], at=at
            )
            assert parts(kaz) == told[number]

    def test_a_reference_and_an_imprecise_date_come_back(self) -> None:
        period = member(state("kaz", "Kazakhstan"), "2003~", "2010", ended_by="withdrawal")
        before = parts(period)
        period.state, period.began_on, period.ended_on = state("kgz", "Kyrgyzstan"), "2004-01", None
        period.ended_by = ""
        write([Change(period, period.public_id)], at=LATER)
        version = version_at(period.entry, WRITTEN)
        assert version.payload == {
            "state": "kaz",
            "began_on": "2003~",
            "ended_on": "2010",
            "ended_by": "withdrawal",
        }
        write([restored(period, version)], at=LATEST)
        assert parts(period) == before

    def test_the_present_one_differs_in_nothing_and_of_before_there_was_one_nothing_was_kept(self) -> None:
        kaz = state("kaz", "Kazakhstan")
        assert version_at(kaz.entry, LATER).payload == {}
        with pytest.raises(WriteRefused, match="No version was kept"):
            version_at(kaz.entry, WRITTEN - timedelta(seconds=1))

    def test_publication_is_no_part_of_a_version(self) -> None:
        one = draft(Person(name_en="Ann"), "ann")
        write([Change(one, "ann", "published", "")], at=LATER)
        assert version_at(one.entry, WRITTEN).payload == {}


class TestWhatIsGone:
    def test_a_field_stays_and_a_list_goes_without_it(self) -> None:
        host = organ("csc", "Council")
        gone, heading = draft_organ("working", "Working Group"), topic("borders", "Borders")
        loose = draft_topic("loose", "Loose heading")
        text = Statement(title_en="A text", type="statement", issuer="organ", organ=gone, issued_on="2020")
        published(text, "text", topics=[heading.pk, loose.pk], publication="draft")
        text.organ = host
        write([Change(text, "text", topics=[heading.pk])], at=LATER)
        for record in (gone, loose):
            erase(record, at=LATEST, by=None)
        version = version_at(text.entry, WRITTEN)
        assert version.payload == {}
        assert version.gone == [
            "Organ: Working Group stands no longer; the field stays as it is now.",
            "Topics: Loose heading stands no longer, and is left out.",
        ]
        assert list(EntryTopic.objects.filter(entry=text.entry).values_list("topic_id", flat=True)) == [
            heading.pk
        ]

    def test_what_was_withdrawn_still_stands(self) -> None:
        period = member(kaz := state("kaz", "Kazakhstan"), "2003-09-18")
        period.state = state("kgz", "Kyrgyzstan")
        write([Change(period, period.public_id)], at=LATER)
        withdrawn(kaz, at=LATEST)
        assert version_at(period.entry, WRITTEN).payload == {"state": "kaz"}


def draft_organ(slug: str, name: str) -> Any:
    return draft(Organ(name_en=name, type="working"), slug)


def draft_topic(slug: str, label: str) -> Any:
    return draft(Topic(label_en=label), slug)


def restored(record: Record, version: Any) -> Change:
    return change_of(stored(record.entry).entry, version.payload)


class TestPages:
    def where(self, record: Record, moment: Any) -> str:
        meta, event = record._meta, ChangeEvent.objects.get(entry=record.entry, at=moment)
        return f"/admin/{meta.app_label}/{meta.model_name}/{record.pk}/history/{event.pk}/restore/"

    def moved(self) -> State:
        kaz = state("kaz", "Kazakhstan")
        kaz.capital_en = "Astana"
        write([Change(kaz, "kaz")], at=LATER)
        return kaz

    def send(self, client: Client, where: str, **values: str) -> Any:
        page = client.get(where)
        seen = str(page.context["stands_at"])
        return client.post(where, {"base_version": seen, "reason": "As it was.", **values})

    def test_the_history_leads_to_every_version_but_the_present_one(self) -> None:
        kaz = self.moved()
        page = signed_in(curator("editor")).get(f"/admin/members/state/{kaz.pk}/history/")
        assert self.where(kaz, WRITTEN) in page.text
        assert self.where(kaz, LATER) not in page.text

    def test_a_publisher_brings_it_back_at_once_and_the_history_says_why(self) -> None:
        kaz, publisher = self.moved(), curator("publisher")
        client = signed_in(publisher)
        page = client.get(self.where(kaz, WRITTEN))
        assert [(line.label, line.old, line.new) for line in page.context["lines"]] == [
            ("Capital", ["Astana"], ["-"])
        ]
        assert page.context["form"]["reason"].value() == "As it was on 2026-01-01 12:00 UTC."
        assert self.send(client, self.where(kaz, WRITTEN), correction="on").status_code == 302
        event = ChangeEvent.objects.filter(entry=kaz.entry).latest("pk")
        assert (event.kind, event.by, event.reason) == ("corrected", publisher, "As it was.")
        assert State.objects.get().capital_en == ""

    def test_an_editor_proposes_it(self) -> None:
        kaz = self.moved()
        assert self.send(signed_in(curator("editor")), self.where(kaz, WRITTEN)).status_code == 302
        assert Revision.objects.get().payload == {"capital_en": ""}
        assert State.objects.get().capital_en == "Astana"

    def test_a_record_that_moved_meanwhile_is_shown_anew_and_nothing_is_lost(self) -> None:
        kaz, client = self.moved(), signed_in(curator("publisher"))
        where = self.where(kaz, WRITTEN)
        client.get(where)
        kaz.capital_ru = "Астана"
        write([Change(kaz, "kaz")], at=LATEST)
        page = client.post(where, {"base_version": "2", "reason": "As it was."})
        assert page.status_code == 409
        assert "was changed since you opened this page" in page.text
        assert [line.label for line in page.context["lines"]] == ["Capital", "Capital (Russian)"]
        assert State.objects.values_list("capital_en", "capital_ru").get() == ("Astana", "Астана")
        assert self.send(client, where).status_code == 302
        assert State.objects.values_list("capital_en", "capital_ru").get() == ("", "")

    def test_what_is_gone_is_told_and_taken_note_of(self) -> None:
        kaz, loose = state("kaz", "Kazakhstan"), draft_topic("loose", "Loose heading")
        write([Change(kaz, "kaz", topics=[loose.pk])], at=LATER)
        kaz.capital_en = "Astana"
        write([Change(kaz, "kaz", topics=[])], at=LATEST)
        erase(loose, at=LAST, by=None)
        client, where = signed_in(curator("publisher")), self.where(kaz, LATER)
        assert "Topics: Loose heading stands no longer" in client.get(where).text
        assert self.send(client, where).context["form"].errors["without"] == ["This field is required."]
        assert self.send(client, where, without="on").status_code == 302
        assert State.objects.get().capital_en == ""

    def test_a_law_of_the_model_is_told(self) -> None:
        """A source that backed it alone is gone from the version before it had one."""
        one = Person(name_en="Ann")
        write([Change(one, "ann", "draft", "")], at=WRITTEN)
        write([Change(one, "ann", "published", "", evidence=[Evidence(source=source())])], at=LATER)
        page = self.send(signed_in(curator("publisher")), self.where(one, WRITTEN))
        assert page.context["form"].non_field_errors() == ["person ann cannot be published without a source."]

    def test_nobody_without_the_right_and_nothing_of_another_record(self) -> None:
        kaz, kgz = self.moved(), state("kgz", "Kyrgyzstan")
        stranger = curator("editor", "stranger")
        stranger.groups.clear()
        assert signed_in(stranger).get(self.where(kaz, WRITTEN)).status_code == 403
        foreign = self.where(kaz, WRITTEN).replace(f"/{kaz.pk}/", f"/{kgz.pk}/", 1)
        assert signed_in(curator("editor")).get(foreign).status_code == 302
