"""The house stays in shape: keys point upstream, text is classified."""

from __future__ import annotations

from django.db import models
from django.test.utils import isolate_apps

from maplebridge.kernel.checks import (
    foreign_keys_point_upstream,
    keys_downstream,
    points_downstream,
    text_is_classified,
)
from maplebridge.kernel.personal import personal_fields


def test_no_foreign_key_points_downstream() -> None:
    assert foreign_keys_point_upstream(None) == []


@isolate_apps("maplebridge.places", "maplebridge.incidents")
def test_a_key_that_points_downstream_is_found_whatever_its_kind() -> None:
    class Matter(models.Model):
        class Meta:
            app_label = "incidents"

    class Place(models.Model):
        one = models.ForeignKey(Matter, on_delete=models.CASCADE)
        only = models.OneToOneField(Matter, on_delete=models.CASCADE, related_name="only")
        many = models.ManyToManyField(Matter, related_name="many")
        itself = models.ForeignKey("self", on_delete=models.CASCADE)

        class Meta:
            app_label = "places"

    class Case(models.Model):
        place = models.ForeignKey(Place, on_delete=models.CASCADE)
        places = models.ManyToManyField(Place, related_name="cases")

        class Meta:
            app_label = "incidents"

    found = [str(error.msg).split()[0] for error in keys_downstream(Place)]
    assert found == ["places.Place.one", "places.Place.only", "places.Place.many"]
    assert {error.id for error in keys_downstream(Place)} == {"maplebridge.E001"}
    assert keys_downstream(Case) == []


def test_every_text_field_is_personal_or_plain() -> None:
    assert text_is_classified(None) == []


def test_the_ladder_knows_up_from_down() -> None:
    assert points_downstream("places", "incidents")
    assert points_downstream("mediation", "inspections")
    assert not points_downstream("dispatch", "incidents")
    assert not points_downstream("incidents", "contenttypes")


def test_forbidden_kinds_of_fields_do_not_exist() -> None:
    """No origin, ethnicity, party, religion, face or score of a person anywhere in the schema."""
    from django.apps import apps

    forbidden = (
        "ethnic", "nationality", "religion", "party_member", "political", "face_", "biometric",
        "hukou", "origin_", "risk_score", "person_score", "watch_list", "blacklist", "id_number",
    )  # fmt: skip
    for model in apps.get_models():
        if model.__module__.startswith("maplebridge."):
            for column in model._meta.concrete_fields:
                assert not any(word in column.name for word in forbidden), column


def test_personal_fields_say_how_long_they_are_kept() -> None:
    found = list(personal_fields())
    assert found
    assert all(note.keep for _model, _name, note in found)
