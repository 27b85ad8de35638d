"""From one seed to a whole city."""

from __future__ import annotations

import numpy as np

from maplebridge.twin.city.agencies import agencies, competence
from maplebridge.twin.city.aliases import Aliases
from maplebridge.twin.city.base_map import base_map
from maplebridge.twin.city.division import (
    COUNTY,
    cell_shares,
    divisions,
    governance_cells,
    police_beats,
)
from maplebridge.twin.city.ground import lay_ground
from maplebridge.twin.city.premises import premises
from maplebridge.twin.city.records import City
from maplebridge.twin.city.sentinels import sentinel_teams
from maplebridge.twin.city.staff import staff_and_rosters
from maplebridge.twin.city.stations import police_stations, station_code, stations
from maplebridge.twin.city.teams import partner_forces, volunteer_teams
from maplebridge.twin.city.units import patrol_units

SEED = 330399


def generate_city(seed: int = SEED) -> City:
    """Generate 枫港市; the same seed gives the same city, to the last digit."""
    # One generator per part: a change in one part leaves the others as they were.
    land, houses, people, guards, staff, posts, units = (
        np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(7)
    )
    ground = lay_ground(land)
    density = ground.lattice.block_density
    station_of = [station_code(i) for i in ground.station_of_cell]
    cells = governance_cells(ground.tilings, ground.plan, density, station_of, ground.frame)
    all_premises = premises(ground, houses)
    all_stations = stations(ground, posts)
    bodies = agencies()
    aliases = Aliases(people)
    teams, volunteers, memberships = volunteer_teams(ground, aliases, people)
    guard_teams, sentinels = sentinel_teams(all_premises, cells, aliases, guards)
    members, roster = staff_and_rosters(all_stations, bodies, staff)
    return City(
        seed=seed,
        code=COUNTY,
        name_zh="枫港市",
        name_en="Fenggang",
        divisions=divisions(ground.shape, ground.tilings, ground.plan, density, ground.frame),
        cells=cells,
        beats=police_beats(ground.tilings, ground.frame),
        cell_shares=cell_shares(ground.tilings, ground.plan, ground.lattice.block_area),
        streets=ground.streets.streets,
        nodes=ground.streets.nodes,
        edges=ground.streets.edges,
        addresses=ground.streets.addresses,
        police_stations=police_stations(ground),
        stations=all_stations,
        agencies=bodies,
        competence=competence(),
        staff=members,
        roster=roster,
        partner_forces=partner_forces(all_stations, teams),
        units=patrol_units(ground, units),
        premises=all_premises,
        sentinel_teams=guard_teams,
        sentinels=sentinels,
        teams=teams,
        volunteers=volunteers,
        memberships=memberships,
        base_map=base_map(ground, ground.streets.streets),
    )
