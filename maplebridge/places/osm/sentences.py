"""What an import may have to say."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MISSING = _("There is no file {file}.")
UNREADABLE = _("The file {file} cannot be read: {why}.")
NOT_OSM = _("{file} is no OpenStreetMap file: it must be .osm, .osm.gz, .osm.bz2 or .osm.pbf.")
BROKEN = _("{file} is damaged or cut off ({why}); nothing was changed. Fetch it again.")
DOCTYPE = _("{file} declares entities of its own, which no OpenStreetMap file does; it is refused.")
EMPTY = _("{file} holds no street.")
OUTSIDE = _("{file} holds no street within {km} km of {lon}, {lat}.")
TOO_LARGE = _("The file holds more than {most} points; cut out the town, or name it by --centre.")
TOO_WIDE = _(
    "The file is {km} km across; a town is at most {most}. Say which one by --centre lon,lat."
)
NO_PBF = _("Reading .osm.pbf needs the package osmium: pip install “maplebridge[osm]”.")
OTHER_TOWN = _(
    "The streets of another town are here ({streets} of them). Add --replace to put this one in "
    "their place."
)
CENTRE = _("Write the centre as lon,lat in degrees, such as 120.55,27.58.")

SKIPPED = {
    "road_not_in_use": _("ways not in use (being built, planned, given up)"),
    "road_of_another_kind": _("ways of a kind that is no street"),
    "road_closed": _("ways closed to everybody"),
    "road_cut_off": _("pieces of street that no other street reaches"),
    "way_without_points": _("ways whose points are not in the extract"),
    "area_not_closed": _("areas that do not close within the extract"),
    "coast_not_closed": _("stretches of coast that end within the extract, drawn as land"),
    "boundary_not_closed": _("boundaries that do not close within the extract"),
    "address_without_street": _("house numbers whose street is not here"),
    "address_not_a_number": _("house numbers that are no number"),
    "premises_without_name": _("places of business without a name"),
    "premises_in_use": _("places of business that are gone from the map but in use here"),
    "oneway_drawn_both_ways": _("one-way streets, which travel times take as open both ways"),
}
