/**
 * Frames of coordinates at the edge: our data are CGCS2000, a map service's tiles may not be.
 * The same arithmetic as `kernel/geo.py`; both are tested against the same figures.
 */
import type { FeatureCollection, Geometry, Position } from "geojson";

export type Frame = "cgcs2000" | "wgs84" | "gcj02" | "bd09";
type Spot = [lon: number, lat: number];

const A = 6_378_245; // the ellipsoid the GCJ-02 offset is defined on
const EE = 0.006_693_421_622_965_943;
const BD_PI = (Math.PI * 3000) / 180;
const ROUNDS = 8; // better than a millimetre
const { sin, cos, sqrt, abs, PI } = Math;

function inChina([lon, lat]: Spot): boolean {
  return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
}

function offset([lon, lat]: Spot): Spot {
  const x = lon - 105;
  const y = lat - 35;
  const wave = ((20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2) / 3;
  let north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + wave;
  north += ((20 * sin(y * PI) + 40 * sin((y / 3) * PI)) * 2) / 3;
  north += ((160 * sin((y / 12) * PI) + 320 * sin((y * PI) / 30)) * 2) / 3;
  let east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + wave;
  east += ((20 * sin(x * PI) + 40 * sin((x / 3) * PI)) * 2) / 3;
  east += ((150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * 2) / 3;
  const rad = (lat * PI) / 180;
  const magic = 1 - EE * sin(rad) ** 2;
  const root = sqrt(magic);
  const latScale = (((A * (1 - EE)) / (magic * root)) * PI) / 180;
  const lonScale = ((A / root) * cos(rad) * PI) / 180;
  return [east / lonScale, north / latScale];
}

function toGcj([lon, lat]: Spot): Spot {
  if (!inChina([lon, lat])) return [lon, lat];
  const [east, north] = offset([lon, lat]);
  return [lon + east, lat + north];
}

function gcjToBd([lon, lat]: Spot): Spot {
  const z = Math.hypot(lon, lat) + 0.00002 * sin(lat * BD_PI);
  const theta = Math.atan2(lat, lon) + 0.000003 * cos(lon * BD_PI);
  return [z * cos(theta) + 0.0065, z * sin(theta) + 0.006];
}

/** The spot that `there` takes to `aim`, found by walking the difference back. */
function undo(there: (spot: Spot) => Spot, aim: Spot, guess: Spot): Spot {
  for (let i = 0; i < ROUNDS; i++) {
    const [lon, lat] = there(guess);
    guess = [guess[0] + aim[0] - lon, guess[1] + aim[1] - lat];
  }
  return guess;
}

/** From CGCS2000 to the frame of the tiles. */
export function toFrame(frame: Frame, lon: number, lat: number): Spot {
  if (frame === "gcj02") return toGcj([lon, lat]);
  if (frame === "bd09") return inChina([lon, lat]) ? gcjToBd(toGcj([lon, lat])) : [lon, lat];
  return [lon, lat];
}

/** From the frame of the tiles back to CGCS2000. */
export function fromFrame(frame: Frame, lon: number, lat: number): Spot {
  const shifted = frame === "gcj02" || frame === "bd09";
  if (!shifted || !inChina([lon, lat])) return [lon, lat];
  const gcj: Spot =
    frame === "bd09" ? undo(gcjToBd, [lon, lat], [lon - 0.0065, lat - 0.006]) : [lon, lat];
  return undo(toGcj, gcj, gcj);
}

/** A collection with every position in the frame of the tiles; the same one where nothing moves. */
export function collectionTo(frame: Frame, data: FeatureCollection): FeatureCollection {
  if (frame !== "gcj02" && frame !== "bd09") return data;
  const features = data.features.map((f) => ({ ...f, geometry: geometryTo(frame, f.geometry) }));
  return { ...data, features };
}

function geometryTo(frame: Frame, geometry: Geometry): Geometry {
  if (!geometry) return geometry;
  if (geometry.type === "GeometryCollection") {
    return { ...geometry, geometries: geometry.geometries.map((g) => geometryTo(frame, g)) };
  }
  return { ...geometry, coordinates: moved(frame, geometry.coordinates) } as Geometry;
}

function moved(frame: Frame, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  if (typeof value[0] !== "number") return value.map((inner) => moved(frame, inner));
  const [lon, lat, ...rest] = value as Position;
  return [...toFrame(frame, lon!, lat!), ...rest];
}
