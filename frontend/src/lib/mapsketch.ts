/** The map as a still picture, for browsers that cannot draw the moving one: the same data in SVG. */
import type { Feature, Position } from "geojson";
import { bleed } from "./bleed";
import { circles, doubt } from "./circles";
import { around, boundsOf, creditOf, type Bounds, type Over } from "./mapdata";
import { EMPTY, NO_TILES, type BaseMap } from "./mapstyle";
import { word } from "./words";
import { Pick, pinShape, type Board } from "./pick";

const SVG = "http://www.w3.org/2000/svg";
const CLOSEST = 0.004; // degrees across; around a single point something of the streets is seen
const NAME_WIDE = 64; // px two names keep between their middles
const NAME_HIGH = 22;
const AREAS = [["sea", "m-sea"], ["land", "m-land"], ["block", "m-block"], ["green", "m-green"], ["river", "m-sea"]];
const ROADS = [["street", "m-street"], ["main", "m-road"]];
const SHAPES: Record<string, [css: string, path: string]> = {
  P1: ["m-1", "M0-11 11 0 0 11-11 0Z"],
  P2: ["m-2", "M0-10 11 9H-11Z"],
  P4: ["m-4", "M0-7A7 7 0 1 1 0 7 7 7 0 1 1 0-7Z"],
};
const DISC: [string, string] = ["m-3", "M0-8A8 8 0 1 1 0 8 8 8 0 1 1 0-8Z"];

interface Sketch {
  element: HTMLElement;
  base: BaseMap;
  over: Over;
}

/** False where there is nothing to draw from. */
export function still({ element, base, over }: Sketch): boolean {
  const bounds = boundsOf(over, base) ?? around([base["land"] ?? EMPTY]);
  if (!bounds || !base["land"]) return false;
  const board = new Still(element, bounds);
  const ground = bleed(base);
  for (const [layer, css] of AREAS) board.areas(ground[layer!]?.features ?? [], css!);
  for (const [kind, css] of ROADS) {
    board.lines((base["road"]?.features ?? []).filter((f) => f.properties?.["kind"] === kind), css!);
  }
  board.lines(base["bridge"]?.features ?? [], "m-bridge");
  board.names(base["place_label"]?.features ?? []);
  board.areas(circles(over.points, doubt).features, "m-guess");
  board.lines([...over.route.features, ...over.units.features], "m-route m-route-next");
  board.marks([...over.points.features, ...over.units.features]);
  const credit = document.createElement("p");
  credit.className = "map-credit";
  credit.textContent = creditOf(base, NO_TILES).text;
  element.append(credit);
  if (element.dataset["pick"]) new Pick(board, element, element.dataset["pick"]);
  return true;
}

class Still implements Board {
  readonly surface = document.createElementNS(SVG, "svg");
  private pin: SVGElement | null = null;
  private width: number;
  private height: number;
  private scale: number; // px a degree of latitude
  private squeeze: number;
  private centre: [number, number];

  constructor(element: HTMLElement, [west, south, east, north]: Bounds) {
    this.width = element.clientWidth || 360;
    this.height = element.clientHeight || 240;
    this.centre = [(west + east) / 2, (south + north) / 2];
    this.squeeze = Math.cos((this.centre[1] * Math.PI) / 180);
    const across = Math.max((east - west) * this.squeeze, CLOSEST);
    const up = Math.max(north - south, CLOSEST);
    this.scale = 0.9 * Math.min(this.width / across, this.height / up);
    this.surface.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.surface.setAttribute("role", "img");
    this.surface.setAttribute("aria-label", element.dataset["label"] || word("mapLabel"));
    element.prepend(this.surface);
  }

  areas(features: Feature[], css: string): void {
    // One by one: where two lie on each other, even and odd would cut a hole.
    for (const feature of features) this.path([feature], css, "Z");
  }

  lines(features: Feature[], css: string): void {
    this.path(features.filter((f) => f.geometry.type.endsWith("LineString")), css, "");
  }

  names(features: Feature[]): void {
    const english = document.documentElement.lang.startsWith("en");
    const rank = ({ properties }: Feature): number => Number(properties?.["rank"] ?? 5);
    const taken: [number, number][] = [];
    for (const { geometry, properties } of [...features].sort((a, b) => rank(a) - rank(b))) {
      if (geometry.type !== "Point") continue;
      const [x, y] = this.put(geometry.coordinates);
      if (taken.some(([a, b]) => Math.abs(a - x) < NAME_WIDE && Math.abs(b - y) < NAME_HIGH)) continue;
      taken.push([x, y]);
      const text = this.add("text", { class: "m-name", x, y, "text-anchor": "middle" });
      text.textContent = String((english && properties?.["name_en"]) || properties?.["name"] || "");
    }
  }

  marks(features: Feature[]): void {
    for (const { geometry, properties } of features) {
      if (geometry.type !== "Point") continue;
      const [x, y] = this.put(geometry.coordinates);
      const [css, d] = SHAPES[String(properties?.["urgency"])] ?? DISC;
      this.add("path", { class: css, d, transform: `translate(${x} ${y})` });
    }
  }

  onTap(act: (lon: number, lat: number) => void): void {
    this.surface.addEventListener("click", (event) => {
      const box = this.surface.getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * this.width - this.width / 2;
      const y = ((event.clientY - box.top) / box.height) * this.height - this.height / 2;
      act(this.centre[0] + x / this.scale / this.squeeze, this.centre[1] - y / this.scale);
    });
  }

  middle(): [number, number] {
    return this.centre;
  }

  metresPerPixel(): number {
    return 111_195 / this.scale;
  }

  setPin(lon: number, lat: number): void {
    const [x, y] = this.put([lon, lat]);
    this.pin ??= this.surface.appendChild(pinShape());
    for (const [name, value] of Object.entries({ class: "map-pin", width: 32, height: 40, x: x - 16, y: y - 40 })) {
      this.pin.setAttribute(name, String(value));
    }
  }

  look(): void {
    // A still picture stays where it is.
  }

  private put([lon, lat]: Position): [number, number] {
    const x = this.width / 2 + (lon! - this.centre[0]) * this.squeeze * this.scale;
    const y = this.height / 2 - (lat! - this.centre[1]) * this.scale;
    return [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
  }

  private path(features: Feature[], css: string, end: string): void {
    const d = features.flatMap((f) => rings("coordinates" in f.geometry ? f.geometry.coordinates : []))
      .map((ring) => `M${ring.map((spot) => this.put(spot).join(" ")).join("L")}${end}`)
      .join("");
    if (d) this.add("path", { class: css, d, "fill-rule": "evenodd" });
  }

  private add(tag: string, attributes: Record<string, string | number>): Element {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
    return this.surface.appendChild(made);
  }
}

/** The runs of positions in coordinates of any depth. */
function rings(value: unknown): Position[][] {
  if (!Array.isArray(value) || !Array.isArray(value[0])) return [];
  return typeof value[0][0] === "number" ? [value as Position[]] : value.flatMap(rings);
}
