"""Kinds of premises: how many, how they are called, when they open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trade:
    """Kind of premises with the endings of its names."""

    kind: str
    count: int
    names: tuple[tuple[str, str], ...]
    floor_area: tuple[int, int]  # m2
    gas: bool = False


TRADES: tuple[Trade, ...] = (
    Trade(
        "estate", 82,
        (("花园", "Garden"), ("新村", "New Village"), ("公寓", "Apartments"), ("家园", "Homes"),
         ("苑", "Court"), ("小区", "Estate")),
        (6_000, 40_000),
    ),
    Trade("hotel", 12, (("酒店", "Hotel"), ("宾馆", "Guest House"), ("民宿", "Inn")), (400, 5_000)),
    Trade(
        "restaurant", 104,
        (("面馆", "Noodles"), ("海鲜排档", "Seafood"), ("饭店", "Restaurant"),
         ("快餐店", "Canteen"), ("鱼丸店", "Fish Balls"), ("早餐店", "Breakfast"),
         ("火锅店", "Hot Pot"), ("烧烤店", "Grill")),
        (30, 320), True,
    ),
    Trade(
        "shop", 140,
        (("便利店", "Convenience Store"), ("超市", "Supermarket"), ("手机店", "Phones"),
         ("服装店", "Clothes"), ("五金店", "Hardware"), ("水果店", "Fruit"), ("药店", "Pharmacy"),
         ("电动车行", "E-Bikes"), ("文具店", "Stationery"), ("渔具店", "Fishing Tackle")),
        (20, 280),
    ),
    Trade("clinic", 16, (("诊所", "Clinic"), ("口腔门诊", "Dental Clinic")), (60, 300)),
    Trade("school", 14, (("小学", "Primary School"), ("幼儿园", "Kindergarten")), (1_500, 9_000)),
    Trade("entertainment", 12, (("歌厅", "Karaoke"), ("网吧", "Internet Café")), (120, 900)),
    Trade("workshop", 24, (("汽修店", "Garage"), ("洗车行", "Car Wash")), (60, 400)),
    Trade("bank", 10, (("银行网点", "Bank Branch"),), (120, 500)),
    Trade("logistics", 10, (("快递站", "Parcel Station"),), (60, 900)),
    Trade("fuel_station", 7, (("加油站", "Fuel Station"),), (600, 2_000)),
    Trade("nursing_home", 4, (("养老院", "Nursing Home"),), (900, 4_000), True),
    Trade("bus_stop", 36, (("公交站", "Bus Stop"),), (12, 30)),
    Trade("building_site", 10, (("工地", "Building Site"),), (3_000, 20_000)),
)  # fmt: skip

# name, transliteration, kind, quarter, metres east and north of it
FIXED_PLACES: tuple[tuple[str, str, str, int, int, int], ...] = (
    ("望潮花园", "Wangchao Garden", "estate", 10, -260, 180),
    ("南汊新村", "Nancha New Village", "estate", 8, 160, 220),
    ("石埠小区", "Shibu Estate", "estate", 9, -120, 160),
    ("象山公寓", "Xiangshan Apartments", "estate", 6, 120, -160),
    ("望潮公交站", "Wangchao Bus Stop", "bus_stop", 10, 80, -90),
    ("东塘路口公交站", "Dongtang Crossing Bus Stop", "bus_stop", 1, 40, -60),
    ("潮埠邮局", "Chaobu Post Office", "bank", 5, 140, -120),
    ("老城广场", "Old Town Square", "square", 4, 60, 80),
    ("潮埠码头", "Chaobu Quay", "harbour", 5, 1150, -520),
    ("舥渡渡口", "Padu Ferry Landing", "harbour", 7, 60, 620),
    ("枫港汽车站", "Fenggang Coach Station", "transport_hub", 3, -420, -380),
    ("鹤渚海滩", "Hezhu Beach", "beach", 2, 760, -60),
)

# Local minutes; a closing minute past 1440 is after midnight. Weekdays closed.
HOURS: dict[str, tuple[int, int, tuple[int, ...]]] = {
    "estate": (0, 1440, ()),
    "hotel": (0, 1440, ()),
    "harbour": (0, 1440, ()),
    "hospital": (0, 1440, ()),
    "fuel_station": (0, 1440, ()),
    "nursing_home": (0, 1440, ()),
    "square": (0, 1440, ()),
    "beach": (0, 1440, ()),
    "park": (0, 1440, ()),
    "snack_street": (990, 1590, ()),
    "stall": (990, 1590, ()),
    "restaurant": (600, 1290, ()),
    "shop": (510, 1290, ()),
    "clinic": (480, 1080, ()),
    "school": (420, 1050, (5, 6)),
    "entertainment": (780, 1560, ()),
    "market": (300, 1110, ()),
    "factory": (450, 1140, (6,)),
    "workshop": (480, 1110, ()),
    "bank": (540, 1020, (5, 6)),
    "logistics": (480, 1260, ()),
    "bus_stop": (360, 1320, ()),
    "building_site": (390, 1110, ()),
    "transport_hub": (330, 1260, ()),
}

STALLS: tuple[tuple[str, str, bool], ...] = (
    ("鱼丸汤", "fish ball soup", True), ("糯米饭", "sticky rice", True),
    ("烤生蚝", "grilled oysters", True), ("牛肉面", "beef noodles", True),
    ("奶茶", "milk tea", False), ("锅贴", "pan-fried dumplings", True),
    ("烧烤", "skewers", True), ("麻辣烫", "hot pot skewers", True),
    ("海蛎煎", "oyster omelette", True), ("水果捞", "fruit cups", False),
    ("炸串", "fried skewers", True), ("海风炒粉", "sea-breeze fried noodles", True),
    ("豆花", "tofu pudding", False), ("老街炒粉", "old-street fried noodles", True),
    ("馄饨", "wonton", True), ("凉皮", "cold noodles", False),
    ("花甲粉", "clam noodles", True), ("糖水", "sweet soup", True),
    ("煎饼", "pancakes", True), ("卤味", "braised snacks", False),
    ("铁板鱿鱼", "griddled squid", True), ("粥铺", "congee", True),
    ("虾饼", "shrimp cakes", True), ("甘蔗汁", "sugar cane juice", False),
)  # fmt: skip
