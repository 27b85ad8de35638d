import { expect, test } from "vitest";
import { type Day, clock, eventFrom, frameAt, shapeOf } from "../src/lib/replay";

// The same day as in maplebridge/live/tests/test_replay.py (`SMALL`), added up to the same figures.
const DAY: Day = {
  day: "2026-07-14", last: 1439, cells: [["G1", 10, 20], ["G2", 30, 40]],
  opened: [[0, 2, 1]],
  changes: [
    [540, 1, -1, 0, -1, 0, -1, 0],
    [545, 1, 0, 1, 0, 6, 0, 1],
    [600, 0, 2, -1, -1, -1, -1, -1],
    [700, 1, 1, -1, 6, 6, 1, 1],
  ],
  ways: [[550, 1, 1], [560, 1, -1]],
  arrivals: [[560, 1], [640, 0]],
  alarms: [[541, 1], [542, 0]],
};

test("a day begins with what was open at midnight", () => {
  expect(shapeOf(frameAt(DAY, 0).cells.get(0))).toEqual({ worst: 2, n: 1 });
  expect(frameAt(DAY, 0).received).toBe(0);
});

test("a minute shows what was known then, and not what was decided later", () => {
  expect(shapeOf(frameAt(DAY, 540).cells.get(1))).toEqual({ worst: 3, n: 1 });
  expect(frameAt(DAY, 540).kinds.get(0)).toBe(1);
  expect(shapeOf(frameAt(DAY, 545).cells.get(1))).toEqual({ worst: 1, n: 1 });
  expect(frameAt(DAY, 545).kinds.get(6)).toBe(1);
  expect(frameAt(DAY, 545).kinds.get(0)).toBe(0);
});

test("what was closed leaves the map and stays in the count", () => {
  const late = frameAt(DAY, 1439);
  expect([...late.cells.values()].map((counts) => shapeOf(counts).n)).toEqual([0, 0]);
  expect(late.received).toBe(1);
  expect(late.first).toEqual([1, 2]);
  expect(late.half).toEqual([1, 2]);
});

test("somebody is on the way from the yes until the arrival", () => {
  expect([549, 550, 559, 560].map((m) => frameAt(DAY, m).going.get(1) ?? 0)).toEqual([0, 1, 1, 0]);
});

test("one steps from event to event, to the ends of the day", () => {
  expect(eventFrom(DAY, 0, 1)).toBe(540);
  expect(eventFrom(DAY, 545, 1)).toBe(550);
  expect(eventFrom(DAY, 545, -1)).toBe(540);
  expect(eventFrom(DAY, 540, -1)).toBe(0);
  expect(eventFrom(DAY, 1000, 1)).toBe(1439);
});

test("a minute is read as a time", () => expect(clock(872)).toBe("14:32"));
