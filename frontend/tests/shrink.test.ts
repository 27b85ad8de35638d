import { describe, expect, it } from "vitest";
import { LONGEST, fitting, isPicture, jpegName, smaller } from "../src/lib/shrink";

describe("what is made smaller", () => {
  it("takes photos, and leaves moving pictures and drawings alone", () => {
    expect(isPicture({ type: "image/jpeg" })).toBe(true);
    expect(isPicture({ type: "image/heic" })).toBe(true);
    expect(isPicture({ type: "image/gif" })).toBe(false);
    expect(isPicture({ type: "image/svg+xml" })).toBe(false);
    expect(isPicture({ type: "application/pdf" })).toBe(false);
  });

  it("fits the longer side and never enlarges", () => {
    expect(fitting(8160, 6120)).toEqual([LONGEST, 1920]);
    expect(fitting(3000, 6000)).toEqual([1280, LONGEST]);
    expect(fitting(640, 480)).toEqual([640, 480]);
    expect(fitting(20_000, 1)).toEqual([LONGEST, 1]);
  });

  it("names what it made", () => {
    expect(jpegName("IMG_2041.HEIC")).toBe("IMG_2041.jpg");
    expect(jpegName(".png")).toBe("photo.jpg");
  });

  it("gives back the original when the browser cannot draw it", async () => {
    const photo = new File(["not a picture"], "a.jpg", { type: "image/jpeg" });
    expect(await smaller(photo)).toBe(photo);
  });
});
