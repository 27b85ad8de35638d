"""How it was told: channel and words."""

from __future__ import annotations

from random import Random

from maplebridge.twin.city.history.stage import Place
from maplebridge.twin.city.kinds import Kind
from maplebridge.twin.city.narratives import SLOT, SLOTS, TEMPLATES
from maplebridge.twin.city.narratives.slots import CLOSERS, OPENERS

FEW_WORDS = (
    "就在这里。",
    "电话没电了先说到这。",
    "我再说一遍，",
    "旁边还有人看见。",
    "照片发不过去。",
)
NO_CLOSER = ("nuisance/nuisance_call", "other/praise", "other/misdirected")
JUST_NOW = ("刚刚", "刚才", "分钟前", "半个小时前", "还要转", "还在跟", "帮我拦")

CHANNELS: dict[str, dict[str, float]] = {
    "": {"phone": 70, "app": 12, "walk_in": 7, "hotline_12345": 5, "sms": 3, "grid_worker": 3},
    "urgent_help": {"phone": 76, "app": 7, "volunteer": 5, "video": 2, "walk_in": 4,
                    "grid_worker": 3, "sms": 3},
    "social_linkage": {"app": 34, "hotline_12345": 24, "phone": 20, "grid_worker": 16,
                       "volunteer": 3, "sms": 3},
    "dispute": {"phone": 50, "walk_in": 20, "hotline_12345": 14, "app": 8, "grid_worker": 8},
    "consultation": {"app": 34, "walk_in": 26, "phone": 26, "kiosk": 6, "hotline_12345": 8},
    "fire_rescue": {"phone": 74, "fire_119": 18, "app": 2, "video": 3, "grid_worker": 3},
    "traffic": {"phone": 84, "app": 10, "video": 3, "sms": 3},
    "nuisance": {"phone": 100},
    "complaint_on_police": {"phone": 40, "app": 30, "walk_in": 30},
}  # fmt: skip
BY_KEY: dict[str, dict[str, float]] = {
    "fire_rescue/fire": {"phone": 60, "iot_device": 26, "fire_119": 14},
    "fire_rescue/gas_leak": {"phone": 70, "iot_device": 18, "fire_119": 6, "grid_worker": 6},
    "urgent_help/medical_emergency": {"phone": 66, "medical_120": 26, "volunteer": 6, "app": 2},
    "public_order/domestic_violence": {"phone": 82, "sms": 12, "walk_in": 6},
    "social_linkage/hazard.fire_equipment": {"grid_worker": 70, "app": 20, "volunteer": 10},
}
SENTINEL_KINDS = ("public_order/fighting", "dispute/wage_arrears", "dispute/labour",
                  "social_linkage/noise.factory", "fire_rescue/fire", "criminal/theft",
                  "urgent_help/medical_emergency")  # fmt: skip


def _closers(kind: Kind) -> tuple[str, ...]:
    if kind.unsafe_contact:
        return CLOSERS["unsafe"]
    return CLOSERS.get(kind.category) or CLOSERS[kind.urgency]


def channel_of(kind: Kind, in_park: bool, rng: Random) -> str:
    """Draw the channel; what happens in a guarded park mostly comes from its sentinels."""
    if in_park and kind.key in SENTINEL_KINDS and rng.random() < 0.7:
        return "sentinel"
    table = BY_KEY.get(kind.key) or CHANNELS.get(kind.category) or CHANNELS[""]
    if kind.urgency == "P1" and kind.key not in BY_KEY:
        # Whoever is in danger rings up; forms and rounds come too late.
        table = {c: n for c, n in table.items() if c in ("phone", "video", "fire_119", "sms")}
    return rng.choices(list(table), list(table.values()))[0]


class Teller:
    """Writes texts and never writes the same one twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._told: set[str] = set()

    def tell(self, kind: Kind, channel: str, place: Place) -> str:
        """Compose a text nobody has sent before."""
        for attempt in range(60):
            text = self._compose(kind, channel, place, attempt > 25)
            if text not in self._told:
                self._told.add(text)
                return text
        raise RuntimeError(f"no new words left for {kind.key}")

    def _compose(self, kind: Kind, channel: str, place: Place, longer: bool) -> str:
        rng = self._rng
        key = f"iot/{kind.key}" if channel == "iot_device" else kind.key
        templates = TEMPLATES[key]
        if not place.phrase:
            templates = tuple(t for t in templates if "{p}" not in t) or templates
        body = SLOT.sub(lambda m: self._fill(m[1], place), rng.choice(templates))
        if channel == "iot_device" or kind.key == "nuisance/nuisance_call":
            return body
        opener = rng.choice(OPENERS[channel])
        if opener and body.startswith(("喂", "你好")):
            opener = ""
        closer = "" if kind.key in NO_CLOSER else rng.choice(_closers(kind))
        if channel in ("grid_worker", "hotline_12345", "fire_119", "medical_120"):
            closer = ""
        if longer:
            closer += rng.choice(FEW_WORDS)
        return opener + body + closer

    def _fill(self, slot: str, place: Place) -> str:
        return place.phrase or "这边" if slot == "p" else self._rng.choice(SLOTS[slot])


def money_still_moving(text: str) -> bool:
    """Whether the last transfer is so recent that it may be stopped."""
    return any(word in text for word in JUST_NOW)
