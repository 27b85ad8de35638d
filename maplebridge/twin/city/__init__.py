"""The generated city 枫港市: a whole invented county-level city from one number.

`generate_city` gives the city, `history_seed` its recent past, `city_geojson` the layers
of its base map, `address_at` a house number. Nothing here is real, and nothing is left to
chance: the same seed gives the same city.
"""

from maplebridge.twin.city.base_map import city_geojson
from maplebridge.twin.city.build import SEED, generate_city
from maplebridge.twin.city.history.generate import history_seed
from maplebridge.twin.city.streets.addresses import address_at

__all__ = ["SEED", "address_at", "city_geojson", "generate_city", "history_seed"]
