/** One attempt to hand a draft to the server. The intake key in it makes a repeat harmless. */
import { judge, type Answer, type Draft } from "./drafts";
import type { KeptFile } from "./draftstore";
import { meta } from "./words";

const PATIENCE_MS = 45_000;

/** What is to be sent, whoever kept it: a draft, or a form that waits on a phone. */
export type Sendable = Pick<Draft, "owner" | "fields" | "action" | "page">;

export interface Sent {
  answer: Answer;
  html: string;
}

export async function send(draft: Sendable, files: KeptFile[]): Promise<Sent> {
  const first = await attempt(draft, files, meta("csrf-token"));
  if (first.answer.kind !== "token") return first;
  return attempt(draft, files, await freshToken(draft.page));
}

async function attempt(draft: Sendable, files: KeptFile[], token: string): Promise<Sent> {
  const body = new FormData();
  for (const [name, value] of draft.fields) body.append(name, value);
  for (const { name, file } of files) body.append(name, file, file.name);
  const headers = {
    "X-Maplebridge-Draft": "1",
    "X-CSRFToken": token,
    Accept: "text/html",
    // Whose words these are. Somebody else may have signed in since, in another window.
    ...(draft.owner && { "X-Maplebridge-Owner": draft.owner }),
  };
  try {
    const response = await fetch(draft.action, {
      method: "POST",
      body,
      headers,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const type = response.headers.get("Content-Type") ?? "";
    const problem = type.includes("problem+json") ? await response.json() : null;
    const html = type.startsWith("text/html") ? await response.text() : "";
    const answer = judge({
      status: response.status,
      location: response.headers.get("X-Maplebridge-Location"),
      retryAfter: response.headers.get("Retry-After"),
      type,
      problem,
    });
    return { answer, html };
  } catch {
    return { answer: { kind: "later", wait: 0, heard: false, detail: "" }, html: "" };
  }
}

/** Signing in again changes the token; the form's page has the new one. */
async function freshToken(page: string): Promise<string> {
  try {
    const html = await (await fetch(page, { cache: "no-store" })).text();
    const parsed = new DOMParser().parseFromString(html, "text/html");
    const token = parsed.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
    document.querySelector('meta[name="csrf-token"]')?.setAttribute("content", token);
    return token;
  } catch {
    return meta("csrf-token");
  }
}
