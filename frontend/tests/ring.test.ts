import { describe, expect, it } from "vitest";
import { metresPerPixel, zoomFor } from "../src/lib/ring";

const LAT = 27.5;

describe("the circle around a pin", () => {
  it("halves what a pixel covers with every step of zoom", () => {
    expect(metresPerPixel(LAT, 14) / metresPerPixel(LAT, 15)).toBeCloseTo(2, 9);
    expect(metresPerPixel(0, 0)).toBeCloseTo(40_075_017 / 512, 6);
  });

  it("is shown at the same size whatever the error", () => {
    for (const metres of [20, 60, 400]) {
      const radius = metres / metresPerPixel(LAT, zoomFor(LAT, metres));
      expect(radius).toBeCloseTo(28, 6);
    }
  });

  it("never looks nearer than a street or farther than a town", () => {
    expect(zoomFor(LAT, 1)).toBe(17);
    expect(zoomFor(LAT, 100_000)).toBe(12);
  });
});
