"""Two people changed one record: what each did is kept, and what both did is told."""

from datetime import timedelta
from typing import Any

import pytest

from cstokb.records.models import Entry, Evidence, NameForm
from cstokb.records.payload import satellites, stored
from cstokb.records.publish import Change, write
from cstokb.records.reconciling import merged, three_way
from tests.factories.curators import curator, sent_back, signed_in
from tests.factories.records import WRITTEN, member, source, state, topic, withdrawn

LATER = WRITTEN + timedelta(days=1)
KEY = ("text",)


def rows(*told: str) -> list[dict[str, str]]:
    """Rows as ``text`` or ``text=note``."""
    return [dict(zip(("text", "note"), one.split("="), strict=False)) for one in told]


@pytest.mark.parametrize(
    ("base", "mine", "now", "wanted", "clash"),
    [
        ("a b", "a b", "a b", "a b", False),
        ("a b", "a b c", "a b", "a b c", False),
        ("a b", "a b c", "a b d", "a b d c", False),
        ("a b", "b", "a b d", "b d", False),
        ("a b", "a b", "b", "b", False),
        ("a b", "b", "b", "b", False),
        ("a b", "a", "b", "", False),
        ("a", "a=1", "a b", "a=1 b", False),
        ("a", "a=1", "a=1", "a=1", False),
        ("a", "a=1", "a=2", "a=1", True),
        ("a", "a=1", "", "a=1", True),
        ("a", "", "a=2", "", True),
        ("", "a=1", "a=1", "a=1", False),
        ("", "a=1", "a=2", "a=1", True),
    ],
)
def test_rows_that_one_of_them_touched_are_as_that_one_left_them(
    base: str, mine: str, now: str, wanted: str, clash: bool
) -> None:
    saw, want, stand = (rows(*told.split()) for told in (base, mine, now))
    assert three_way(saw, want, stand, KEY) == (rows(*wanted.split()), clash)


def test_plain_words_are_rows_too() -> None:
    assert three_way(["a", "b"], ["a", "c"], ["a", "b", "d"]) == (["a", "d", "c"], False)


@pytest.mark.django_db
class TestRecords:
    def moved(self, **values: Any) -> Entry:
        """A state at its second version."""
        kaz = state("kaz", "Kazakhstan", names=[NameForm(text="Qazaqstan", kind="alias")])
        lists = {name: values.pop(name) for name in ("evidence", "names", "topics") if name in values}
        for name, value in values.items():
            setattr(kaz, name, value)
        write([Change(kaz, "kaz", **lists)], at=LATER)
        return Entry.objects.get(pk=kaz.pk)

    def test_a_field_that_only_others_changed_is_left_to_them(self) -> None:
        entry = self.moved(name_en="Kazakh Republic", capital_en="Astana")
        found = merged(entry, {"name_en": "Kazakhstan", "capital_en": "", "note_en": "Mine."}, 1)
        assert (found.payload, found.both) == ({"note_en": "Mine."}, [])

    def test_a_field_that_both_changed_is_told(self) -> None:
        entry = self.moved(capital_en="Astana")
        found = merged(entry, {"capital_en": "Almaty"}, 1)
        assert (found.payload, found.both) == ({"capital_en": "Almaty"}, ["capital_en"])

    def test_lists_keep_what_each_added(self) -> None:
        heading, other = topic("borders", "Borders"), topic("trade", "Trade")
        added = [Evidence(source=source()), Evidence(source=source("00theirs00"))]
        entry = self.moved(evidence=added, names=[], topics=[other.pk])
        mine = {
            "evidence": [{"source": "00testsrc0", "stance": "supports", "rank": "preferred"}],
            "names": [{"text": "Qazaqstan", "kind": "alias"}, {"text": "Kazakhstania", "kind": "alias"}],
            "topics": [heading.public_id],
        }
        found = merged(entry, mine, 1)
        assert found.both == []
        assert found.payload == {
            "evidence": [
                {"source": "00testsrc0", "stance": "supports", "rank": "preferred"},
                {"source": "00theirs00", "stance": "supports", "rank": "normal"},
            ],
            "names": [{"text": "Kazakhstania", "kind": "alias"}],
            "topics": ["trade", "borders"],
        }

    def test_a_withdrawal_by_others_is_left_to_them(self) -> None:
        kaz = state("kaz", "Kazakhstan")
        withdrawn(kaz, at=LATER)
        entry = Entry.objects.get(pk=kaz.pk)
        found = merged(entry, {"publication": "published", "why": "", "note_en": "Mine."}, 1)
        assert (found.payload, found.both) == ({"note_en": "Mine."}, [])

    def test_of_a_version_that_was_not_kept_all_is_told(self) -> None:
        entry = self.moved(capital_en="Astana")
        found = merged(entry, {"note_en": "Mine."}, 7)
        assert (found.payload, found.both) == ({"note_en": "Mine."}, ["note_en"])

    def test_the_conflict_page_carries_what_each_did_into_the_form(self) -> None:
        """B096: one changes the title, the other the body; nothing is lost, and nothing needs typing again."""
        period = member(state("kaz", "Kazakhstan"), "2003-09-18")
        state("kgz", "Kyrgyzstan")
        first, second = signed_in(curator("publisher", "a")), signed_in(curator("publisher", "b"))
        where = f"/admin/members/membershipperiod/{period.pk}/change/"
        pages = [client.get(where) for client in (first, second)]
        assert first.post(where, sent_back(pages[0], began_on="2003-09")).status_code == 302
        page = second.post(where, sent_back(pages[1], note_en="Mine.", change_reason="Because."))
        assert page.status_code == 409
        assert page.context["both"] == []
        assert [(line.label, line.old, line.new) for line in page.context["lines"]] == [
            ("Note", ["-"], ["Mine."])
        ]
        sent = dict(page.context["carried"]) | {name: str(value) for name, value in page.context["carry"]}
        form = second.post(where, sent)
        assert form.context["adminform"].form["change_reason"].value() == "Because."
        assert second.post(where, sent_back(form)).status_code == 302
        record: Any = stored(period.entry)
        assert (record.began_on.edtf, record.note_en) == ("2003-09", "Mine.")
        assert len(satellites(period.entry)["evidence"]) == 1
