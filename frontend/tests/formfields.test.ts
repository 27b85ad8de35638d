import { beforeAll, describe, expect, it } from "vitest";
import { fillFiles } from "../src/lib/formfields";

// What the browser brings; here there is none.
class Held {
  files: File[] = [];
  items = { add: (file: File) => this.files.push(file) };
}

describe("kept pictures", () => {
  beforeAll(() => {
    (globalThis as Record<string, unknown>)["DataTransfer"] ??= Held;
  });
  const kept = [{ name: "picture", file: new File(["old"], "old.jpg") }];

  function names(chosen: File[]): string[] {
    const input = { name: "picture", files: chosen };
    const form = { querySelectorAll: () => [input] };
    fillFiles(form as unknown as Parameters<typeof fillFiles>[0], kept);
    return [...input.files].map((file) => file.name);
  }

  it("come back into an empty field", () => {
    expect(names([])).toEqual(["old.jpg"]);
  });

  it("leave what was chosen before the scripts had loaded", () => {
    expect(names([new File(["new"], "new.jpg")])).toEqual(["new.jpg"]);
  });
});
