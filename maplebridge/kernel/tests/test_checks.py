"""The house stays in shape: keys point upstream, text is classified."""

from __future__ import annotations

from maplebridge.kernel.checks import (
    foreign_keys_point_upstream,
    points_downstream,
    text_is_classified,
)
from maplebridge.kernel.personal import personal_fields


def test_no_foreign_key_points_downstream() -> None:
    assert foreign_keys_point_upstream(None) == []


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
