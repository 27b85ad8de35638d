/**
 * Who is on it. A matter's page renews its lease while it is open and lets go when it is left; all
 * pages of the desk ask at the same pace who holds what, and write it into the rows.
 */
import { meta } from "../lib/words";

const PACE_MS = 25_000; // three times within a lease of 90 s

let timer = 0;

function url(): string {
  return document.querySelector<HTMLElement>("[data-claim]")?.dataset["claim"] ?? "";
}

function listUrl(): string {
  return document.querySelector<HTMLElement>("[data-claims]")?.dataset["claims"] ?? "";
}

async function tick(): Promise<void> {
  if (document.hidden) return;
  const mine = url();
  const headers = { Accept: "application/json", "X-CSRFToken": meta("csrf-token") };
  try {
    const answer = mine
      ? await fetch(mine, { method: "POST", headers })
      : await fetch(listUrl(), { headers });
    if (!answer.ok || answer.redirected) return;
    const { held } = (await answer.json()) as { held: Record<string, string> };
    for (const tag of document.querySelectorAll<HTMLElement>("[data-claim-of]")) {
      const words = held[tag.dataset["claimOf"] ?? ""] ?? "";
      if (tag.textContent !== words) tag.textContent = words;
      tag.hidden = !words;
    }
  } catch {
    // the line is gone; the lease runs out by itself, and the page says how old it is
  }
}

function release(): void {
  if (!url()) return;
  const body = new FormData();
  body.set("release", "1");
  body.set("csrfmiddlewaretoken", meta("csrf-token"));
  navigator.sendBeacon(url(), body);
}

export function startOnce(): void {
  if (timer) return;
  timer = window.setInterval(() => void tick(), PACE_MS);
  document.addEventListener("visibilitychange", () => void tick());
  window.addEventListener("pagehide", release);
  window.addEventListener("pageshow", (event) => event.persisted && void tick());
  void tick();
}
