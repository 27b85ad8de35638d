/** Our own vector base map as a MapLibre style; every colour is a token of the page. */
import type { FeatureCollection } from "geojson";
import type { ExpressionSpecification, FilterSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import { bleed } from "./bleed";
import { collectionTo, type Frame } from "./frames";
import { marks } from "./mapmarks";
import { token } from "./tokens";

export type Json = FeatureCollection;
export type BaseMap = Record<string, Json>;
export const EMPTY: Json = { type: "FeatureCollection", features: [] };
export const BASE = [
  "sea",
  "land",
  "block",
  "green",
  "river",
  "stream",
  "boundary",
  "building",
  "rail",
  "road",
  "bridge",
  "place_label",
];

export const OVER = ["points", "route", "units", "reach", "doubt"];

const ROUND = ["reach", "doubt"]; // a circle that is simplified is a polygon

/** The page's own stack for names on the map, Latin and Chinese alike. */
export function fonts(element: Element): string[] {
  return (token("--font", element) || "sans-serif").split(",").map((name) => name.trim());
}

/** A map service under our data; no layers where our own map is drawn. */
export interface Tiles {
  layers: string[][];
  frame: Frame;
  credit: string;
}
export const NO_TILES: Tiles = { layers: [], frame: "cgcs2000", credit: "" };

const AREA: FilterSpecification = ["==", ["geometry-type"], "Polygon"];
export type Colour = (name: string) => string;

/** `over` is in CGCS2000; it is drawn in the frame of the tiles. */
export function styleOf(
  element: Element,
  base: BaseMap,
  over: Record<string, Json>,
  tiles: Tiles = NO_TILES,
): StyleSpecification {
  const colour = (name: string) => token(name, element) || "#888888";
  const sources: StyleSpecification["sources"] = {};
  const own = tiles.layers.length === 0;
  if (own) {
    const ground = bleed(base);
    for (const name of BASE) sources[name] = { type: "geojson", data: ground[name] ?? EMPTY };
  } else {
    tiles.layers.forEach((addresses, n) => {
      sources[`tiles-${n}`] = { type: "raster", tiles: addresses, tileSize: 256, maxzoom: 18 };
    });
  }
  for (const name of OVER) {
    const data = collectionTo(tiles.frame, over[name] ?? EMPTY);
    sources[name] = { type: "geojson", data, tolerance: ROUND.includes(name) ? 0 : 0.375 };
  }
  const under = own
    ? [...ground(colour), ...ways(colour), ...labels(colour, element)]
    : pictures(colour, element, tiles.layers.length);
  return { version: 8, sources, layers: [...under, ...marks(colour, element)] };
}

/** Tiles are drawn for daylight; in the dark they are dimmed instead of glaring. */
function pictures(colour: Colour, element: Element, count: number): LayerSpecification[] {
  const dark = getComputedStyle(element).colorScheme.includes("dark");
  const ground: LayerSpecification = {
    id: "ground",
    type: "background",
    paint: { "background-color": colour("--map-land") },
  };
  const layers = Array.from({ length: count }, (_, n): LayerSpecification => ({
    id: `tiles-${n}`,
    source: `tiles-${n}`,
    type: "raster",
    paint: {
      "raster-saturation": dark ? -0.6 : -0.35,
      "raster-brightness-max": dark ? 0.55 : 1,
      "raster-fade-duration": 0,
    },
  }));
  return [ground, ...layers];
}

function ground(colour: Colour): LayerSpecification[] {
  const fill = (id: string, source: string, name: string): LayerSpecification => ({
    id,
    source,
    type: "fill",
    filter: AREA,
    paint: { "fill-color": colour(name) },
  });
  return [
    { id: "ground", type: "background", paint: { "background-color": colour("--map-land") } },
    fill("sea", "sea", "--map-sea"),
    fill("land", "land", "--map-land"),
    fill("block", "block", "--map-block"),
    fill("green", "green", "--map-green"),
    fill("river", "river", "--map-sea"),
    {
      id: "stream",
      source: "stream",
      type: "line",
      paint: {
        "line-color": colour("--map-sea"),
        "line-width": width(0.8, 6),
      },
    },
    {
      id: "shore",
      source: "land",
      type: "line",
      paint: { "line-color": colour("--map-road"), "line-width": 1 },
    },
    {
      id: "boundary",
      source: "boundary",
      type: "line",
      paint: {
        "line-color": colour("--map-cell"),
        "line-width": 1,
        "line-dasharray": [4, 3],
      },
    },
  ];
}

function width(far: number, near: number): ["interpolate", ["exponential", number], ["zoom"], ...number[]] {
  return ["interpolate", ["exponential", 1.6], ["zoom"], 11, far, 17, near];
}

function ways(colour: Colour): LayerSpecification[] {
  const round = { "line-cap": "round", "line-join": "round" } as const;
  const way = (
    kind: string,
    name: string,
    from: number,
    far: number,
    near: number,
  ): LayerSpecification => ({
    id: `road-${kind}`,
    source: "road",
    type: "line",
    minzoom: from,
    filter: ["==", ["coalesce", ["get", "class"], ["get", "kind"], "street"], kind],
    layout: round,
    paint: { "line-color": colour(name), "line-width": width(far, near) },
  });
  return [
    {
      id: "building",
      source: "building",
      type: "fill",
      minzoom: 14.5,
      paint: { "fill-color": colour("--map-street"), "fill-opacity": 0.6 },
    },
    {
      id: "rail",
      source: "rail",
      type: "line",
      minzoom: 11,
      paint: {
        "line-color": colour("--map-road"),
        "line-width": width(0.8, 3),
        "line-dasharray": [5, 2.5],
      },
    },
    way("path", "--map-street", 14.5, 0.4, 2),
    way("lane", "--map-street", 13.2, 0.4, 7),
    way("street", "--map-street", 11.5, 0.7, 12),
    way("main", "--map-road", 0, 1.6, 18),
    {
      id: "bridge",
      source: "bridge",
      type: "line",
      layout: round,
      paint: { "line-color": colour("--ink-3"), "line-width": width(2, 16), "line-opacity": 0.55 },
    },
  ];
}

function labels(colour: Colour, element: Element): LayerSpecification[] {
  const english = document.documentElement.lang.startsWith("en");
  const name: unknown[] = english
    ? ["coalesce", ["get", "name_en"], ["get", "name"], ""]
    : ["coalesce", ["get", "name"], ""];
  const base = parseFloat(getComputedStyle(element).fontSize) || 16;
  const paint = {
    "text-color": colour("--map-label"),
    "text-halo-color": colour("--map-block"),
    "text-halo-width": 1.5,
  };
  return [
    {
      id: "road-label",
      source: "road",
      type: "symbol",
      minzoom: 14.5,
      filter: ["!=", ["coalesce", ["get", "class"], ["get", "kind"], ""], "path"],
      layout: {
        "symbol-placement": "line",
        "symbol-spacing": 320,
        "text-field": name as never,
        "text-font": fonts(element),
        "text-size": base * 0.75,
        "text-padding": 8,
      },
      paint,
    },
    places("water-label", WATERS, {
      "text-size": base * 0.8,
      "text-letter-spacing": english ? 0.05 : 0.35,
    }),
    places("place-label", ["!", WATERS], {
      "text-size": [
        "interpolate", ["linear"], ["zoom"],
        10, ["step", RANK, base * 0.9, 2, base * 0.75],
        15, ["step", RANK, base * 1.15, 2, base * 0.95, 4, base * 0.85],
      ],
    }),
  ];

  function places(id: string, which: FilterSpecification, size: object): LayerSpecification {
    return {
      id,
      source: "place_label",
      type: "symbol",
      filter: which,
      layout: {
        "text-field": name as never,
        "text-font": fonts(element),
        "text-padding": 10,
        "text-max-width": 7,
        // A name steps aside for a marker instead of lying under it, and goes where it cannot.
        "text-variable-anchor": ["center", "top", "bottom", "left", "right"],
        "text-radial-offset": 1.1,
        "text-justify": "auto",
        "symbol-sort-key": RANK,
        ...size,
      },
      paint,
    };
  }
}

const RANK: ExpressionSpecification = ["to-number", ["get", "rank"], 5];
const WATERS: ExpressionSpecification = [
  "in", ["get", "kind"], ["literal", ["bay", "river", "harbour", "sea", "strait"]],
];
