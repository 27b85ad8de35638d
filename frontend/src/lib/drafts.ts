/** Which draft to restore, which to offer, what an answer means. Pure; tested alone. */

export interface Draft {
  key: string; // the form, by its data-draft
  tab: string; // the window it was typed in
  owner: string; // the account, opaque; "" for a visitor
  savedAt: number; // ms since 1970
  fields: [string, string][];
  base?: [string, string][]; // what the form held before anybody typed
  state: "typing" | "queued";
  action: string;
  page: string; // where the form is
  attempts: number;
}

export const PREFIX = "maplebridge:draft:";
const HOUR = 3_600_000;
export const TYPING_MS = 24 * HOUR; // a borrowed computer does not keep a stranger's words long
export const QUEUED_MS = 72 * HOUR;

export const storageKey = (draft: Pick<Draft, "key" | "tab">): string =>
  `${PREFIX}${draft.key}:${draft.tab}`;

export function isStale(draft: Draft, now: number): boolean {
  return now - draft.savedAt > (draft.state === "queued" ? QUEUED_MS : TYPING_MS);
}

export interface Choice {
  restore: Draft | null; // put back without asking
  offer: Draft | null; // newer text of another window: the person chooses
}

/**
 * My own draft comes back by itself. One of a window that is gone (a crash, a closed tab) is
 * adopted when I have none; one of a window that is still open, or newer than mine, is offered.
 */
export function choose(
  all: Draft[],
  me: { key: string; tab: string; owner: string },
  alive: ReadonlySet<string>,
  now: number,
): Choice {
  const fit = all.filter((d) => d.key === me.key && d.owner === me.owner && !isStale(d, now));
  const mine = fit.find((d) => d.tab === me.tab) ?? null;
  const others = fit.filter((d) => d.tab !== me.tab).sort((a, b) => b.savedAt - a.savedAt);
  const newest = others[0] ?? null;
  if (mine) return { restore: mine, offer: newest && newest.savedAt > mine.savedAt ? newest : null };
  const left = others.find((d) => !alive.has(d.tab)) ?? null;
  if (!newest) return { restore: null, offer: null };
  if (left === newest) return { restore: left, offer: null };
  return { restore: left, offer: newest };
}

export const SKIP = new Set(["csrfmiddlewaretoken"]);

/** What of a form is worth keeping: every text, no file, no password, no token. */
export function textFields(entries: Iterable<[string, unknown]>, secret: Set<string>) {
  const kept: [string, string][] = [];
  for (const [name, value] of entries) {
    if (typeof value === "string" && !SKIP.has(name) && !secret.has(name)) kept.push([name, value]);
  }
  return kept;
}

/** A form nobody wrote in is not a draft. */
export function isEmpty(fields: [string, string][], initial: [string, string][]): boolean {
  const plain = (list: [string, string][]) =>
    JSON.stringify(list.filter(([name]) => !name.endsWith("intake_key")));
  return plain(fields) === plain(initial);
}

export type Keeping = "nothing" | "save" | "remove";

/**
 * What becomes of the kept draft once the form holds these fields. One that was emptied again is
 * taken away: else the deleted words would come back, on a shared computer to somebody else.
 */
export function keeping(
  fields: [string, string][],
  initial: [string, string][],
  files: number,
  kept: boolean,
): Keeping {
  if (!isEmpty(fields, initial) || files) return "save";
  return kept ? "remove" : "nothing";
}

/**
 * The names that a person changed. Only these come back: the page may since have got suggestions,
 * or somebody else's decision, and an untouched blank must not wipe them away. A key always does.
 */
export function touched(fields: [string, string][], base: [string, string][]): Set<string> {
  const of = (list: [string, string][], name: string) =>
    JSON.stringify(list.filter(([n]) => n === name).map(([, value]) => value));
  const names = new Set([...fields, ...base].map(([name]) => name));
  return new Set(
    [...names].filter((n) => n.endsWith("intake_key") || of(fields, n) !== of(base, n)),
  );
}

/**
 * A kept draft meets what was typed before the scripts had loaded: on a weak line that is a whole
 * sentence. Of a field with both, `joins` tells whether they stand one after the other.
 */
export function merged(
  kept: [string, string][],
  typed: [string, string][],
  dirty: ReadonlySet<string>,
  joins: (name: string) => boolean,
): [string, string][] {
  const values = (list: [string, string][], name: string) =>
    list.filter(([n]) => n === name).map(([, value]) => value);
  const others = kept.filter(([name]) => !dirty.has(name));
  const mine = [...dirty].flatMap((name): [string, string][] => {
    const old = values(kept, name).join("\n");
    const now = values(typed, name);
    if (!joins(name) || !old || now.join("\n").includes(old)) return now.map((v) => [name, v]);
    return [[name, old.includes(now.join("\n")) ? old : [old, ...now].join("\n")]];
  });
  return [...others, ...mine];
}

export type Answer =
  | { kind: "stored"; location: string }
  | { kind: "again" } // the form came back with corrections to make
  | { kind: "signin" }
  | { kind: "token" } // the page's form token is out of date
  | { kind: "refused"; detail: string }
  | { kind: "nofile"; detail: string } // only the pictures could not be stored
  | { kind: "later"; wait: number; heard: boolean; detail: string }; // ms; heard: it answered

export interface Reply {
  status: number;
  location: string | null;
  type: string;
  retryAfter: string | null;
  problem: { code?: string; detail?: string } | null;
}

/** Only a receipt with a place to go counts as stored; everything doubtful keeps the draft. */
export function judge(reply: Reply): Answer {
  if (reply.status === 204 && reply.location) return { kind: "stored", location: reply.location };
  const detail = reply.problem?.detail ?? "";
  // A full disk does not empty itself while a person waits; the words need not wait for it.
  if (reply.problem?.code === "upload.disk") return { kind: "nofile", detail };
  if (reply.status === 429 || reply.status >= 500) {
    const wait = 1000 * (Number(reply.retryAfter) || 0);
    return { kind: "later", wait, heard: true, detail };
  }
  if (reply.problem?.code === "signed_out") return { kind: "signin" };
  if (reply.problem?.code === "csrf") return { kind: "token" };
  if (reply.problem) return { kind: "refused", detail };
  if (reply.type.startsWith("text/html") && (reply.status < 300 || reply.status === 422)) {
    return { kind: "again" };
  }
  return { kind: "refused", detail: "" };
}

/** Milliseconds until the queue tries again: 2 s doubling to a minute. */
export function pause(attempts: number): number {
  return Math.min(60_000, 2000 * 2 ** Math.max(0, attempts - 1));
}
