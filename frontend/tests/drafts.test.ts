import { describe, expect, it } from "vitest";
import { choose, isEmpty, judge, keeping, merged, pause, textFields, touched, type Draft, type Reply } from "../src/lib/drafts";

const NOW = 1_800_000_000_000;
const ME = { key: "report", tab: "a", owner: "" };

function draft(changes: Partial<Draft> = {}): Draft {
  return {
    key: "report",
    tab: "a",
    owner: "",
    savedAt: NOW - 60_000,
    fields: [["narrative", "words"]],
    state: "typing",
    action: "/",
    page: "/",
    attempts: 0,
    ...changes,
  };
}

function reply(changes: Partial<Reply> = {}): Reply {
  return { status: 200, location: null, type: "text/html", retryAfter: null, problem: null, ...changes };
}

describe("which draft comes back", () => {
  const none = new Set<string>();

  it("gives back what this window held", () => {
    const mine = draft();
    expect(choose([mine], ME, none, NOW)).toEqual({ restore: mine, offer: null });
  });

  it("adopts the draft of a window that died", () => {
    const left = draft({ tab: "b" });
    expect(choose([left], ME, none, NOW)).toEqual({ restore: left, offer: null });
  });

  it("only offers the text of a window that is still open", () => {
    const other = draft({ tab: "b" });
    expect(choose([other], ME, new Set(["b"]), NOW)).toEqual({ restore: null, offer: other });
  });

  it("never replaces mine by a newer one unasked", () => {
    const mine = draft();
    const newer = draft({ tab: "b", savedAt: NOW - 1000 });
    expect(choose([mine, newer], ME, none, NOW)).toEqual({ restore: mine, offer: newer });
    const older = draft({ tab: "b", savedAt: NOW - 90_000 });
    expect(choose([mine, older], ME, none, NOW)).toEqual({ restore: mine, offer: null });
  });

  it("shows nobody the words of another account, another form or last week", () => {
    const strangers = [
      draft({ owner: "someone" }),
      draft({ key: "other" }),
      draft({ savedAt: NOW - 25 * 3_600_000 }),
    ];
    expect(choose(strangers, ME, none, NOW)).toEqual({ restore: null, offer: null });
  });

  it("holds an unsent report longer than an unfinished one", () => {
    const queued = draft({ state: "queued", savedAt: NOW - 48 * 3_600_000 });
    expect(choose([queued], ME, none, NOW).restore).toBe(queued);
  });
});

describe("what is kept of a form", () => {
  it("keeps texts but no token, no password, no file", () => {
    const entries: [string, unknown][] = [
      ["csrfmiddlewaretoken", "t"],
      ["narrative", "words"],
      ["password", "secret"],
      ["photo", new Blob()],
    ];
    expect(textFields(entries, new Set(["password"]))).toEqual([["narrative", "words"]]);
  });

  it("does not call a form changed because it got its key", () => {
    const initial: [string, string][] = [["narrative", ""], ["intake_key", ""]];
    expect(isEmpty([["narrative", ""], ["intake_key", "k"]], initial)).toBe(true);
    expect(isEmpty([["narrative", "a"], ["intake_key", "k"]], initial)).toBe(false);
  });
});

describe("what comes back into a page that changed meanwhile", () => {
  const base: [string, string][] = [["category", ""], ["note", ""], ["sure", "on"], ["intake_key", "k"]];

  it("is what a person changed, and the key", () => {
    const typed: [string, string][] = [["category", ""], ["note", "a"], ["sure", "on"], ["intake_key", "k"]];
    expect(touched(typed, base)).toEqual(new Set(["note", "intake_key"]));
  });

  it("is also a box whose tick was taken away", () => {
    const typed: [string, string][] = [["category", ""], ["note", ""], ["intake_key", "k"]];
    expect(touched(typed, base)).toEqual(new Set(["sure", "intake_key"]));
  });
});

describe("a draft that meets words typed before the scripts had loaded", () => {
  const meet = (kept: string, typed: string) =>
    merged([["narrative", kept], ["phone", "1"]], [["narrative", typed], ["phone", ""]],
      new Set(["narrative"]), (name) => name === "narrative");

  it("keeps both", () => {
    expect(meet("long story", "new")).toEqual([["phone", "1"], ["narrative", "long story\nnew"]]);
  });

  it("says nothing twice when the browser brought them back itself", () => {
    expect(meet("story", "story")).toEqual([["phone", "1"], ["narrative", "story"]]);
    expect(meet("story", "story goes on")).toEqual([["phone", "1"], ["narrative", "story goes on"]]);
    expect(meet("story goes on", "story")).toEqual([["phone", "1"], ["narrative", "story goes on"]]);
    expect(meet("", "new")).toEqual([["phone", "1"], ["narrative", "new"]]);
  });

  it("takes the newer one where two do not fit", () => {
    const both = merged([["lon", "120"]], [["lon", "121"]], new Set(["lon"]), () => false);
    expect(both).toEqual([["lon", "121"]]);
  });
});

describe("what an answer means", () => {
  it("counts only a receipt as stored", () => {
    const stored = judge(reply({ status: 204, location: "/follow/7K429Q5MT/", type: "" }));
    expect(stored).toEqual({ kind: "stored", location: "/follow/7K429Q5MT/" });
    expect(judge(reply()).kind).toBe("again");
    expect(judge(reply({ status: 204, type: "" })).kind).toBe("refused");
  });

  it("tries again later when the server or the way to it is in trouble", () => {
    const later = (wait: number) => ({ kind: "later", wait, heard: true, detail: "" });
    expect(judge(reply({ status: 503, retryAfter: "5" }))).toEqual(later(5000));
    expect(judge(reply({ status: 502 })).kind).toBe("later");
    expect(judge(reply({ status: 429, retryAfter: "40" }))).toEqual(later(40_000));
  });

  it("gives the form back when only the picture found no room", () => {
    const problem = { code: "upload.disk", detail: "You can send without it." };
    const full = judge(reply({ status: 503, type: "application/problem+json", problem }));
    expect(full).toEqual({ kind: "nofile", detail: "You can send without it." });
  });

  it("tells signed out, old token and refused apart", () => {
    const problem = (code: string) => reply({ status: 403, problem: { code, detail: "d" } });
    expect(judge(problem("signed_out")).kind).toBe("signin");
    expect(judge(problem("csrf")).kind).toBe("token");
    expect(judge(problem("not_allowed"))).toEqual({ kind: "refused", detail: "d" });
    expect(judge(reply({ status: 422 })).kind).toBe("again");
  });

  it("waits between tries, at most a minute", () => {
    expect([1, 2, 3, 20].map(pause)).toEqual([2000, 4000, 8000, 60_000]);
  });
});

describe("what becomes of the kept draft", () => {
  const blank: [string, string][] = [["narrative", ""], ["intake_key", ""]];
  const typed: [string, string][] = [["narrative", "words"], ["intake_key", "k"]];
  const emptied: [string, string][] = [["narrative", ""], ["intake_key", "k"]];

  it("is taken away when every word was deleted again", () => {
    expect(keeping(emptied, blank, 0, true)).toBe("remove");
    expect(keeping(emptied, blank, 0, false)).toBe("nothing");
  });

  it("is saved while there are words or pictures", () => {
    expect(keeping(typed, blank, 0, false)).toBe("save");
    expect(keeping(emptied, blank, 1, true)).toBe("save");
  });
});
