/** What waits on the device to be sent, and what an answer does to it. Pure; tested alone. */
import type { Answer } from "./drafts";
import type { KeptFile } from "./draftstore";

export interface Waiting {
  id: string;
  owner: string; // the account, opaque; nobody else's page shows or sends it
  name: string; // the form, by its data-offline
  title: string; // as its list names it
  page: string; // where the form is
  action: string;
  fields: [string, string][];
  lines: [string, string][]; // label and words, to be read while it waits
  files: KeptFile[];
  keptAt: number; // ms since 1970
  state: "waiting" | "returned"; // returned: the server has said why it can not take it
  said: string;
}

export type Turn =
  | { kind: "sent"; location: string }
  | { kind: "returned"; said: string; html: string }
  | { kind: "unclear" } // it stays, and the next one is tried
  | { kind: "stop"; wait: number; signin: boolean }; // ms; the line ends here for now

/**
 * What an answer means for the one that was sent. Whatever is not clearly from our own server
 * about this very form changes nothing: a hotspot answers every address with a page of its own,
 * and a form must not be taken for refused, let alone for stored, because of it.
 */
export function turn(answer: Answer, html: string): Turn {
  if (answer.kind === "stored") return { kind: "sent", location: answer.location };
  if (answer.kind === "signin") return { kind: "stop", wait: 0, signin: true };
  if (answer.kind === "later") return { kind: "stop", wait: answer.wait, signin: false };
  if (answer.kind === "again" && isOurs(html)) {
    return { kind: "returned", said: firstTrouble(html), html };
  }
  // Without a sentence of ours it may be a proxy that speaks.
  const detail = "detail" in answer ? answer.detail : "";
  return detail ? { kind: "returned", said: detail, html: "" } : { kind: "unclear" };
}

export const isOurs = (html: string): boolean => html.includes('name="maplebridge-owner"');

/** The first sentence that stands beside a field of a form that came back. */
export function firstTrouble(html: string): string {
  const found = /<p class="error[^"]*"[^>]*>(.*?)<\/p>/s.exec(html)?.[1] ?? "";
  return found.replace(/<[^>]*>/g, "").replace(/\s+/g, " ").trim();
}

/** Those of one account, oldest first: a yes is sent before the arrival that follows it. */
export function inLine(all: Waiting[], owner: string): Waiting[] {
  return all.filter((w) => w.owner === owner && owner !== "").sort((a, b) => a.keptAt - b.keptAt);
}

/** Whether this form, at this very address, is waiting already: a second tap adds nothing. */
export function alreadyWaits(all: Waiting[], owner: string, name: string, action: string): boolean {
  return inLine(all, owner).some(
    (w) => w.name === name && w.action === action && w.state === "waiting",
  );
}
