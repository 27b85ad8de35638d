"""Kinds of incident: who is competent, how urgent, how often, when and where.

One line per kind. `often` is the mean count on an ordinary day of the whole city.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from maplebridge.twin.city.records import PoliceLabel

Urgency = Literal["P1", "P2", "P3", "P4"]
Rhythm = Literal["day", "office", "evening", "night", "late", "rush", "meal", "flat", "school"]
Setting = Literal[
    "street", "road", "estate", "shop", "park", "hotel", "school", "market", "stall",
    "water", "harbour", "hill", "home", "clinic", "site", "nowhere",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """Kind of incident with its competence and its habits."""

    category: str
    subtype: str
    police: PoliceLabel
    urgency: Urgency
    lead: str
    co: tuple[str, ...]
    often: float
    rhythm: Rhythm
    setting: Setting
    volunteer_ok: bool
    needs_joint: bool
    unsafe_contact: bool

    @property
    def key(self) -> str:
        """Category and subtype in one word."""
        return f"{self.category}/{self.subtype}"


_LABEL: dict[str, PoliceLabel] = {"p": "police", "m": "mixed", "n": "non_police"}


def _kind(line: str) -> Kind:
    name, label, urgency, bodies, often, rhythm, setting, *flags = line.split()
    category, subtype = name.split("/")
    lead, *co = bodies.split("+")
    return Kind(
        category=category,
        subtype=subtype,
        police=_LABEL[label],
        urgency=urgency,  # type: ignore[arg-type]
        lead=lead,
        co=tuple(co),
        often=float(often),
        rhythm=rhythm,  # type: ignore[arg-type]
        setting=setting,  # type: ignore[arg-type]
        volunteer_ok="vol" in flags,
        needs_joint="joint" in flags,
        unsafe_contact="unsafe" in flags,
    )


# category/subtype  label urgency lead+co often rhythm setting flags
_TABLE = """
dispute/neighbour m P3 COMM+PSB 4.6 night estate vol
dispute/family n P3 COMM+WF 1.8 evening home
dispute/lease m P3 COMM+HCD 1.6 evening estate
dispute/contract_debt m P3 JUST+PSB 1.4 day street
dispute/consumer n P4 AMR+PSB 2.6 day street
dispute/wage_arrears n P3 HRSS+PSB 1.5 office park joint
dispute/work_injury m P3 HRSS+PSB+HCD+COMM+JUST 0.5 office site joint
dispute/labour n P4 HRSS 0.7 office park
dispute/property_mgmt m P3 HCD+COMM 1.3 evening estate joint
dispute/damage n P3 COMM 1.1 day street
dispute/business m P3 AMR+PSB 0.8 meal stall
dispute/medical n P3 HEALTH+PSB 0.3 day clinic
dispute/traffic_damage m P3 PSB-TP+JUST 0.6 day road
dispute/housing_land m P3 COMM+NATRES 0.5 day home
dispute/campus n P3 EDU 0.3 school school
dispute/ecommerce n P4 AMR 0.6 evening nowhere
public_order/fighting p P2 PSB+HEALTH 1.5 late street
public_order/domestic_violence p P1 PSB+WF+HEALTH+COMM 0.9 night home unsafe joint
public_order/disturbing_order p P2 PSB 0.9 late street
public_order/property_damage p P3 PSB 0.7 night street
public_order/gambling p P3 PSB 0.5 night home unsafe
public_order/objects_from_height p P2 PSB+COMM 0.5 evening estate
public_order/dog_injury p P2 PSB+UMLE+HEALTH 0.7 evening estate
public_order/stalking_harassment p P2 PSB 0.4 night street unsafe
public_order/school_bullying p P2 PSB+EDU 0.2 school school unsafe joint
criminal/theft p P3 PSB 1.5 day street
criminal/theft.ebike p P3 PSB 1.3 night estate
criminal/theft.burglary p P2 PSB 0.4 night home
criminal/robbery_snatch p P1 PSB 0.06 late street
criminal/fraud.task_rebate p P1 PSB+PSB-AF 0.9 evening nowhere
criminal/fraud.fake_customer_service p P1 PSB+PSB-AF 0.7 day nowhere
criminal/fraud.fake_investment p P2 PSB+PSB-AF 0.5 evening nowhere
criminal/fraud.loan_credit_card p P2 PSB+PSB-AF 0.4 day nowhere
criminal/fraud.impersonate_boss_friend p P1 PSB+PSB-AF 0.4 office nowhere
criminal/fraud.impersonate_authority p P1 PSB+PSB-AF 0.3 day nowhere
criminal/fraud.fake_shopping_service p P2 PSB+PSB-AF 0.6 evening nowhere
criminal/fraud.game_trade p P2 PSB+PSB-AF 0.4 evening nowhere
criminal/fraud.romance p P2 PSB+PSB-AF 0.2 night nowhere unsafe
traffic/collision_damage p P3 PSB-TP 5.2 rush road
traffic/collision_injury p P2 PSB-TP+HEALTH 2.0 rush road
traffic/hit_and_run p P2 PSB-TP+HEALTH 0.4 rush road
traffic/single_fall_injury p P2 PSB-TP+HEALTH 0.7 rush road vol
traffic/blocked_road p P3 PSB-TP+UMLE 1.8 rush road
traffic/parking p P4 PSB-TP+UMLE 3.6 evening street
traffic/drink_driving p P2 PSB-TP 0.4 late road
traffic/road_debris p P2 PSB-TP+UMLE 0.6 day road
traffic/signal_fault p P3 PSB-TP+UMLE 0.6 rush road
fire_rescue/fire m P1 FIRE+PSB+COMM 1.2 meal estate
fire_rescue/gas_leak m P1 FIRE+PSB+GAS+UMLE 0.6 meal stall joint
fire_rescue/ebike_battery_smoking m P1 FIRE+PSB+COMM 0.4 night estate
fire_rescue/trapped_elevator m P1 FIRE+AMR+PSB 0.8 rush estate
fire_rescue/wildfire m P1 FIRE+PSB+EMA 0.12 day hill
urgent_help/missing_elder p P1 PSB+CIVIL+COMM 1.9 day street vol
urgent_help/missing_child p P1 PSB 0.6 evening market
urgent_help/medical_emergency m P1 HEALTH+PSB 1.8 flat estate vol
urgent_help/medical_help m P2 HEALTH+COMM 1.6 day street vol
urgent_help/drowning m P1 FIRE+PSB+HEALTH+WATER 0.2 evening water
urgent_help/self_harm p P1 PSB+HEALTH+FIRE 0.35 night water unsafe
urgent_help/locked_out n P4 STATION+COMM 1.6 evening home
urgent_help/child_locked_in m P1 FIRE+PSB 0.4 day home
urgent_help/person_in_distress p P2 PSB+HEALTH+COMM+CIVIL 1.4 late street vol
urgent_help/live_wire_down m P1 POWER+PSB+FIRE 0.3 flat street joint
urgent_help/flood_evacuation m P1 FIRE+PSB+EMA 0.1 flat home
urgent_help/carry_help n P4 COMM+STATION 0.8 day home vol
social_linkage/facility.manhole n P2 UMLE+COMM 1.5 day street vol
social_linkage/facility.street_light n P3 UMLE+POWER 1.7 night street
social_linkage/facility.cable n P2 UMLE+POWER 0.8 day street vol
social_linkage/tree n P3 UMLE+COMM 0.7 day street vol
social_linkage/utility.water_outage n P3 WATER 1.1 day estate
social_linkage/utility.power n P3 POWER 1.0 evening estate
social_linkage/utility.sewage n P3 WATER+HCD 1.2 day estate
social_linkage/drain_blocked n P3 WATER+UMLE 0.8 day street vol
social_linkage/construction.dust_noise n P3 UMLE+EEB+HCD 1.6 night site
social_linkage/noise.square_dance n P4 UMLE+COMM 1.1 evening street
social_linkage/noise.factory n P3 EEB+UMLE 0.5 night park
social_linkage/oil_fume n P3 UMLE+EEB 1.0 meal stall
social_linkage/multi_issue_shop m P3 UMLE+FIRE+EEB+AMR+PSB+COMM 0.3 evening stall joint
social_linkage/stall.occupying_road n P4 UMLE 1.6 meal street
social_linkage/garbage n P4 UMLE+COMM 1.0 day estate
social_linkage/environment.river n P3 EEB+WATER 0.4 day water
social_linkage/stray_dogs n P2 UMLE+PSB+COMM 1.0 evening estate
social_linkage/hazard.fire_lane_blocked m P3 FIRE+PSB-TP+UMLE+COMM 1.4 night estate vol joint
social_linkage/hazard.ebike_indoor_charging n P3 FIRE+COMM 1.3 evening estate vol
social_linkage/hazard.combustible_storage n P3 COMM+FIRE 0.8 day estate vol
social_linkage/hazard.gas_cylinder_expired n P3 GAS+FIRE+AMR 0.6 meal stall
social_linkage/hazard.fire_equipment n P3 FIRE+COMM 0.5 day shop
social_linkage/hazard.three_in_one n P3 FIRE+COMM+EMA 0.3 day shop
social_linkage/hazard.drowning_spot n P3 WATER+COMM 0.3 day water vol
social_linkage/hazard.facade n P2 HCD+COMM+FIRE 0.3 day estate vol
social_linkage/food_hygiene n P3 AMR 0.8 meal stall
social_linkage/public_transport n P4 TRANSPORT 0.7 rush road
tip_off/illegal_gas_filling m P2 GAS+PSB+FIRE+EMA+UMLE 0.15 day home unsafe joint
tip_off/drugs p P2 PSB 0.15 night home unsafe
tip_off/pyramid_selling m P3 AMR+PSB 0.15 day home unsafe
tip_off/food_adulteration n P3 AMR 0.3 day market unsafe
tip_off/illegal_fishing n P3 AGRI+PSB 0.25 late water unsafe
complaint_on_police/attitude p P4 PSB-INSP 0.25 office nowhere
complaint_on_police/inaction p P4 PSB-INSP 0.25 office nowhere
collective_petition/wage_group m P2 HRSS+PSB+PETITION+HCD 0.12 office site joint
collective_petition/market_relocation m P3 PETITION+PSB+AMR 0.08 office market joint
consultation/service.id_card n P4 PSB-HH+PSB-EE 1.9 office nowhere
consultation/service.residence_permit n P4 PSB-HH+EDU 1.2 office nowhere
consultation/service.school_enrolment n P4 EDU+PSB-HH 0.7 office nowhere
consultation/service.social_security n P4 HRSS+MEDINS 0.7 office nowhere
consultation/service.hukou_birth n P4 PSB-HH 0.5 office nowhere
consultation/fraud_check n P4 STATION+PSB-AF 0.9 evening nowhere
consultation/volunteer_signup n P4 STATION 0.4 day nowhere
consultation/lost_found n P4 STATION+PSB 2.2 day street
consultation/station_hours n P4 STATION 0.8 office nowhere
other/praise n P4 STATION 0.4 day nowhere
other/misdirected n P4 STATION 0.5 flat nowhere
nuisance/nuisance_call p P4 PSB 0.5 flat nowhere
"""

KINDS: tuple[Kind, ...] = tuple(_kind(line) for line in _TABLE.strip().splitlines())
