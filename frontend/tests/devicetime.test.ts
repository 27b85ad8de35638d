import { beforeAll, expect, it } from "vitest";
import { start } from "../src/islands/devicetime";

// What the browser brings; here there is none.
class Form {
  fields = [{ value: "" }];
  querySelectorAll = () => this.fields;
}

let heard: ((event: unknown) => void) | undefined;
let early: unknown;

beforeAll(() => {
  Object.assign(globalThis, {
    HTMLFormElement: Form,
    document: {
      addEventListener(_kind: string, listener: typeof heard, capture: unknown) {
        heard = listener;
        early = capture;
      },
    },
  });
  start();
});

it("writes the device's time, with its zone, before anybody reads the form", () => {
  const form = new Form();
  const before = Date.now();
  heard?.({ target: form });
  const said = form.fields[0]?.value ?? "";
  expect(said).toMatch(/Z$/);
  expect(Date.parse(said)).toBeGreaterThanOrEqual(before);
  expect(early).toBe(true);
});

it("leaves alone what is no form", () => {
  expect(() => heard?.({ target: {} })).not.toThrow();
});
