"""Reservations, declarations and objections: which provisions they concern, to what they object, where they show."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cstokb.records.publish import WriteRefused
from members.models import State
from tests.factories import records as make
from tests.factories import treaties
from tests.listing.asking import ask, body, data, ids_in
from treaty.models import ActionProvision, Instrument, Provision, TreatyAction

pytestmark = pytest.mark.django_db


@pytest.fixture
def cst() -> Instrument:
    return treaties.instrument("cst", "Treaty", signed_on="1992-05-15", in_force_on="1994-04-20")


@pytest.fixture
def blr() -> State:
    return make.state("blr", "Belarus", "Беларусь")


@pytest.fixture
def four(cst: Instrument) -> Provision:
    return treaties.article(cst, "4")


@pytest.fixture
def reservation(cst: Instrument, blr: State, four: Provision) -> TreatyAction:
    """A reservation to two articles."""
    made = treaties.act(cst, blr, "reservation", "1993-12-31", text="No troops abroad.")
    treaties.concerns(made, treaties.article(cst, "6"))
    treaties.concerns(made, four)
    return made


@pytest.fixture
def objection(cst: Instrument, reservation: TreatyAction) -> TreatyAction:
    arm = make.state("arm", "Armenia", "Армения")
    return treaties.act(cst, arm, "objection", "1994-03-01", objects_to=reservation)


def page(path: str) -> str:
    return re.sub(r"\s+", " ", body(ask(path)).decode())


class TestWhereTheyShow:
    def test_the_act_names_its_provisions_in_the_order_of_the_instrument(
        self, reservation: TreatyAction
    ) -> None:
        told = data(f"/api/v1/treaty-actions/{reservation.public_id}/")
        assert told["provisions"] == ["cst/art-4", "cst/art-6"]
        assert (told["provision_names_en"], told["provision_names_ru"]) == (
            "Article 4, Article 6",
            "Статья 4, Статья 6",
        )
        assert (told["text"], told["objects_to"]) == ("No troops abroad.", None)

    def test_acts_are_found_by_any_provision_they_concern(
        self, cst: Instrument, blr: State, reservation: TreatyAction
    ) -> None:
        treaties.act(cst, blr, "declaration", "1993-12-31")
        for form in ("/", ".csv"):
            for eid in ("art-4", "art-6"):
                assert ids_in(f"/api/v1/treaty-actions{form}?provision=cst/{eid}") == [reservation.public_id]
        treaties.article(cst, "5")
        assert ids_in("/api/v1/treaty-actions/?provision=cst/art-5") == []

    def test_the_parties_page_has_a_section_of_its_own(self, objection: TreatyAction) -> None:
        shown = page("/treaties/cst/parties/")
        assert "Reservations and declarations" in shown
        assert "Article 4, Article 6" in shown
        assert "No troops abroad." in shown
        assert "objection to: Belarus: reservation, Treaty" in shown

    def test_without_any_there_is_no_section(self, cst: Instrument, blr: State) -> None:
        treaties.act(cst, blr, "signature", "1993-12-31")
        assert "Reservations and declarations" not in page("/treaties/cst/parties/")

    def test_the_page_of_a_provision_shows_those_that_concern_it(
        self, cst: Instrument, reservation: TreatyAction
    ) -> None:
        treaties.article(cst, "5")
        assert "No troops abroad." in page("/treaties/cst/art-4/")
        assert "Reservations and declarations" not in page("/treaties/cst/art-5/")

    def test_objections_are_found_by_the_act_they_object_to(
        self, reservation: TreatyAction, objection: TreatyAction
    ) -> None:
        found = ids_in(f"/api/v1/treaty-actions/?objects_to={reservation.public_id}")
        assert found == [objection.public_id]

    def test_a_draft_reservation_shows_nowhere(self, cst: Instrument, blr: State, four: Provision) -> None:
        hidden = treaties.act(cst, blr, "reservation", "1993-12-31", text="Hidden.", publication="draft")
        treaties.concerns(hidden, four)
        treaties.act(cst, blr, "signature", "1993-12-31")
        for path in ("/treaties/cst/parties/", "/treaties/cst/art-4/"):
            assert "Hidden." not in page(path)
        assert ids_in("/api/v1/treaty-actions/?provision=cst/art-4") == []

    def test_they_change_no_status(self, objection: TreatyAction) -> None:
        told = data("/api/v1/status/?instrument=cst&on=2000-01-01")["results"]
        assert [(one["state"], one["status"]) for one in told] == [("arm", "none"), ("blr", "none")]


class TestWhatIsRefused:
    def test_only_an_objection_objects(self, cst: Instrument, blr: State, reservation: TreatyAction) -> None:
        arm = make.state("arm", "Armenia")
        wrong = TreatyAction(instrument=cst, state=arm, type="declaration", objects_to=reservation)
        with pytest.raises(ValidationError, match="Only an objection"):
            wrong.clean()
        with pytest.raises((IntegrityError, WriteRefused, ValidationError)), transaction.atomic():
            make.published(wrong, "cst/arm/declaration/undated")

    def test_an_objection_is_to_an_act_of_another_state_upon_the_same_instrument(
        self, cst: Instrument, blr: State, reservation: TreatyAction
    ) -> None:
        other = treaties.instrument("charter")
        arm = make.state("arm", "Armenia")
        for of, state in ((other, arm), (cst, blr)):
            with pytest.raises(ValidationError, match="another state"):
                TreatyAction(instrument=of, state=state, type="objection", objects_to=reservation).clean()
        TreatyAction(instrument=cst, state=arm, type="objection", objects_to=reservation).clean()

    def test_an_act_concerns_provisions_of_its_own_instrument(self, reservation: TreatyAction) -> None:
        foreign = treaties.article(treaties.instrument("charter"), "4")
        with pytest.raises(ValidationError, match="another instrument"):
            ActionProvision(action=reservation, provision=foreign).clean()

    def test_an_empty_form_is_told_by_its_fields(self, reservation: TreatyAction) -> None:
        ActionProvision(action=reservation).clean()
        ActionProvision().clean()


def test_the_list_costs_the_same_for_one_provision_and_for_many(
    cst: Instrument, reservation: TreatyAction
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            body(ask("/api/v1/treaty-actions/"))
        return len(asked)

    before = cost()
    for number in ("7", "8", "9"):
        treaties.concerns(reservation, treaties.article(cst, number))
    assert cost() == before
