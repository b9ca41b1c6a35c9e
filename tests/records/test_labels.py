"""LabelFields: a migration that says how fields are called, and changes nothing else."""

from django.apps import apps
from django.db.migrations.state import ProjectState

from cstokb.records.labels import LabelFields


class TestLabelFields:
    def test_a_field_is_called_otherwise_and_stays_what_it_was(self) -> None:
        state = ProjectState.from_apps(apps)
        earlier = state.models["treaty", "provision"].fields["instrument"]
        kept = state.models["treaty", "provision"].fields["parent"]
        assert str(
            state.apps.get_model("treaty", "Provision")._meta.get_field("instrument").verbose_name
        ) == ("instrument")
        LabelFields({"provision": {"instrument": "text of law"}}).state_forwards("treaty", state)
        changed = state.models["treaty", "provision"].fields["instrument"]
        before, after = (one.deconstruct() for one in (earlier, changed))
        assert after[3] == before[3] | {"verbose_name": "text of law"}
        assert after[:3] == before[:3]
        assert state.models["treaty", "provision"].fields["parent"] is kept
        history = state.models["treaty", "historicalprovision"].fields["instrument"]
        assert history.deconstruct()[3]["verbose_name"] == "text of law"
        model = state.apps.get_model("treaty", "Provision")
        assert model._meta.get_field("instrument").verbose_name == "text of law"
        assert model._meta.get_field("instrument").related_model is state.apps.get_model(
            "treaty", "Instrument"
        )

    def test_a_copy_of_the_state_made_before_is_left_as_it_was(self) -> None:
        state = ProjectState.from_apps(apps)
        earlier = state.clone()
        LabelFields({"topic": {"parent": "above"}}).state_forwards("records", state)
        assert state.models["records", "topic"].fields["parent"].deconstruct()[3]["verbose_name"] == "above"
        assert (
            str(earlier.models["records", "topic"].fields["parent"].deconstruct()[3]["verbose_name"])
            == "broader topic"
        )
