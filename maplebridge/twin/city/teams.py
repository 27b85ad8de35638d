"""Exactly 122 volunteer teams with 2,568 volunteers, a few of them in two teams."""

from __future__ import annotations

from collections import Counter

import numpy as np

from maplebridge.twin.city.aliases import FIXED, Aliases
from maplebridge.twin.city.geometry.partition import shares
from maplebridge.twin.city.ground import Ground
from maplebridge.twin.city.records import (
    Membership,
    PartnerForce,
    Skill,
    Station,
    Volunteer,
    VolunteerTeam,
    Window,
)
from maplebridge.twin.city.stations import station_code
from maplebridge.twin.city.team_kinds import TEAM_KINDS, TeamKind

TEAM_COUNT, VOLUNTEER_COUNT, IN_TWO_TEAMS = 122, 2568, 128
SMALLEST_TEAM = 8
SEAL = "志"


def volunteer_teams(
    ground: Ground, aliases: Aliases, rng: np.random.Generator
) -> tuple[tuple[VolunteerTeam, ...], tuple[Volunteer, ...], tuple[Membership, ...]]:
    """Teams, volunteers and who belongs to which team."""
    kinds = [kind for kind in TEAM_KINDS for _ in range(kind.count)]
    homes = _homes(ground, kinds)
    sizes = shares(VOLUNTEER_COUNT, rng.gamma(5.0, 1.0, TEAM_COUNT), SMALLEST_TEAM)
    teams: list[VolunteerTeam] = []
    people: list[Volunteer] = []
    members: list[Membership] = []
    for i, (kind, home, size) in enumerate(zip(kinds, homes, sizes, strict=True)):
        code = f"T{i + 1:03d}"
        first = len(people)
        people += [_volunteer(first + k, kind, home, ground, aliases, rng) for k in range(size)]
        members += [Membership(code, v.code, k == 0) for k, v in enumerate(people[first:])]
        teams.append(_team(code, kind, home, people[first].code, ground, teams))
    members += _second_teams(members, teams, rng)
    return tuple(teams), tuple(_rename(people, teams, members)), tuple(members)


def _homes(ground: Ground, kinds: list[TeamKind]) -> list[int]:
    """Spread the teams of each kind over communities; the coastal ones stay at the shore."""
    outlines = ground.tilings.community
    built = [
        float(
            (ground.lattice.block_density * ground.lattice.block_area)[
                ground.plan.community == i
            ].sum()
        )
        for i in range(len(outlines))
    ]
    shore = ground.shape.sea.buffer(250.0)
    order = sorted(range(len(outlines)), key=lambda i: -built[i])
    coastal = [i for i in order if outlines[i].intersects(shore)]
    named = [i for i in order if ground.plan.community_names[i][1] in ("Wangchao", "Chaobu")]
    homes = []
    seen: Counter[str] = Counter()
    for kind in kinds:
        pool = coastal if kind.coastal else order
        if kind.code == "neighbours":
            pool = named + [i for i in order if i not in named]
        turn = seen[kind.code]
        seen[kind.code] += 1
        start = 0 if kind.code == "neighbours" else 5 * TEAM_KINDS.index(kind)
        homes.append(pool[(turn + start) % len(pool)])
    return homes


def _team(
    code: str,
    kind: TeamKind,
    home: int,
    captain: str,
    ground: Ground,
    others: list[VolunteerTeam],
) -> VolunteerTeam:
    zh, en = ground.plan.community_names[home]
    zh = zh.removesuffix("社区")
    same = sum(t.kind == kind.code and t.name_zh.startswith(zh) for t in others)
    extra = ("", "二队", "三队", "四队")[same]
    cells = [c for c, owner in enumerate(ground.plan.cell_community) if owner == home]
    served = [ground.station_of_cell[c] for c in cells]
    return VolunteerTeam(
        code=code,
        name_zh=f"{zh}{kind.zh}" if not same else f"{zh}{kind.zh[:-1]}{extra}",
        name_en=f"{en} {kind.en}{f' {same + 1}' if same else ''}",
        kind=kind.code,
        community_code=ground.tilings.community_codes[home],
        station_code=station_code(max(set(served), key=lambda s: (served.count(s), -s))),
        captain_code=captain,
    )


