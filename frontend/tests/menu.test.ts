import { expect, it } from "vitest";
import { more } from "../src/islands/menu";

it("says on which edges of the menu there is more", () => {
  expect(more(0, 390, 390)).toBe("");
  expect(more(0, 390, 480)).toBe("after");
  expect(more(40, 390, 480)).toBe("before after");
  expect(more(90, 390, 480)).toBe("before");
  expect(more(0.5, 389.6, 391)).toBe("");
});
