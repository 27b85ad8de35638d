import { expect, it } from "vitest";
import { circles, doubt, reach } from "../src/lib/circles";

const at = (properties: Record<string, unknown>) => ({
  type: "FeatureCollection" as const,
  features: [
    { type: "Feature" as const, geometry: { type: "Point" as const, coordinates: [120.55, 27.58] }, properties },
  ],
});

function radius(ring: number[][]): number[] {
  return ring.map(([lon, lat]) =>
    Math.hypot((lon! - 120.55) * 111_195 * Math.cos((27.58 * Math.PI) / 180), (lat! - 27.58) * 111_195),
  );
}

it("draws doubt to scale, with its size, and none where a place is sure", () => {
  const [drawn] = circles(at({ precision_m: 140.4, urgency: "P2" }), doubt).features;
  const ring = (drawn!.geometry as { coordinates: number[][][] }).coordinates[0]!;
  for (const metres of radius(ring)) expect(metres).toBeCloseTo(140.4, 1);
  expect(ring[0]![0]).toBeCloseTo(ring.at(-1)![0]!, 9);
  expect(drawn!.properties).toMatchObject({ metres: 140, urgency: "P2" });
  expect(circles(at({ precision_m: 20 }), doubt).features).toEqual([]);
  expect(circles(at({}), doubt).features).toEqual([]);
});

it("draws half a minute on foot as 75 metres unless told otherwise", () => {
  expect(circles(at({}), reach).features[0]!.properties!["metres"]).toBe(75);
  expect(circles(at({ radius_m: 120 }), reach).features[0]!.properties!["metres"]).toBe(120);
});
