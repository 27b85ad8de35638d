"""May volunteers or sentinels be asked to act before the police, and what may they do there?

A white list: what is not on it needs a person's decision. The blocks come first and cannot be
lifted by the list. See docs/algorithms/dispatch.md, step 1.
"""

from __future__ import annotations

from dataclasses import dataclass

from maplebridge.brain.wordlist import codes

_VOLUNTEER_MATTERS = codes(
    """
    urgent_help/missing_child urgent_help/missing_elder urgent_help/missing_person
    urgent_help/medical_emergency urgent_help/medical_help urgent_help/person_in_distress
    traffic/single_fall_injury
    dispute/neighbour dispute/damage
    social_linkage/facility.manhole social_linkage/facility.cable social_linkage/facility.railing
    social_linkage/facility.street_light social_linkage/road_guardrail social_linkage/tree
    social_linkage/hazard.facade social_linkage/hazard.drowning_spot
    social_linkage/hazard.shelter_closed social_linkage/hazard.fire_lane_blocked
    social_linkage/hazard.ebike_indoor_charging social_linkage/hazard.combustible_storage
    social_linkage/hazard.flood_point social_linkage/homeless_help
    social_linkage/utility.water_outage social_linkage/drain_blocked social_linkage/pest
    social_linkage/illegal_ads social_linkage/green_belt_occupied
    """
)

# Guards are on the spot, trained and in uniform: they may also secure what volunteers keep out of.
_SENTINEL_MATTERS = _VOLUNTEER_MATTERS | codes(
    """
    public_order/fighting public_order/disturbing_order public_order/objects_from_height
    public_order/dog_injury traffic/collision_injury traffic/collision_damage traffic/blocked_road
    fire_rescue/fire fire_rescue/ebike_battery_smoking fire_rescue/trapped_elevator
    fire_rescue/gas_leak urgent_help/live_wire_down urgent_help/flood_evacuation
    urgent_help/child_locked_in_car urgent_help/drowning social_linkage/construction.crane
    social_linkage/facility.elevator social_linkage/hazard.elevator criminal/theft
    """
)

_BLOCKED_MATTERS = {
    "public_order/domestic_violence": "domestic_violence",
    "criminal/sexual_offence": "sexual_offence",
    "criminal/sexual_offence_minor": "minor_victim",
    "public_order/child_abuse_suspected": "minor_victim",
    "public_order/minor_protection": "minor_victim",
    "public_order/school_bullying": "minor_victim",
    "public_order/elder_abuse_suspected": "hidden_victim",
    "public_order/stalking_harassment": "hidden_victim",
}
# Safety signals of triage that keep civilians away, whatever the matter is called.
_BLOCKING_SIGNALS = {
    "weapon": "weapon",
    "violence": "violence_in_progress",
    "silent_call": "violence_in_progress",
    "child_harm": "minor_victim",
}
_CORDON_SIGNALS = frozenset({"fire", "gas", "hazard_to_many"})

ALLOWED_ACTS = (
    "observe",
    "calm",
    "keep_apart_by_voice",
    "first_aid",
    "mark_danger",
    "guide_rescuers",
    "accompany_lost_person",
    "hand_out_information",
)
FORBIDDEN_ACTS = (
    "force",
    "detention",
    "search",
    "id_check",
    "seizing",
    "entering_homes",
    "filming_faces",
    "questioning_minors",
    "deciding_who_is_right",
)

# code → (zh, en), shown to the volunteer before "accept"
ACT_SENTENCES: dict[str, tuple[str, str]] = {
    "observe": ("在安全距离观察情况。", "Watch from a safe distance."),
    "calm": ("用话语安抚在场的人。", "Calm the people there with words."),
    "keep_apart_by_voice": (
        "用话语劝开双方，不接触身体。",
        "Keep people apart by voice, without touching.",
    ),
    "first_aid": ("在会的范围内做急救。", "Give first aid as far as you are trained."),
    "mark_danger": ("标出危险处，提醒路人绕行。", "Mark the danger and send people around it."),
    "guide_rescuers": (
        "到路口接引民警、消防、救护。",
        "Meet and guide police, firefighters and ambulance.",
    ),
    "accompany_lost_person": (
        "陪伴走失的人，等家属或民警来。",
        "Stay with a lost person until family or police come.",
    ),
    "hand_out_information": ("发放和说明服务信息。", "Hand out and explain service information."),
    "force": ("不得使用武力。", "Do not use force."),
    "detention": ("不得扣留任何人。", "Do not hold anyone."),
    "search": ("不得搜查人身、物品或车辆。", "Do not search people, things or vehicles."),
    "id_check": ("不得查验身份证件。", "Do not check identity papers."),
    "seizing": ("不得收缴、扣押物品。", "Do not take things away."),
    "entering_homes": ("不得进入他人住宅。", "Do not enter homes."),
    "filming_faces": ("不得拍摄他人面部。", "Do not film faces."),
    "questioning_minors": ("不得询问未成年人。", "Do not question minors."),
    "deciding_who_is_right": ("不得评判谁对谁错。", "Do not decide who is right."),
}

