import { expect, it } from "vitest";
import { reading, span } from "../src/lib/reading";

const WORDS = { over: "over by {t}", hours: "{h} h {m} min", days: "{d} d {h} h", wholeDays: "{d} d" };

it("writes a length of time as the server does", () => {
  expect(span(11, WORDS)).toBe("0:11");
  expect(span(3599, WORDS)).toBe("59:59");
  expect(span(3660, WORDS)).toBe("1 h 1 min");
  expect(span(2 * 86_400 + 5 * 3600, WORDS)).toBe("2 d 5 h");
  expect(span(90 * 86_400 + 5 * 3600, WORDS)).toBe("90 d");
});

it("runs, turns soon, goes over", () => {
  const at = (now: number) => reading(100_000, 0, 25, now, WORDS);
  expect(at(10_000)).toEqual({ state: "run", text: "1:30", rest: 90 });
  expect(at(80_000)).toEqual({ state: "soon", text: "0:20", rest: 20 });
  expect(at(126_000)).toEqual({ state: "over", text: "over by 0:26", rest: 0 });
  expect(reading(100_000, NaN, 300, 10_000, WORDS).state).toBe("soon");
});
