/** What lies on the map: places of matters, doubt, ways, numbered units, circles of reach. */
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from "maplibre-gl";
import { fonts, type Colour } from "./mapstyle";

const AREA: FilterSpecification = ["==", ["geometry-type"], "Polygon"];
const LINE: FilterSpecification = ["==", ["geometry-type"], "LineString"];
const POINT: FilterSpecification = ["==", ["geometry-type"], "Point"];
const DOTS = [0.1, 2.2];

function urgent(colour: Colour): ExpressionSpecification {
  return ["match", ["get", "urgency"], ["P1", "P2"], colour("--maple"), colour("--ink-2")];
}

export function marks(colour: Colour, element: Element): LayerSpecification[] {
  const base = parseFloat(getComputedStyle(element).fontSize) || 16;
  const font = fonts(element);
  return [...areas(colour), ...doubts(colour, base, font), ...lines(colour), ...symbols(colour, base, font)];
}

function areas(colour: Colour): LayerSpecification[] {
  const ring = (source: string): LayerSpecification[] => [
    {
      id: `${source}-area`,
      source,
      type: "fill",
      filter: AREA,
      paint: { "fill-color": colour("--pine"), "fill-opacity": 0.09 },
    },
    {
      id: `${source}-edge`,
      source,
      type: "line",
      filter: AREA,
      paint: { "line-color": colour("--pine"), "line-width": 1.5 },
    },
  ];
  return [...ring("points"), ...ring("reach")];
}

/** A dashed circle with its size: somewhere in here. */
function doubts(colour: Colour, base: number, font: string[]): LayerSpecification[] {
  return [
    {
      id: "doubt-area",
      source: "doubt",
      type: "fill",
      paint: { "fill-color": urgent(colour), "fill-opacity": 0.1 },
    },
    {
      id: "doubt-edge",
      source: "doubt",
      type: "line",
      paint: { "line-color": urgent(colour), "line-width": 1.5, "line-dasharray": [3, 3] },
    },
    {
      id: "doubt-size",
      source: "doubt",
      type: "symbol",
      minzoom: 14,
      layout: {
        "symbol-placement": "line",
        "symbol-spacing": 1000,
        "text-field": ["concat", "± ", ["to-string", ["get", "metres"]], " m"],
        "text-font": font,
        "text-size": base * 0.75,
        "text-offset": [0, 0.9],
      },
      paint: {
        "text-color": urgent(colour),
        "text-halo-color": colour("--map-block"),
        "text-halo-width": 1.5,
      },
    },
  ];
}

function lines(colour: Colour): LayerSpecification[] {
  const dotted = (id: string, source: string, width: number): LayerSpecification => ({
    id,
    source,
    type: "line",
    filter: LINE,
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": colour("--pine"), "line-width": width, "line-dasharray": DOTS },
  });
  return [dotted("route", "route", 4), dotted("units-way", "units", 3)];
}

function symbols(colour: Colour, base: number, font: string[]): LayerSpecification[] {
  const symbol = (source: string, fallback: string, size: number): LayerSpecification => ({
    id: source,
    source,
    type: "symbol",
    filter: POINT,
    layout: {
      "icon-image": ["coalesce", ["get", "icon"], ["get", "urgency"], ["get", "kind"], fallback],
      "icon-allow-overlap": true,
      "symbol-sort-key": ["coalesce", ["get", "rank"], ["get", "no"], 9],
      "text-field": ["to-string", ["coalesce", ["get", "no"], ""]],
      "text-font": font,
      "text-size": size,
      "text-allow-overlap": true,
    },
    paint: { "text-color": colour("--on-pine") },
  });
  return [symbol("points", "dot", 12), symbol("units", "unit", base * 0.8)];
}
