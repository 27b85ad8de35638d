/**
 * A base map ends where its data end, in straight edges; a wide panel would show them. What lies on
 * such an edge is carried on outwards, so that the sea goes on as sea and the land as land.
 */
import type { BaseMap, Json } from "./mapstyle";
import { around, type Bounds } from "./mapdata";

const FAR = 2; // degrees
const NEAR_EDGE = 0.004; // of the extent: the frame of a generated city is not quite square in degrees
const LAYERS = ["sea", "land", "river"];

export function bleed(base: BaseMap): BaseMap {
  const edges = around([base["sea"], base["land"]].filter((set): set is Json => Boolean(set)));
  if (!edges) return base;
  const carried = LAYERS.filter((name) => base[name]).map((name) => [name, carry(base[name]!, edges)]);
  return { ...base, ...Object.fromEntries(carried) };
}

function carry(data: Json, [west, south, east, north]: Bounds): Json {
  const across = (east - west) * NEAR_EDGE;
  const up = (north - south) * NEAR_EDGE;
  const spot = ([lon, lat]: number[]): number[] => [
    lon! < west + across ? lon! - FAR : lon! > east - across ? lon! + FAR : lon!,
    lat! < south + up ? lat! - FAR : lat! > north - up ? lat! + FAR : lat!,
  ];
  const walk = (value: unknown): unknown => {
    if (!Array.isArray(value)) return value;
    return typeof value[0] === "number" ? spot(value as number[]) : value.map(walk);
  };
  const features = data.features.map((feature) => {
    const { geometry } = feature;
    if (!geometry || !("coordinates" in geometry)) return feature;
    return { ...feature, geometry: { ...geometry, coordinates: walk(geometry.coordinates) } };
  });
  return { ...data, features } as Json;
}
