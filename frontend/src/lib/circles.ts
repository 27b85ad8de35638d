/** Circles in metres as outlines, because a drawn circle of a style knows only pixels. */
import type { Feature, FeatureCollection, Position } from "geojson";

const METRES_A_DEGREE = 111_195; // along a meridian
const CORNERS = 64;
const SURE = 30; // metres; a place known better than this is a point
const MOST = 2000; // metres; beyond, the circle is the whole map

function outline(lon: number, lat: number, metres: number): Position[] {
  const up = metres / METRES_A_DEGREE;
  const across = up / Math.cos((lat * Math.PI) / 180);
  return Array.from({ length: CORNERS + 1 }, (_, i) => {
    const turn = (i * 2 * Math.PI) / CORNERS;
    return [lon + across * Math.cos(turn), lat + up * Math.sin(turn)];
  });
}

/** Circles of `metres(properties)` around the points of a collection; none where it gives 0. */
export function circles(
  data: FeatureCollection,
  metres: (properties: Record<string, unknown>) => number,
): FeatureCollection {
  const features: Feature[] = [];
  for (const { geometry, properties } of data.features) {
    const radius = metres(properties ?? {});
    if (geometry?.type !== "Point" || !(radius > 0)) continue;
    const [lon, lat] = geometry.coordinates as [number, number];
    const ring = outline(lon, lat, Math.min(radius, MOST));
    features.push({
      type: "Feature",
      geometry: { type: "Polygon", coordinates: [ring] },
      properties: { ...properties, metres: Math.round(radius) },
    });
  }
  return { type: "FeatureCollection", features };
}

/** How far a place may lie from where it is drawn; 0 where that is too little to draw. */
export function doubt(properties: Record<string, unknown>): number {
  const metres = Number(properties["precision_m"]);
  return metres > SURE ? metres : 0;
}

/** Who may be there within half a minute on foot: 75 metres unless the feature says otherwise. */
export function reach(properties: Record<string, unknown>): number {
  const metres = Number(properties["radius_m"] ?? 75);
  return Number.isFinite(metres) ? metres : 75;
}
