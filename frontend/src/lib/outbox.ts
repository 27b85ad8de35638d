/**
 * Sends what waits, one after the other, by one window at a time.
 *
 * Exactly once is the server's doing: each form carries a key, or acts on a row that can move only
 * once. Here it is enough to send at least once and to forget only on a receipt.
 */
import { pause } from "./drafts";
import { uuid } from "./island";
import { send } from "./sending";
import { alreadyWaits, inLine, turn, type Turn, type Waiting } from "./waiting";
import * as store from "./waitstore";
import { meta } from "./words";

export const CHANGED = "wait:changed";
const LOCK = "maplebridge-outbox";
const news = "BroadcastChannel" in window ? new BroadcastChannel(LOCK) : null;
news?.addEventListener("message", () => tellHere());

export const owner = (): string => meta("maplebridge-owner");

let failures = 0;
let retry = 0;
let signedOut = false;

export const needsSignIn = (): boolean => signedOut;

export async function mine(): Promise<Waiting[]> {
  return inLine(await store.all(), owner());
}

export async function waits(name: string, action: string): Promise<boolean> {
  return alreadyWaits(await store.all(), owner(), name, action);
}

/** Kept before it is sent: from here on a crash can delay it, but not lose it. */
export async function keep(form: Omit<Waiting, "id" | "owner" | "keptAt" | "state" | "said">) {
  // Two forms within one millisecond must not change places.
  const last = (await mine()).at(-1)?.keptAt ?? 0;
  const keptAt = Math.max(Date.now(), last + 1);
  const made: Waiting = {
    ...form, id: uuid(), owner: owner(), keptAt, state: "waiting", said: "",
  };
  if (!(await store.put(made))) return null;
  tell();
  return made.id;
}

export async function discard(id: string): Promise<void> {
  await store.remove(id);
  tell();
}

/** Put a form that came back into the line once more. */
export async function again(waiting: Waiting): Promise<void> {
  await store.put({ ...waiting, state: "waiting", said: "" });
  tell();
  await drain();
}

/** What this window met last with each form, also when an earlier round sent it. */
const met = new Map<string, Turn>();

/** What became of one form; "sent" without a place when another window has sent it. */
export async function outcome(id: string): Promise<Turn | "elsewhere" | undefined> {
  const kept = (await store.all()).some((waiting) => waiting.id === id);
  return met.get(id) ?? (kept ? undefined : "elsewhere");
}

/** Send all that waits for this account; the number of those that arrived. */
export async function drain(): Promise<number> {
  window.clearTimeout(retry);
  if (!owner()) return 0;
  if (navigator.locks) return navigator.locks.request(LOCK, sendAll);
  return sendAll(); // plain http inside a station: two windows may send, the key sorts it out
}

async function sendAll(): Promise<number> {
  let unclear = false;
  let sent = 0;
  for (const next of await mine()) {
    if (next.state !== "waiting") continue;
    const { answer, html } = await send(next, next.files);
    const now = turn(answer, html);
    met.set(next.id, now);
    if (now.kind === "sent") await store.remove(next.id);
    if (now.kind === "returned") await store.put({ ...next, state: "returned", said: now.said });
    sent += now.kind === "sent" ? 1 : 0;
    unclear ||= now.kind === "unclear";
    signedOut = now.kind === "stop" && now.signin;
    if (now.kind === "stop") {
      later(now.wait);
      return sent;
    }
    if (now.kind !== "unclear") failures = 0;
    tell();
  }
  if (unclear) later(0);
  return sent;
}

/** Signing in is the only cure for being signed out; for all else, time may be. */
function later(wait: number): void {
  tell();
  if (signedOut) return;
  failures += 1;
  retry = window.setTimeout(() => void drain(), Math.max(wait, pause(failures)));
}

function tell(): void {
  tellHere();
  news?.postMessage("changed");
}

function tellHere(): void {
  document.body.dispatchEvent(new CustomEvent(CHANGED));
}