BLOCK_SENTENCES: dict[str, tuple[str, str]] = {
    "weapon": ("可能有凶器，只派民警。", "A weapon may be involved; police only."),
    "violence_in_progress": (
        "可能正在发生暴力，只派民警。",
        "Violence may be in progress; police only.",
    ),
    "domestic_violence": (
        "涉及家庭暴力，不派群众力量。",
        "Domestic violence; civilians are not sent.",
    ),
    "sexual_offence": ("涉及性侵害，不派群众力量。", "Sexual offence; civilians are not sent."),
    "minor_victim": (
        "受害人可能是未成年人，不派群众力量。",
        "The victim may be a minor; civilians are not sent.",
    ),
    "hidden_victim": (
        "当事人可能不便被人知道，不派群众力量。",
        "The victim may be at risk if others know; civilians are not sent.",
    ),
    "tip_off": (
        "举报事项须保密，不派群众力量。",
        "A tip-off is confidential; civilians are not sent.",
    ),
    "cordon": (
        "现场须设警戒，群众力量只能在警戒线外。",
        "The scene needs a cordon; civilians stay outside it.",
    ),
    "confidential": (
        "报警人要求保密，不派群众力量。",
        "The reporter asks for confidence; civilians are not sent.",
    ),
    "not_on_white_list": (
        "不在可派清单内，须由值班人员决定。",
        "Not on the list of matters civilians may take; a person decides.",
    ),
}


@dataclass(frozen=True, slots=True)
class Allowed:
    """Civilians may be offered the order, with both lists of acts."""

    allowed_acts: tuple[str, ...] = ALLOWED_ACTS
    forbidden_acts: tuple[str, ...] = FORBIDDEN_ACTS


@dataclass(frozen=True, slots=True)
class Blocked:
    """Civilians may not be offered the order; ``reason`` is a code of BLOCK_SENTENCES."""

    reason: str


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of a report let one suspect, whatever the desk called the matter."""

    signals: frozenset[str] = frozenset()  # codes of the safety screen
    matter: str = ""  # "category/subtype" as the words read; empty = not sure
    unsafe_contact: bool = False  # that somebody came may harm who reported


NOTHING_HEARD = Words()


def judge_volunteers(
    category: str, subtype: str, words: Words = NOTHING_HEARD, *, confidential: bool = False
) -> Allowed | Blocked:
    """May volunteers be offered this matter?"""
    reason = hard_block(category, subtype, words, confidential=confidential)
    signals = words.signals
    if reason is None and signals & _CORDON_SIGNALS:
        reason = "cordon"
    if reason is None and f"{category}/{subtype}" not in _VOLUNTEER_MATTERS:
        reason = "not_on_white_list"
    return Allowed() if reason is None else Blocked(reason)


def judge_sentinels(
    category: str, subtype: str, words: Words = NOTHING_HEARD, *, confidential: bool = False
) -> Allowed | Blocked:
    """May sentinels be offered this matter? They may hold a cordon, never face a weapon."""
    reason = hard_block(category, subtype, words, confidential=confidential)
    if reason is None and f"{category}/{subtype}" not in _SENTINEL_MATTERS:
        reason = "not_on_white_list"
    return Allowed() if reason is None else Blocked(reason)


def hard_block(category: str, subtype: str, words: Words, *, confidential: bool) -> str | None:
    """A reason that no list can lift, the gravest first.

    What the words suggest blocks as well as what was decided: a beaten wife whose call was filed
    as a quarrel must not find a neighbour from the volunteers at her door.
    """
    for code, reason in _BLOCKING_SIGNALS.items():
        if code in words.signals:
            return reason
    for matter in (f"{category}/{subtype}", words.matter):
        if matter in _BLOCKED_MATTERS:
            return _BLOCKED_MATTERS[matter]
    if category == "tip_off":
        return "tip_off"
    if words.unsafe_contact:
        return "hidden_victim"
    return "confidential" if confidential else None
