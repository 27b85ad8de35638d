import { expect, it } from "vitest";
import { collectionTo, fromFrame, toFrame, type Frame } from "../src/lib/frames";
import { styleOf, type Json } from "../src/lib/mapstyle";

// The figures of kernel/geo.py; kernel/tests and places/tests hold it to published points.
const FIGURES: [Frame, [number, number], [number, number]][] = [
  ["gcj02", [120.55, 27.58], [120.5539567, 27.5766753]],
  ["bd09", [120.55, 27.58], [120.5604999, 27.5824018]],
  ["gcj02", [116.397, 39.908], [116.4032434, 39.9094034]],
  ["bd09", [116.397, 39.908], [116.4096164, 39.9157445]],
  ["gcj02", [75, 1], [75.0026463, 1.001165]],
  ["gcj02", [15.6, 48.4], [15.6, 48.4]],
  ["bd09", [15.6, 48.4], [15.6, 48.4]],
  ["cgcs2000", [120.55, 27.58], [120.55, 27.58]],
  ["wgs84", [120.55, 27.58], [120.55, 27.58]],
];

it("converts as the server does, and back", () => {
  for (const [frame, ours, theirs] of FIGURES) {
    const there = toFrame(frame, ...ours);
    expect(there[0]).toBeCloseTo(theirs[0], 6);
    expect(there[1]).toBeCloseTo(theirs[1], 6);
    const back = fromFrame(frame, ...there);
    expect(back[0]).toBeCloseTo(ours[0], 8);
    expect(back[1]).toBeCloseTo(ours[1], 8);
  }
});

const DATA: Json = {
  type: "FeatureCollection",
  features: [
    { type: "Feature", geometry: { type: "Point", coordinates: [120.55, 27.58] }, properties: { no: 1 } },
    { type: "Feature", geometry: { type: "Polygon", coordinates: [[[120.55, 27.58], [116.397, 39.908]]] }, properties: {} },
  ],
};

it("moves every position of a collection and leaves the given one alone", () => {
  const moved = collectionTo("gcj02", DATA);
  const point = moved.features[0]!.geometry as { coordinates: number[] };
  const area = moved.features[1]!.geometry as { coordinates: number[][][] };
  expect(point.coordinates[0]).toBeCloseTo(120.5539567, 6);
  expect(area.coordinates[0]![1]![0]).toBeCloseTo(116.4032434, 6);
  expect((DATA.features[0]!.geometry as { coordinates: number[] }).coordinates).toEqual([120.55, 27.58]);
  expect(collectionTo("cgcs2000", DATA)).toBe(DATA);
});

it("draws our points in the frame of the tiles, over them, and not our own base", () => {
  globalThis.getComputedStyle = (() => ({ getPropertyValue: () => "#123456", fontSize: "16px", colorScheme: "light" })) as never;
  globalThis.document = { documentElement: { lang: "zh-Hans" } } as never;
  const element = {} as Element;
  const tiles = { layers: [["https://t/{z}/{x}/{y}"], ["https://u/{z}/{x}/{y}"]], frame: "gcj02" as const, credit: "©" };
  const style = styleOf(element, { land: DATA }, { points: DATA }, tiles);
  const points = style.sources["points"] as { data: typeof DATA };
  expect((points.data.features[0]!.geometry as { coordinates: number[] }).coordinates[0]).toBeCloseTo(120.5539567, 6);
  expect(style.sources["land"]).toBeUndefined();
  const order = style.layers.map((layer) => layer.id);
  expect(order.indexOf("tiles-1")).toBeGreaterThan(order.indexOf("tiles-0"));
  expect(order.indexOf("points")).toBeGreaterThan(order.indexOf("tiles-1"));
  const own = styleOf(element, { land: DATA }, { points: DATA });
  expect((own.sources["points"] as { data: unknown }).data).toBe(DATA);
  expect(own.sources["tiles-0"]).toBeUndefined();
});
