"""The doctor looks at the map: are there streets, and whose tiles lie under them."""

from __future__ import annotations

from maplebridge.commands.health import Answer


def maps() -> Answer:
    """Without streets nobody can be ranked by travel time, and the map is an empty sheet."""
    from django.conf import settings

    from maplebridge.kernel.errors import Unavailable
    from maplebridge.places import api as places

    tiles = settings.MAPLEBRIDGE.tiles
    said = "our own map"
    if tiles is not None:
        hosts = len(tiles.hosts)
        said = f"tiles in {tiles.frame} from {tiles.hosts[0]}"
        said += f" and {hosts - 1} more hosts" if hosts > 1 else ""
    try:
        places.street_graph()
    except Unavailable:
        fix = "Import the town: “maplebridge places import-osm FILE”."
        return Answer("warning", f"no streets; {said}", fix)
    layers = places.base_map()
    credit = layers.get("place_label", {}).get("attribution", "")
    said += f"; {len(layers['road']['features'])} roads drawn" if "road" in layers else ""
    return Answer("ok", f"{said}, {credit}" if credit else said)
