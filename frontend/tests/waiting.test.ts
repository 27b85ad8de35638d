import { describe, expect, it } from "vitest";
import { MOST_PAGES, foreign, isFresh, mayKeep, over, ownerIn, toKeep } from "../src/lib/keeping";
import { alreadyWaits, firstTrouble, inLine, turn, type Waiting } from "../src/lib/waiting";

const OURS = '<meta name="maplebridge-owner" content="0a1b">';

function waiting(over: Partial<Waiting> = {}): Waiting {
  return {
    id: "1", owner: "0a1b", name: "report", title: "上报", page: "/field/report/",
    action: "/field/report/", fields: [], lines: [], files: [], keptAt: 1, state: "waiting",
    said: "", ...over,
  };
}

describe("what an answer means for the one that was sent", () => {
  it("forgets only on a receipt", () => {
    expect(turn({ kind: "stored", location: "/x" }, "")).toEqual({ kind: "sent", location: "/x" });
  });

  it("keeps the line waiting while the server cannot, and while nobody is signed in", () => {
    expect(turn({ kind: "later", wait: 5, heard: true, detail: "" }, "")).toEqual({
      kind: "stop", wait: 5, signin: false,
    });
    expect(turn({ kind: "signin" }, "")).toEqual({ kind: "stop", wait: 0, signin: true });
  });

  it("takes no page of a hotspot for an answer of ours", () => {
    expect(turn({ kind: "again" }, "<h1>Welcome to the hotel</h1>")).toEqual({ kind: "unclear" });
    expect(turn({ kind: "refused", detail: "" }, "")).toEqual({ kind: "unclear" });
    expect(turn({ kind: "token" }, "")).toEqual({ kind: "unclear" });
  });

  it("says why a form came back, in the server's words", () => {
    const html = `${OURS}<p class="error note-gap"><svg></svg>Please say\n what happened.</p>`;
    expect(turn({ kind: "again" }, html)).toMatchObject({
      kind: "returned", said: "Please say what happened.",
    });
    expect(turn({ kind: "refused", detail: "Taken." }, "")).toMatchObject({ said: "Taken." });
    expect(firstTrouble("<p>nothing wrong</p>")).toBe("");
  });
});

describe("the line", () => {
  it("is one account's, oldest first", () => {
    const all = [
      waiting({ id: "b", keptAt: 2 }), waiting({ id: "x", owner: "ffff" }),
      waiting({ id: "a", keptAt: 1 }),
    ];
    expect(inLine(all, "0a1b").map((w) => w.id)).toEqual(["a", "b"]);
    expect(inLine([waiting({ owner: "" })], "")).toEqual([]);
  });

  it("knows a second tap on the same order, and not one that came back", () => {
    const all = [waiting({ name: "step", action: "/field/way/7/step/" })];
    expect(alreadyWaits(all, "0a1b", "step", "/field/way/7/step/")).toBe(true);
    expect(alreadyWaits(all, "0a1b", "step", "/field/way/8/step/")).toBe(false);
    expect(alreadyWaits([waiting({ state: "returned" })], "0a1b", "report", "/field/report/")).toBe(
      false,
    );
  });
});

describe("which pages are kept", () => {
  const field = `<!doctype html><html lang="zh-Hans" data-face="field"><head>${OURS}</head>`;

  it("keeps pages of the phone and pages whose form may wait, of somebody signed in", () => {
    expect(mayKeep(field)).toBe(true);
    expect(mayKeep(field.replace("field", "desk"))).toBe(false);
    expect(mayKeep(`${field.replace("field", "desk")}<form method="post" data-offline="v">`)).toBe(true);
    expect(mayKeep(field.replace("0a1b", ""))).toBe(false);
    expect(ownerIn("<p>another site</p>")).toBeNull();
  });

  it("marks the copy, and does not say twice what is said once", () => {
    const kept = toKeep(`${field}<ul class="said"><li>Thank you</li></ul>`);
    expect(kept).toContain('<html data-kept lang="zh-Hans"');
    expect(kept).not.toContain("Thank you");
  });

  it("lets go of orders that ended, of yesterday, and of other accounts", () => {
    const kept = ["/field/", "/field/way/7/", "/field/scene/7/", "/field/offer/8/", "/field/report/"];
    expect(over(kept, ["/field/", "/field/offer/8/"])).toEqual(["/field/way/7/", "/field/scene/7/"]);
    expect(isFresh(0, 25 * 3_600_000)).toBe(false);
    expect(foreign(["maplebridge-static", "maplebridge-pages-a", "maplebridge-pages-b"], "a")).toEqual([
      "maplebridge-pages-b",
    ]);
    expect(MOST_PAGES).toBeGreaterThan(20);
  });
});
