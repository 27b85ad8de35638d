"""Places of business and public use: parks, stalls, hotels, estates, shops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from maplebridge.twin.city.geometry.plan import DEDICATED
from maplebridge.twin.city.geometry.quarters import QUARTERS, density_at
from maplebridge.twin.city.ground import Ground
from maplebridge.twin.city.names import SNACK_STREET, pinyin, stems
from maplebridge.twin.city.records import OpeningHours, Premises, StreetAddress
from maplebridge.twin.city.trades import FIXED_PLACES, HOURS, STALLS, TRADES

STALL_COUNT = 24
STALL_STEP = 18.0  # metres between stalls of one side
WEEK = tuple(range(7))


class _Register:
    """Numbers premises and keeps names and addresses apart."""

    def __init__(self, ground: Ground, rng: np.random.Generator) -> None:
        self.ground, self.rng = ground, rng
        self.rows: list[Premises] = []
        self.names: set[str] = set()
        self.used: set[int] = set()
        x, y = ground.streets.address_xy.T
        weight = density_at(x, y) ** 2
        self.order: Iterator[int] = iter(
            rng.choice(len(weight), len(weight), replace=False, p=weight / weight.sum()).tolist()
        )

    def add(
        self,
        kind: str,
        name: tuple[str, str],
        address: StreetAddress,
        parent: str | None = None,
        gas: bool = False,
        size: tuple[int, int] = (40, 260),
    ) -> Premises:
        row = Premises(
            code=f"M{len(self.rows) + 1:04d}",
            name_zh=name[0],
            name_en=name[1],
            kind=kind,
            point=address.point,
            address=address,
            hours=_hours(kind, self.rng),
            cell_code=address.cell_code,
            parent_code=parent,
            floor_area_m2=int(self.rng.integers(*size)),
            uses_gas=gas,
        )
        self.rows.append(row)
        self.names.add(name[0])
        return row

    def free_address(self) -> StreetAddress:
        """Next unused address, dense quarters first more often."""
        for i in self.order:
            if i not in self.used:
                self.used.add(i)
                return self.ground.address(i)
        raise ValueError("more premises than addresses")

    def near(self, x: float, y: float) -> StreetAddress:
        """Nearest unused address."""
        for i in self.ground.near(x, y, 40):
            if i not in self.used:
                self.used.add(i)
                return self.ground.address(i)
        return self.ground.address(self.ground.near(x, y)[0])


def premises(ground: Ground, rng: np.random.Generator) -> tuple[Premises, ...]:
    """All premises in a stable order."""
    register = _Register(ground, rng)
    pool = stems()
    words = [pool[i] for i in rng.permutation(len(pool)).tolist()]
    _dedicated(register, words)
    _snack_street(register)
    for zh, en, kind, home, east, north in FIXED_PLACES:
        quarter = QUARTERS[home]
        register.add(kind, (zh, en), register.near(quarter.x + east, quarter.y + north))
    for trade in TRADES:
        for i in range(trade.count):
            zh, en = trade.names[i % len(trade.names)]
            name = _fresh(words, register, zh, en)
            register.add(
                trade.kind, name, register.free_address(), None, trade.gas, trade.floor_area
            )
    return tuple(register.rows)


def _fresh(words: list[str], register: _Register, zh: str, en: str) -> tuple[str, str]:
    """Invent a name that nobody has yet."""
    for _ in range(len(words)):
        word = words.pop(0)
        words.append(word)
        if word + zh not in register.names:
            return word + zh, f"{pinyin(word)} {en}"
    raise ValueError(f"no free name for {zh}")


def _dedicated(register: _Register, words: list[str]) -> None:
    """Parks, markets, schools, the hospital and the harbour fill cells of their own."""
    ground = register.ground
    for cell, place in sorted(ground.plan.dedicated.items(), key=lambda kv: kv[1]):
        zh, en, kind, *_ = DEDICATED[place]
        x, y = ground.cell_middle(cell)
        code = ground.tilings.cell_codes[cell]
        inside = ground.by_cell[code]
        door = ground.address(inside[0] if inside else ground.near(x, y)[0])
        address = replace(door, cell_code=code, point=ground.frame.point(x, y))
        home = register.add(kind, (zh, en), address, None, False, (9_000, 60_000))
        for _ in range(8 if kind == "park" else 0):
            word_zh, word_en = _fresh(words, register, *_factory(zh))
            dx, dy = register.rng.uniform(-130.0, 130.0, 2).tolist()
            spot = replace(address, point=ground.frame.point(x + dx, y + dy))
            register.add("factory", (word_zh, word_en), spot, home.code, False, (600, 7_000))


def _factory(park: str) -> tuple[str, str]:
    for word, zh, en in (
        ("包装", "包装厂", "Packaging"),
        ("印务", "印务厂", "Printing"),
        ("机电", "机电厂", "Machinery"),
        ("塑业", "塑料制品厂", "Plastics"),
        ("水产", "水产加工厂", "Seafood"),
        ("纺织", "织造厂", "Weaving"),
    ):
        if word in park:
            return zh, en
    raise ValueError(park)


def _snack_street(register: _Register) -> None:
    """Stalls in two rows; 12 and 14 both sell fried noodles, 18 metres apart."""
    ground = register.ground
    run = next(r for r in ground.runs if r.name_zh == SNACK_STREET[0])
    street = next(s for s in ground.streets.streets if s.name_zh == SNACK_STREET[0])
    first, last = ground.network.xy[run.links[0].a], ground.network.xy[run.links[-1].b]
    start, end = np.array(first), np.array(last)
    along = (end - start) / np.hypot(*(end - start))
    side = np.array([-along[1], along[0]])
    begin = start + along * 60.0
    home_door = ground.address(ground.near(float(begin[0]), float(begin[1]))[0])
    home = register.add(
        "snack_street", ("小吃街", "Food Street"), home_door, None, True, (2_000, 2_001)
    )
    for number in range(1, STALL_COUNT + 1):
        spot = begin + along * STALL_STEP * ((number - 1) // 2) + side * (8 if number % 2 else -8)
        near = ground.address(ground.near(float(spot[0]), float(spot[1]))[0])
        address = StreetAddress(
            street.code, number, f"小吃街{number}号", f"{number} Food Street",
            ground.frame.point(float(spot[0]), float(spot[1])), near.cell_code, near.node,
        )  # fmt: skip
        zh, en, gas = STALLS[number - 1]
        name = (f"小吃街{number}号摊{zh}", f"Food Street stall {number}, {en}")
        register.add("stall", name, address, home.code, gas, (8, 30))


def _hours(kind: str, rng: np.random.Generator) -> tuple[OpeningHours, ...]:
    opens, closes, closed_days = HOURS.get(kind, (510, 1110, ()))
    shift = 0 if closes - opens >= 1440 else int(rng.integers(-2, 3)) * 15
    days = tuple(d for d in WEEK if d not in closed_days)
    return (OpeningHours(days, max(0, opens + shift), closes + shift),)
