"""Kinds of volunteer teams: names, skills, and when their people can come."""

from __future__ import annotations

from dataclasses import dataclass

# Weekly windows: (weekdays, from minute, to minute, chance that a person keeps it).
Habit = tuple[tuple[int, ...], int, int, float]
ALL, WORK, REST = (0, 1, 2, 3, 4, 5, 6), (0, 1, 2, 3, 4), (5, 6)


@dataclass(frozen=True, slots=True)
class TeamKind:
    """What teams of a kind have in common."""

    code: str
    count: int
    zh: str
    en: str
    skills: dict[str, float]  # skill code -> share of members who hold it
    habits: tuple[Habit, ...]
    ebike: float  # share of members with an e-bike
    coastal: bool = False
    style: str = ""  # style of aliases


TEAM_KINDS: tuple[TeamKind, ...] = (
    TeamKind(
        "emergency", 14, "应急服务队", "Emergency Service Team",
        {"first_aid": 0.75, "aed": 0.5, "fire_basic": 0.4, "water_rescue": 0.25, "drive": 0.5},
        ((WORK, 1080, 1380, 0.45), (ALL, 360, 480, 0.2), (REST, 480, 1260, 0.6),
         (ALL, 0, 360, 0.1), (WORK, 720, 840, 0.35), (WORK, 540, 1080, 0.12)), 0.55,
    ),
    TeamKind(
        "fishermens_wives", 10, "渔嫂服务队", "Fishermen's Wives Team",
        {"first_aid": 0.35, "mediation": 0.4, "dialect": 0.7, "child_care": 0.45,
         "elder_care": 0.5, "water_rescue": 0.1},
        ((ALL, 450, 660, 0.62), (ALL, 780, 1020, 0.55), (ALL, 1140, 1260, 0.2)), 0.5, True, "渔嫂",
    ),
    TeamKind(
        "worthies", 10, "乡贤调解队", "Local Worthies Team",
        {"mediation": 0.85, "dialect": 0.7, "first_aid": 0.2},
        ((ALL, 510, 690, 0.5), (ALL, 840, 1050, 0.5), (ALL, 1140, 1260, 0.18)), 0.25,
    ),
    TeamKind(
        "deputies_liaison", 8, "代表联络站服务队", "Deputies' Liaison Team",
        {"mediation": 0.6, "first_aid": 0.25, "traffic_guide": 0.2},
        ((WORK, 1050, 1260, 0.4), (REST, 540, 1080, 0.5), (WORK, 720, 840, 0.35),
         (WORK, 540, 690, 0.2)), 0.35,
    ),
    TeamKind(
        "youth", 12, "青年志愿队", "Youth Volunteer Team",
        {"first_aid": 0.4, "aed": 0.35, "traffic_guide": 0.4, "child_care": 0.3},
        ((WORK, 1080, 1290, 0.5), (REST, 540, 1290, 0.55), (WORK, 720, 810, 0.3),
         (WORK, 900, 1080, 0.15)), 0.6,
    ),
    TeamKind(
        "neighbours", 22, "志愿队", "Volunteer Team",
        {"first_aid": 0.3, "mediation": 0.3, "elder_care": 0.4, "child_care": 0.3, "dialect": 0.4,
         "electric": 0.08},
        ((ALL, 420, 630, 0.42), (ALL, 840, 1020, 0.35), (ALL, 1080, 1230, 0.4)), 0.4,
    ),
    TeamKind(
        "riders", 8, "骑手互助队", "Riders' Mutual Aid Team",
        {"first_aid": 0.45, "aed": 0.3, "traffic_guide": 0.5, "drive": 0.4},
        ((ALL, 1020, 1350, 0.62), (ALL, 840, 1020, 0.35), (ALL, 570, 660, 0.25),
         (ALL, 1350, 1440, 0.3)), 1.0,
    ),
    TeamKind(
        "medical", 9, "医护急救队", "Medical Team",
        {"first_aid": 0.98, "aed": 0.95, "elder_care": 0.4, "child_care": 0.25},
        ((WORK, 1050, 1290, 0.42), (REST, 480, 1200, 0.42), (WORK, 720, 810, 0.3),
         (WORK, 480, 720, 0.14), (ALL, 0, 420, 0.06)), 0.5,
    ),
    TeamKind(
        "drivers", 9, "车友互助队", "Drivers' Aid Team",
        {"drive": 0.98, "first_aid": 0.35, "traffic_guide": 0.6, "electric": 0.15},
        ((ALL, 360, 540, 0.35), (ALL, 1020, 1320, 0.42), (ALL, 660, 840, 0.3),
         (ALL, 0, 180, 0.16), (ALL, 1320, 1440, 0.22)), 0.3,
    ),
    TeamKind(
        "fire", 10, "义务消防队", "Volunteer Fire Team",
        {"fire_basic": 0.95, "first_aid": 0.5, "aed": 0.2, "electric": 0.25, "drive": 0.4},
        ((WORK, 1080, 1320, 0.45), (REST, 420, 1260, 0.45), (ALL, 1320, 1440, 0.15),
         (ALL, 0, 420, 0.14), (WORK, 690, 840, 0.3)), 0.5,
    ),
    TeamKind(
        "patrol", 10, "平安义警队", "Safety Patrol Team",
        {"first_aid": 0.4, "mediation": 0.35, "traffic_guide": 0.5, "fire_basic": 0.3},
        ((ALL, 1110, 1350, 0.5), (ALL, 390, 510, 0.35), (REST, 840, 1080, 0.4),
         (WORK, 930, 1050, 0.3)), 0.55,
    ),
)  # fmt: skip