def _volunteer(
    index: int,
    kind: TeamKind,
    home: int,
    ground: Ground,
    aliases: Aliases,
    rng: np.random.Generator,
) -> Volunteer:
    codes = [
        ground.tilings.cell_codes[c]
        for c, owner in enumerate(ground.plan.cell_community)
        if owner == home
    ]
    doors = [i for code in codes for i in ground.by_cell[code]]
    address = ground.address(doors[int(rng.integers(0, len(doors)))])
    node = ground.streets.nodes[address.node]
    return Volunteer(
        code=f"V{index + 1:04d}",
        alias=aliases.take(kind.style),
        seal=SEAL,
        point=(node.lon, node.lat),
        node=node.id,
        cell_code=address.cell_code,
        skills=_skills(kind, rng),
        windows=_windows(kind, rng),
        ebike=bool(rng.random() < kind.ebike),
        minor=False,
    )


BASIC_DAYS = 365  # left of the certificate of a basic course


def _skills(kind: TeamKind, rng: np.random.Generator) -> tuple[Skill, ...]:
    """Certificates run out within two years; about one in twenty already has.

    Whoever has none of the team's own took the course that most of the team took.
    """
    held = [code for code, share in kind.skills.items() if rng.random() < share]
    if not held and kind.skills:
        return (Skill(max(kind.skills, key=lambda code: kind.skills[code]), BASIC_DAYS),)
    return tuple(Skill(code, int(rng.integers(-35, 700))) for code in sorted(held))


def _windows(kind: TeamKind, rng: np.random.Generator) -> tuple[Window, ...]:
    """Draw personal habits: whole weeks of the same hours, a quarter hour off here and there."""
    windows: list[Window] = []
    for weekdays, start, end, chance in kind.habits:
        if rng.random() > chance:
            continue
        shift = int(rng.integers(-2, 3)) * 15
        low, high = max(0, start + shift), min(1440, end + shift)
        keeps = rng.random(len(weekdays)) < 0.86
        windows += [Window(d, low, high) for d, k in zip(weekdays, keeps, strict=True) if k]
    if not windows:
        day = int(rng.integers(0, 7))
        windows = [Window(day, 1080, 1260), Window((day + 3) % 7, 1080, 1260)]
    return tuple(_merged(sorted(windows, key=lambda w: (w.weekday, w.from_minute))))


def _merged(windows: list[Window]) -> list[Window]:
    """Join windows that touch, so that a moment lies in one window at most."""
    out: list[Window] = []
    for window in windows:
        last = out[-1] if out else None
        if last and last.weekday == window.weekday and window.from_minute <= last.to_minute:
            out[-1] = Window(last.weekday, last.from_minute, max(last.to_minute, window.to_minute))
        else:
            out.append(window)
    return out


def _second_teams(
    members: list[Membership], teams: list[VolunteerTeam], rng: np.random.Generator
) -> list[Membership]:
    """Let one in twenty help a second team near by; captains stay with their own."""
    plain = [m for m in members if not m.captain]
    chosen = sorted(rng.choice(len(plain), IN_TWO_TEAMS, replace=False).tolist())
    station = {t.code: t.station_code for t in teams}
    out = []
    for i in chosen:
        own = plain[i].team_code
        near = [t.code for t in teams if t.station_code == station[own] and t.code != own]
        pool = near or [t.code for t in teams if t.code != own]
        out.append(
            Membership(pool[int(rng.integers(0, len(pool)))], plain[i].volunteer_code, False)
        )
    return out


def _rename(
    people: list[Volunteer], teams: list[VolunteerTeam], members: list[Membership]
) -> list[Volunteer]:
    """Give the three aliases of the design board to members of the Wangchao team."""
    team = next(t for t in teams if t.name_zh == "望潮志愿队")
    mine = [m.volunteer_code for m in members if m.team_code == team.code and not m.captain]
    fixed = dict(zip(mine, FIXED, strict=False))
    return [
        Volunteer(
            v.code, fixed[v.code], v.seal, v.point, v.node, v.cell_code, v.skills, v.windows,
            v.ebike, v.minor,
        ) if v.code in fixed else v
        for v in people
    ]  # fmt: skip


def partner_forces(
    stations: tuple[Station, ...], teams: tuple[VolunteerTeam, ...]
) -> tuple[PartnerForce, ...]:
    """The X forces of each station: kinds of teams at home there."""
    out = []
    for station in stations:
        mine = [t for t in teams if t.station_code == station.code]
        for kind in dict.fromkeys(t.kind for t in mine):
            codes = tuple(t.code for t in mine if t.kind == kind)
            out.append(PartnerForce(station.code, kind, codes))
    return tuple(out)
