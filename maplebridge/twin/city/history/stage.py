"""Where it happened: points, cells and the words people use for them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from maplebridge.twin.city.kinds import Setting
from maplebridge.twin.city.records import City, LonLat, Premises, StreetAddress

T = TypeVar("T")
MAIN_KINDS = ("main", "street")
AT_SEA = ((0.066, 0.006), (0.064, -0.012), (0.058, 0.034), (0.080, -0.014))  # degrees
BEYOND = ((-0.094, 0.012), (-0.094, -0.020), (-0.02, 0.067), (0.01, -0.067))  # degrees
ORIGIN = (120.62, 27.50)
SETTING_KINDS: dict[Setting, tuple[str, ...]] = {
    "estate": ("estate",),
    "home": ("estate",),
    "shop": ("shop", "restaurant", "workshop", "entertainment", "logistics"),
    "park": ("park", "factory"),
    "hotel": ("hotel",),
    "school": ("school",),
    "market": ("market", "square", "transport_hub", "shop"),
    "stall": ("stall", "restaurant"),
    "harbour": ("harbour",),
    "clinic": ("clinic", "hospital"),
    "site": ("building_site",),
}
VAGUE = (
    "大桥这边", "江边", "老城里面", "海边", "车站附近", "菜场那边", "新区这头", "工业区里",
    "山脚下", "码头那里", "学校后面", "老街", "高架下面", "河边小路", "环岛那里",
)  # fmt: skip
BESIDE = ("", "", "门口", "旁边", "对面", "边上", "前面")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it is and as it is called."""

    point: LonLat | None
    precision_m: int | None
    cell_code: str | None
    words: tuple[str, ...]
    phrase: str
    premises_code: str | None = None


NOWHERE = Place(None, None, None, (), "")


class Stage:
    """Places of the city by setting, some of them busier than others."""

    def __init__(self, city: City, seed: int) -> None:
        rng = Random(f"{seed}:stage")
        by_kind: dict[str, list[Premises]] = defaultdict(list)
        for premises in city.premises:
            by_kind[premises.kind].append(premises)
        self.name = {s.code: s.name_zh for s in city.streets}
        self.premises = {
            setting: [p for kind in kinds for p in by_kind[kind]]
            for setting, kinds in SETTING_KINDS.items()
        }
        self.addresses = list(city.addresses)
        self.water = [a for a in city.addresses if "枫江" in a.text_zh]
        self.water += [p.address for p in by_kind["harbour"] + by_kind["beach"]]
        self.hill = [a for a in city.addresses if "岭" in a.text_zh or "象山" in a.text_zh]
        self.crossings = _crossings(city)
        rng.shuffle(self.addresses)
        rng.shuffle(self.crossings)
        for pool in self.premises.values():
            rng.shuffle(pool)

    def place(self, setting: Setting, rng: Random) -> Place:
        """Draw a place for a setting; a few are vague or lie outside the city."""
        if setting == "nowhere":
            return NOWHERE
        chance = rng.random()
        if chance < 0.035:
            return self._vague(rng)
        if chance < 0.042:
            return self._beyond(rng)
        if setting == "water" and chance < 0.16:
            return self._at_sea(rng)
        if setting == "road" or (setting == "street" and chance > 0.80):
            return self._crossing(rng)
        if setting in self.premises:
            return self._premises(_busy(self.premises[setting], rng), setting, rng)
        pools = {"water": self.water, "hill": self.hill}
        return self._address(_busy(pools.get(setting, self.addresses), rng), rng)

    def vague_cell(self, rng: Random) -> str:
        """Cell of some address, for callers who say only where they live."""
        return rng.choice(self.addresses).cell_code

    def _address(self, address: StreetAddress, rng: Random) -> Place:
        street = self.name[address.street_code]
        words = (street, address.text_zh)
        if rng.random() < 0.22:
            phrase = street + rng.choice(("上", "中段", "这边", "靠近路口的地方"))
            return Place(address.point, 180, address.cell_code, (street,), phrase)
        phrase = address.text_zh + rng.choice(BESIDE)
        return Place(address.point, 15, address.cell_code, words, phrase)

    def _crossing(self, rng: Random) -> Place:
        point, cell, one, other = _busy(self.crossings, rng)
        phrase = rng.choice(
            (
                f"{one}和{other}路口",
                f"{one}{other}交叉口",
                f"{one}靠近{other}",
                f"{one}往{other}方向",
            )
        )
        return Place(point, 30, cell, (one, other), phrase)

    def _premises(self, row: Premises, setting: Setting, rng: Random) -> Place:
        phrase = row.name_zh
        words: tuple[str, ...] = (row.name_zh,)
        if row.kind == "estate":
            block = f"{rng.randint(1, 24)}幢"
            phrase += rng.choice(("", block, f"{block}楼下")) if setting == "estate" else block
        elif setting == "stall" and row.kind == "stall" and rng.random() < 0.35:
            phrase, words = "小吃街这边", ("小吃街",)
            return Place(row.point, 120, row.cell_code, words, phrase, row.parent_code)
        else:
            phrase += rng.choice(BESIDE) if setting not in ("clinic", "park", "school") else ""
        if rng.random() < 0.3:
            words += (row.address.text_zh,)
            phrase = f"{row.address.text_zh}{phrase}" if row.kind != "stall" else phrase
        return Place(row.point, 20, row.cell_code, words, phrase, row.code)

    def _vague(self, rng: Random) -> Place:
        words = rng.choice(VAGUE)
        return Place(None, None, None, (words,), words)

    def _at_sea(self, rng: Random) -> Place:
        dx, dy = rng.choice(AT_SEA)
        words = rng.choice(("大鹤屿外面海上", "灯台屿附近", "鹤渚湾里", "小鹤屿边上", "防波堤外面"))
        return Place(_off(dx, dy, 0.002, rng), 400, None, (words,), words)

    def _beyond(self, rng: Random) -> Place:
        dx, dy = rng.choice(BEYOND)
        words = rng.choice(("界桥那边", "过了收费站", "邻县交界的地方", "界碑过去一点"))
        return Place(_off(dx, dy, 0.0015, rng), 300, None, (words,), words)


def _off(dx: float, dy: float, spread: float, rng: Random) -> LonLat:
    lon = ORIGIN[0] + dx + rng.uniform(-spread, spread)
    lat = ORIGIN[1] + dy + rng.uniform(-spread, spread)
    return (round(lon, 6), round(lat, 6))


def _busy(pool: list[T], rng: Random) -> T:
    """Draw with a lean to the front: some places are in the news again and again."""
    return pool[int(len(pool) * rng.random() ** 1.7)]


def _crossings(city: City) -> list[tuple[LonLat, str, str, str]]:
    """Crossings of two named streets: point, cell, and both names."""
    named = {s.code for s in city.streets if s.kind in MAIN_KINDS}
    main = {s.code for s in city.streets if s.kind == "main"}
    at: dict[int, dict[str, str]] = defaultdict(dict)
    for edge in city.edges:
        if edge.street_code in named:
            at[edge.a][edge.street_code] = edge.street_zh
            at[edge.b][edge.street_code] = edge.street_zh
    cell = {address.node: address.cell_code for address in city.addresses}
    out = []
    for node in city.nodes:
        streets = sorted(at.get(node.id, {}).items(), key=lambda kv: (kv[0] not in main, kv[0]))
        if len(streets) > 1 and node.id in cell and streets[0][0] in main:
            out.append(((node.lon, node.lat), cell[node.id], streets[0][1], streets[1][1]))
    return out
