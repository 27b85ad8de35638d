/**
 * `data-live="/events?topic=…" data-cursor="…"`: fires `live:<room>` on the body for each room
 * that something happened in, and `live` for those who want every change.
 *
 * Read by fetch instead of EventSource: comments count as signs of life, a refusal can be told
 * from a lost line, and the pace of reconnecting is ours.
 */
import { island } from "../lib/island";
import { StreamParser, address, advance, backoff, meaning, roomsIn } from "../lib/stream";
import { hourMinute, word } from "../lib/words";

const QUIET_MS = 10_000; // without a sign of life the page says how old it is
const GATHER_MS = 150; // a burst of entries refreshes a fragment once
const HIDDEN_MS = 5_000; // a hidden page lets go: browsers allow six lines to one host

class Live {
  private cursor: string;
  private failures = 0;
  private heard = Date.now();
  private abort: AbortController | null = null;
  private waiting = new Map<string, unknown[]>();
  private gather = 0;
  private retry = 0;
  private watch = 0;
  private over = false;
  private behind = 0; // since when the server itself is behind, ms; 0 when it is not

  constructor(
    public element: HTMLElement,
    private url: string,
  ) {
    this.cursor = element.dataset["cursor"] ?? "";
    this.watch = window.setInterval(() => this.judge(), 1000);
    document.addEventListener("visibilitychange", () => this.seen());
    window.addEventListener("online", () => this.again(0));
    window.addEventListener("pagehide", () => this.abort?.abort());
    window.addEventListener("pageshow", (event) => event.persisted && this.again(0));
    void this.connect();
  }

  private async connect(): Promise<void> {
    if (this.over || this.abort) return;
    const abort = (this.abort = new AbortController());
    try {
      const url = address(this.url, this.cursor, location.origin);
      const headers: Record<string, string> = { Accept: "text/event-stream" };
      if (this.cursor) headers["Last-Event-ID"] = this.cursor;
      const response = await fetch(url, { headers, signal: abort.signal, cache: "no-store" });
      if ([401, 403, 404].includes(response.status)) this.over = true;
      if (response.ok && response.body) await this.read(response.body);
    } catch {
      // the line is gone; how long is judged by the clock, not by the kind of error
    }
    if (this.abort === abort) this.abort = null;
    if (!abort.signal.aborted) this.again(++this.failures);
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const parser = new StreamParser();
    const reader = body.pipeThrough(new TextDecoderStream() as never).getReader();
    this.alive();
    for (;;) {
      const { value, done } = (await reader.read()) as unknown as { value?: string; done: boolean };
      if (done) return;
      this.alive();
      for (const event of parser.feed(value ?? "")) {
        this.cursor = advance(this.cursor, event);
        const note = meaning(event);
        if (note.kind === "entry") this.collect(note.room, note.detail);
        if (note.kind === "reset") this.reset(note.detail);
        if (note.kind === "stale") {
          this.behind = Date.parse(String(note.detail["since"])) || Date.now();
        }
        if (note.kind === "fresh" || note.kind === "entry") this.behind = 0;
      }
    }
  }

  /** The server no longer has what we missed: every listening fragment reads itself anew. */
  private reset(detail: Record<string, unknown>): void {
    this.cursor = String(detail["cursor"] ?? this.cursor);
    const triggers = [...document.querySelectorAll("[hx-trigger],[data-hx-trigger]")];
    const written = triggers.map((e) => e.getAttribute("hx-trigger") ?? "");
    for (const room of roomsIn(written)) this.collect(room, { kind: "reset" });
  }

  private collect(room: string, detail: unknown): void {
    this.waiting.set(room, [...(this.waiting.get(room) ?? []), detail]);
    if (this.gather) return;
    this.gather = window.setTimeout(() => {
      this.gather = 0;
      const all = this.waiting;
      this.waiting = new Map();
      for (const [name, details] of all) fire(`live:${name}`, details);
      fire("live", [...all.keys()]);
    }, GATHER_MS);
  }

  private again(failures: number): void {
    window.clearTimeout(this.retry);
    if (this.over || document.hidden) return;
    const wait = failures ? backoff(failures, Math.random()) : 0;
    this.retry = window.setTimeout(() => void this.connect(), wait);
  }

  private seen(): void {
    window.clearTimeout(this.retry);
    if (!document.hidden) return this.again(0);
    if (this.element.closest("[data-face=wall]")) return;
    this.retry = window.setTimeout(() => {
      if (document.hidden) this.drop();
    }, HIDDEN_MS);
  }

  private drop(): void {
    this.abort?.abort();
    this.abort = null;
  }

  /** The page no longer has the element: a fragment without it came instead. */
  private end(): void {
    this.over = true;
    this.drop();
    window.clearInterval(this.watch);
    showAge(this, 0);
    streams.delete(this.url);
  }

  private alive(): void {
    this.heard = Date.now();
    this.failures = 0;
  }

  private judge(): void {
    if (!this.element.isConnected) return this.end();
    const late = !document.hidden && Date.now() - this.heard > QUIET_MS;
    showAge(this, late ? this.heard : this.behind);
    // A line that is open but silent is as good as cut (a proxy that died, a laptop that slept).
    if (late && this.abort && Date.now() - this.heard > 3 * QUIET_MS) {
      this.drop();
      this.again(++this.failures);
    }
  }
}

/** One bar for all streams of the page; it names the oldest. */
const ages = new Map<Live, number>();

function showAge(live: Live, since: number): void {
  if (since) ages.set(live, since);
  else ages.delete(live);
  const oldest = ages.size ? Math.min(...ages.values()) : 0;
  document.documentElement.classList.toggle("is-stale", oldest > 0);
  const bar = document.querySelector<HTMLElement>("#stale-bar");
  if (!bar) return;
  const text = oldest ? word("stale", { time: hourMinute(oldest) }) : "";
  if (bar.textContent !== text) bar.textContent = text;
  bar.hidden = !oldest;
}

function fire(name: string, detail: unknown): void {
  document.body.dispatchEvent(new CustomEvent(name, { detail }));
}

/** By address: a fragment that brings its element anew keeps the line it had. */
const streams = new Map<string, Live>();

export const start = island("[data-live]", (element) => {
  const url = element.dataset["live"] ?? "";
  const open = streams.get(url);
  if (open) open.element = element;
  else streams.set(url, new Live(element, url));
});
