import { expect, it } from "vitest";
import { bleed } from "../src/lib/bleed";
import type { Json } from "../src/lib/mapstyle";

const area = (...ring: [number, number][]): Json => ({
  type: "FeatureCollection",
  features: [{ type: "Feature", geometry: { type: "MultiPolygon", coordinates: [[ring]] }, properties: {} }],
});
const ringOf = (data: Json) =>
  (data.features[0]!.geometry as { coordinates: number[][][][] }).coordinates[0]![0]!;

it("carries sea and land on beyond the edge of the data, and nothing that lies inside", () => {
  const base = {
    land: area([120, 27], [120.5, 27], [120.52, 27.5], [120.5, 28], [120, 28], [120, 27]),
    sea: area([120.5, 27], [121, 27], [121, 28], [120.5, 28], [120.52, 27.5], [120.5, 27]),
    green: area([120, 27.2], [120.1, 27.2], [120.1, 27.3], [120, 27.2]),
  };
  const made = bleed(base);
  expect(ringOf(made["sea"]!)).toEqual([
    [120.5, 25], [123, 25], [123, 30], [120.5, 30], [120.52, 27.5], [120.5, 25],
  ]);
  expect(ringOf(made["land"]!)[0]).toEqual([118, 25]);
  expect(made["green"]).toBe(base.green);
  expect(ringOf(base.sea)[1]).toEqual([121, 27]);
});

it("leaves a map without ground as it is", () => {
  const empty = {};
  expect(bleed(empty)).toBe(empty);
});
