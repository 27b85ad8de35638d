/** Our own vector base map as a MapLibre style; every colour is a token of the page. */
import type { FeatureCollection } from "geojson";
import type { ExpressionSpecification, FilterSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
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
  "boundary",
  "road",
  "bridge",
  "place_label",
];

const AREA: FilterSpecification = ["==", ["geometry-type"], "Polygon"];
const LINE: FilterSpecification = ["==", ["geometry-type"], "LineString"];

export function styleOf(element: Element, base: BaseMap, over: Record<string, Json>) {
  const colour = (name: string) => token(name, element) || "#888888";
  const sources: StyleSpecification["sources"] = {};
  for (const name of BASE) sources[name] = { type: "geojson", data: base[name] ?? EMPTY };
  for (const name of ["points", "route", "pick"]) {
    sources[name] = { type: "geojson", data: over[name] ?? EMPTY };
  }
  const layers = [...ground(colour), ...ways(colour), ...labels(colour, element), ...overlays(colour)];
  return { version: 8, sources, layers } satisfies StyleSpecification;
}

type Colour = (name: string) => string;

function ground(colour: Colour): LayerSpecification[] {
  const fill = (id: string, source: string, name: string): LayerSpecification => ({
    id,
    source,
    type: "fill",
    filter: AREA,
    paint: { "fill-color": colour(name) },
  });
  return [
    { id: "ground", type: "background", paint: { "background-color": colour("--sunk") } },
    fill("sea", "sea", "--map-sea"),
    fill("land", "land", "--map-land"),
    fill("block", "block", "--map-block"),
    fill("green", "green", "--map-green"),
    fill("river", "river", "--map-sea"),
    {
      id: "river-line",
      source: "river",
      type: "line",
      filter: LINE,
      paint: { "line-color": colour("--map-sea"), "line-width": width(1.5, 10) },
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
        "text-size": base * 0.75,
        "text-padding": 8,
      },
      paint,
    },
    {
      id: "place-label",
      source: "place_label",
      type: "symbol",
      layout: {
        "text-field": name as never,
        "text-size": ["interpolate", ["linear"], ["zoom"], 10, base * 0.75, 15, base * 0.9],
        "text-padding": 6,
        "symbol-sort-key": ["coalesce", ["get", "rank"], 5],
      },
      paint,
    },
  ];
}

/** The uncertainty of a place as a circle in metres: 67.8 m a pixel at zoom 10, latitude 27.5°. */
function acrossGround(): ExpressionSpecification {
  const metres: ExpressionSpecification = ["min", ["to-number", ["get", "precision_m"], 0], 2000];
  const far: ExpressionSpecification = ["/", metres, 67.8];
  const near: ExpressionSpecification = ["/", metres, 67.8 / 1024];
  return ["interpolate", ["exponential", 2], ["zoom"], 10, far, 20, near];
}

function urgent(colour: Colour): ExpressionSpecification {
  return ["match", ["get", "urgency"], ["P1", "P2"], colour("--maple"), colour("--ink-2")];
}

function overlays(colour: Colour): LayerSpecification[] {
  return [
    {
      id: "points-area",
      source: "points",
      type: "fill",
      filter: AREA,
      paint: { "fill-color": colour("--pine"), "fill-opacity": 0.09 },
    },
    {
      id: "points-edge",
      source: "points",
      type: "line",
      filter: AREA,
      paint: { "line-color": colour("--pine"), "line-width": 1.5 },
    },
    {
      id: "route",
      source: "route",
      type: "line",
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": colour("--pine"), "line-width": 4, "line-dasharray": [0.1, 2] },
    },
    {
      id: "points-guess",
      source: "points",
      type: "circle",
      filter: [">", ["to-number", ["get", "precision_m"], 0], 30],
      paint: {
        "circle-radius": acrossGround(),
        "circle-color": urgent(colour),
        "circle-opacity": 0.1,
        "circle-stroke-color": urgent(colour),
        "circle-stroke-width": 1,
        "circle-stroke-opacity": 0.5,
      },
    },
    {
      id: "points",
      source: "points",
      type: "symbol",
      filter: ["==", ["geometry-type"], "Point"],
      layout: {
        "icon-image": ["coalesce", ["get", "icon"], ["get", "urgency"], ["get", "kind"], "dot"],
        "icon-allow-overlap": true,
        "symbol-sort-key": ["coalesce", ["get", "rank"], 9],
        "text-field": ["coalesce", ["get", "no"], ""],
        "text-size": 12,
        "text-allow-overlap": true,
      },
      paint: { "text-color": colour("--on-pine") },
    },
  ];
}
