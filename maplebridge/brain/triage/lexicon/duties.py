"""The default competence table, after the code lists; each city keeps its own rows."""

from __future__ import annotations

# category | subtypes ("*" = all others) | lead | co-agencies | label letter | "j" = joint
TABLE = """
criminal | * | PSB | | p |
criminal | fraud | PSB | PSB-AF | p |
criminal | contract_fraud | PSB | HCD COMM | p |
criminal | sexual_offence | PSB | WF HEALTH | p |
criminal | sexual_offence_minor | PSB | EDU WF HEALTH | p | j
criminal | injury | PSB | HEALTH | p |
criminal | wildlife | PSB | UMLE | p |
public_order | * | PSB | | p |
public_order | fighting | PSB | HEALTH | p |
public_order | domestic_violence | PSB | WF HEALTH COMM | p | j
public_order | elder_abuse_suspected | PSB | CIVIL HEALTH | p | j
public_order | child_abuse_suspected | PSB | WF EDU HEALTH CIVIL | p | j
public_order | minor_protection | PSB | EDU WF AMR | p | j
public_order | school_bullying | PSB | EDU HEALTH | p | j
public_order | disturbing_order | PSB | HEALTH | p |
public_order | objects_from_height | PSB | COMM | p |
public_order | dog_injury | PSB | UMLE HEALTH | p |
public_order | dog_unleashed | UMLE | PSB COMM | m |
public_order | stalking_harassment | PSB | WF | p |
public_order | illegal_intrusion | PSB | JUST | p |
public_order | dangerous_goods | PSB | EMA | p |
traffic | * | PSB-TP | | p |
traffic | collision_injury single_fall_injury hit_and_run | PSB-TP | HEALTH | p |
traffic | child_on_carriageway | PSB-TP | | p |
traffic | road_debris | PSB-TP | UMLE | p |
traffic | truck_violation | PSB-TP | UMLE TRANSPORT | p |
traffic | illegal_passenger_tricycle | PSB-TP | TRANSPORT | p |
traffic | staged_collision_suspected | PSB-TP | PSB | p |
fire_rescue | * | FIRE | PSB | m |
fire_rescue | fire ebike_battery_smoking | FIRE | PSB COMM | m |
fire_rescue | gas_leak | FIRE | PSB GAS UMLE | m | j
fire_rescue | wildfire | FIRE | EMA PSB COMM | m | j
fire_rescue | hazmat | FIRE | EMA EEB PSB PSB-TP | m | j
fire_rescue | trapped_limb | FIRE | HEALTH PSB | m |
fire_rescue | trapped_elevator | FIRE | AMR PSB | m |
fire_rescue | trapped_person | FIRE | HEALTH EMA PSB | m |
fire_rescue | bees_snakes | FIRE | COMM | m |
urgent_help | * | PSB | | p |
urgent_help | missing_child | PSB | EDU | p |
urgent_help | missing_elder | PSB | CIVIL | p |
urgent_help | self_harm | PSB | FIRE HEALTH COMM | p |
urgent_help | drowning | FIRE | PSB HEALTH | m |
urgent_help | child_locked_in | FIRE | PSB COMM | m |
urgent_help | child_locked_in_car | FIRE | PSB HEALTH | m |
urgent_help | medical_emergency medical_help poisoning | HEALTH | PSB | m |
urgent_help | co_poisoning | HEALTH | FIRE PSB GAS | m | j
urgent_help | live_wire_down | POWER | PSB FIRE | m | j
urgent_help | flood_evacuation | FIRE | EMA HEALTH COMM PSB | m | j
urgent_help | utility_danger | UMLE | PSB FIRE EMA | m | j
urgent_help | stranded | FIRE | PSB EMA | m |
urgent_help | person_in_distress | PSB | COMM HEALTH CIVIL | p |
urgent_help | locked_out | COMM | PSB | n |
dispute | * | COMM | JUST | m |
dispute | family | COMM | JUST WF | n |
dispute | neighbour | COMM | PSB | m |
dispute | housing_land | COMM | PSB JUST | m |
dispute | lease | COMM | HCD JUST | m |
dispute | contract_debt | JUST | COMM | m |
dispute | business | AMR | JUST | n |
dispute | damage | COMM | | n |
dispute | wage_arrears | HRSS | COMM | n |
dispute | labour | HRSS | | n |
dispute | work_injury | HRSS | PSB HCD COMM JUST | m | j
dispute | consumer ecommerce | AMR | | n |
dispute | tourism | AMR | | n |
dispute | medical | HEALTH | | n |
dispute | traffic_damage | PSB-TP | JUST | m |
dispute | property_mgmt | HCD | COMM | n |
dispute | land_forest | COMM | | n |
dispute | land_expropriation | COMM | JUST | n |
dispute | environment | EEB | COMM JUST | n |
dispute | campus | EDU | | n |
dispute | finance | JUST | | n |
tip_off | * | AMR | PSB | m |
tip_off | drugs suspicious_equipment suspicious_behaviour | PSB | | p |
tip_off | illegal_gas_filling | GAS | PSB FIRE EMA UMLE | m | j
tip_off | pyramid_selling | AMR | PSB | m | j
tip_off | unlicensed_clinic | HEALTH | AMR | n |
tip_off | food_adulteration | AMR | PSB | n | j
tip_off | paid_tutoring | EDU | AMR | n |
tip_off | unsafe_production | EMA | FIRE PSB | m | j
tip_off | illegal_fishing | UMLE | PSB | m |
tip_off | corruption | PETITION | | n |
tip_off | child_labour | HRSS | PSB EDU | m |
tip_off | illegal_business | AMR | | n |
tip_off | anonymous_tip | PSB | | m |
complaint_on_police | * | PSB-INSP | | p |
collective_petition | * | PETITION | PSB | m | j
collective_petition | market_relocation | PETITION | PSB AMR UMLE HEALTH | m | j
collective_petition | school_zone | EDU | PETITION PSB | n | j
collective_petition | wage_group | HRSS | PSB HCD PETITION | m | j
mass_incident | * | PETITION | PSB EMA HEALTH | m | j
social_linkage | * | COMM | | n |
social_linkage | facility.manhole | UMLE | COMM | n |
social_linkage | facility facility.street_light facility.cable facility.railing road_surface tree | UMLE | | n |
social_linkage | facility.elevator | AMR | HCD COMM | n |
social_linkage | hazard.elevator | AMR | HCD COMM | n | j
social_linkage | road_guardrail | TRANSPORT | PSB-TP | n |
social_linkage | station_facility | STATION | | n |
social_linkage | hazard.facade | HCD | COMM UMLE | n | j
social_linkage | construction.crane construction.safety | HCD | EMA | n | j
social_linkage | construction.dust_noise | UMLE | EEB HCD | n |
social_linkage | hazard.drowning_spot | WATER | EDU COMM | n |
social_linkage | hazard.shelter_closed | EMA | COMM CIVIL PSB | m |
social_linkage | hazard.flood_point | WATER | UMLE | n |
social_linkage | hazard.fire_lane_blocked | FIRE | PSB-TP UMLE COMM | m | j
social_linkage | hazard.ebike_indoor_charging | FIRE | COMM UMLE | n | j
social_linkage | hazard.combustible_storage | COMM | FIRE | n | j
social_linkage | hazard.three_in_one | FIRE | EMA COMM PSB | n | j
social_linkage | hazard.fire_equipment | FIRE | COMM | n |
social_linkage | hazard.gas_cylinder_expired | GAS | AMR | n |
social_linkage | hazard.electrical_wiring | POWER | COMM | n |
social_linkage | multi_issue_shop | UMLE | FIRE EEB AMR PSB COMM | m | j
social_linkage | environment environment.air noise.factory | EEB | | n |
social_linkage | environment.river | EEB | WATER UMLE | n | j
social_linkage | environment.base_station | EEB | COMM | n |
social_linkage | noise.broadcast school_fee school_general | EDU | | n |
social_linkage | school_meal | EDU | AMR | n | j
social_linkage | noise.business oil_fume | UMLE | EEB | n |
social_linkage | garbage illegal_ads shared_bikes dead_animal dog_keeping | UMLE | COMM | n |
social_linkage | pest | COMM | HEALTH | n |
social_linkage | stray_dogs animal_help | UMLE | PSB COMM | n |
social_linkage | stall.occupying_road street_vendor | UMLE | PSB-TP | n |
social_linkage | green_belt_occupied illegal_construction | UMLE | COMM | n |
social_linkage | utility.power | POWER | | n |
social_linkage | utility.water_outage | WATER | COMM | n |
social_linkage | utility.water_meter | WATER | | n |
social_linkage | utility.gas | GAS | | n |
social_linkage | utility.sewage | WATER | HCD COMM | n |
social_linkage | drain_blocked | WATER | UMLE | n |
social_linkage | public_transport | TRANSPORT | | n |
social_linkage | parking_facility | UMLE | PSB-TP | n |
social_linkage | property_mgmt housing_certificate housing_security | HCD | | n |
social_linkage | property_mgmt.roof_leak | HCD | COMM | n |
social_linkage | food_hygiene market.short_weight market.price | AMR | | n |
social_linkage | homeless_help | CIVIL | PSB HEALTH COMM | m | j
social_linkage | health_service | HEALTH | | n |
social_linkage | agri | COMM | | n |
social_linkage | culture_tourism | COMM | | n |
consultation | * | STATION | | n |
consultation | service.id_card service.hukou_birth service.hukou_move service.name_change | PSB-HH | | n |
consultation | service.residence_permit service.no_crime_cert | PSB-HH | | n |
consultation | service.foreigner_registration service.passport | PSB-EE | | n |
consultation | service.dog_registration | UMLE | PSB | n |
consultation | service.driving_licence | PSB-TP | | n |
consultation | service.marriage service.temporary_relief service.elder_care | CIVIL | | n |
consultation | anti_lost_bracelet | CIVIL | STATION | n |
consultation | service.notary service.legal_aid | JUST | | n |
consultation | service.power_capacity | POWER | | n |
consultation | service.business_licence | AMR | | n |
consultation | service.social_security | HRSS | | n |
consultation | service.school_enrolment | EDU | HRSS PSB-HH | n |
consultation | fire_certificate | FIRE | | n |
consultation | fraud_check | STATION | PSB-AF | n |
consultation | recovered_property case_progress permit_event lost_found | PSB | | n |
consultation | counselling | WF | HEALTH | n |
other | * | STATION | | n |
nuisance | * | STATION | | n |
"""
