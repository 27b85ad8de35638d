/** What a map panel shows, read from the page or from an address; empty where it cannot be had. */
import type { FeatureCollection, Geometry } from "geojson";
import { EMPTY, NO_TILES, type BaseMap, type Json, type Tiles } from "./mapstyle";

/** The attributes of a panel that name a collection: `data-points`, `data-route`, and so on. */
const SETS = ["points", "route", "units", "reach"] as const;
export type Over = Record<(typeof SETS)[number], Json>;

const bases = new Map<string, Promise<BaseMap | null>>();
let tiles: Promise<Tiles | null> | null = null;

/** null: it could not be fetched. */
export function baseMap(url: string): Promise<BaseMap | null> {
  const known = bases.get(url) ?? read<BaseMap>(url);
  bases.set(url, known);
  void known.then((found) => found ?? bases.delete(url));
  return known;
}

export async function mapService(): Promise<Tiles> {
  tiles ??= read<Tiles>("/map/tiles.json");
  return (await tiles) ?? NO_TILES;
}

export async function overlays(element: HTMLElement, before?: Over): Promise<Over> {
  const read_one = async (name: (typeof SETS)[number]): Promise<Json> => {
    const urls = (element.dataset[name] ?? "").split(" ").filter(Boolean);
    const kept = before?.[name] ?? EMPTY;
    const found = (await Promise.all(urls.map((url) => read<Json>(url)))).filter((one) => one !== null);
    if (found.length < 2) return found[0] ?? kept;
    return { ...found[0]!, features: found.flatMap((one) => one.features) };
  };
  const [points, route, units, reach] = await Promise.all(SETS.map(read_one));
  return { points: points!, route: route!, units: units!, reach: reach! };
}

async function read<T>(url: string): Promise<T | null> {
  try {
    if (url.startsWith("#")) {
      return JSON.parse(document.querySelector(url)?.textContent || "null") as T | null;
    }
    const response = await fetch(url, { headers: { Accept: "application/json" } });
    return response.ok ? ((await response.json()) as T) : null;
  } catch {
    return null;
  }
}

export type Bounds = [west: number, south: number, east: number, north: number];

/** Around what is shown, else around the land; null where there is neither. */
export function boundsOf(over: Over, base: BaseMap): Bounds | null {
  const shown = [over.points, over.route, over.units].filter((set) => set.features.length);
  return around(shown.length ? shown : [base["land"] ?? EMPTY]);
}

export function around(sets: FeatureCollection[]): Bounds | null {
  const bounds: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { features } of sets) for (const { geometry } of features) eachSpot(geometry, grow);
  return Number.isFinite(bounds[0]) ? bounds : null;

  function grow(lon: number, lat: number): void {
    bounds[0] = Math.min(bounds[0], lon);
    bounds[1] = Math.min(bounds[1], lat);
    bounds[2] = Math.max(bounds[2], lon);
    bounds[3] = Math.max(bounds[3], lat);
  }
}

function eachSpot(geometry: Geometry | null, act: (lon: number, lat: number) => void): void {
  if (!geometry) return;
  if (geometry.type === "GeometryCollection") {
    for (const part of geometry.geometries) eachSpot(part, act);
    return;
  }
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    if (typeof value[0] === "number") act(value[0], value[1] as number);
    else for (const inner of value) walk(inner);
  };
  walk(geometry.coordinates);
}

/** Whose data are drawn: the service's, or those who mapped our own base. */
export function creditOf(base: BaseMap, service: Tiles): { text: string; url: string } {
  if (service.layers.length) return { text: service.credit, url: "" };
  const said = base["place_label"] as (Json & { attribution?: string; attribution_url?: string }) | undefined;
  return { text: said?.attribution ?? "", url: said?.attribution_url ?? "" };
}
