"""Untrusted JSON → plain values, and the shapes of the answers."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from maplebridge.incidents.records import ContactIn, Intake
from maplebridge.incidents.text import verbatim
from maplebridge.kernel.geo import Point, from_bd09, from_gcj02

FRAMES = {"cgcs2000": lambda p: p, "wgs84": lambda p: p, "gcj02": from_gcj02, "bd09": from_bd09}


class PointIn(Schema):
    lon: float = Field(ge=-180, le=180, description="Degrees east.")
    lat: float = Field(ge=-90, le=90, description="Degrees north.")
    precision_m: float | None = Field(None, gt=0, le=100_000, description="Radius in metres.")
    frame: Literal["cgcs2000", "wgs84", "gcj02", "bd09"] = Field(
        "cgcs2000", description="Frame of the coordinates; stored as CGCS2000."
    )


class ContactSchema(Schema):
    name: str = Field("", max_length=200)
    phone: str = Field("", max_length=40)
    safe_contact: Literal["unknown", "safe", "unsafe"] = "unknown"


class ReportIn(Schema):
    key: str = Field(
        min_length=8,
        max_length=90,
        description="Your own number of this report. Sending it again finds the first answer.",
    )
    narrative: str = Field(max_length=20_000, description="What was said, verbatim.")
    channel: Literal[
        "phone", "walk_in", "kiosk", "app", "sms", "video", "iot_device", "sentinel",
        "grid_worker", "volunteer", "hotline_12345", "fire_119", "medical_120", "transfer_in",
        "other",
    ] = "transfer_in"  # fmt: skip
    place_words: str = Field("", max_length=200)
    point: PointIn | None = None
    reported_at: datetime | None = Field(None, description="With a time zone; absent: now.")
    answered_at: datetime | None = Field(None, description="A call: picked up.")
    call_ended_at: datetime | None = Field(None, description="A call: hung up.")
    contact: ContactSchema | None = None
    confidential: bool = False
    source_ref: str = Field("", max_length=120)
    language: str = Field("", max_length=8)

    def intake(self, client_id: int) -> Intake:
        point = self.point
        return Intake(
            key=f"api:{client_id}:{self.key}",
            narrative=self.narrative,
            channel=self.channel,
            place_words=self.place_words,
            point=FRAMES[point.frame](Point(point.lon, point.lat)) if point else None,
            precision_m=point.precision_m if point else None,
            point_source="device" if point else "",
            reported_at=self.reported_at,
            answered_at=self.answered_at,
            call_ended_at=self.call_ended_at,
            contact=ContactIn(**self.contact.dict()) if self.contact else None,
            confidential=self.confidential,
            source_ref=verbatim(self.source_ref),
            language=verbatim(self.language),
        )


class ReceivedOut(Schema):
    code: str = Field(description="Public code; whoever holds it can follow the matter.")
    repeated: bool = Field(description="True when this key was known and nothing was written.")


class StepOut(Schema):
    state: str
    verb: str
    at: datetime


class ProgressOut(Schema):
    code: str
    state: str
    urgency: str
    category: str
    reported_at: datetime
    steps: list[StepOut]


class Problem(Schema):
    """RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    fields: dict[str, str] = {}
