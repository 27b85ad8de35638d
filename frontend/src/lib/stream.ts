/** Reading a server-sent event stream, and deciding when to try again. Pure; tested alone. */

export interface StreamEvent {
  id: string;
  name: string; // "message" when the server gave none
  data: string;
}

/** Feed it text as it arrives, in any pieces; it hands out whole events. */
export class StreamParser {
  private rest = "";
  private id = "";
  private moved = false; // an id came since the last event
  private name = "";
  private data: string[] = [];

  feed(chunk: string): StreamEvent[] {
    const lines = (this.rest + chunk).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? "";
    const events: StreamEvent[] = [];
    for (const line of lines) {
      const event = this.line(line);
      if (event) events.push(event);
    }
    return events;
  }

  private line(line: string): StreamEvent | null {
    if (line === "") return this.flush();
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "id") {
      this.id = value;
      this.moved = true;
    } else if (field === "event") this.name = value;
    else if (field === "data") this.data.push(value);
    return null; // a comment (":" first) only says that the line is alive
  }

  private flush(): StreamEvent | null {
    const empty = this.data.length === 0 && !this.name;
    const name = empty ? "beat" : this.name || "message";
    const event = { id: this.id, name, data: this.data.join("\n") };
    const silent = empty && !this.moved;
    this.name = "";
    this.data = [];
    this.moved = false;
    return silent ? null : event;
  }
}

export interface Note {
  kind: "entry" | "beat" | "reset" | "stale" | "fresh";
  room: string;
  detail: Record<string, unknown>;
}

/** What an event means to the page. The kind of an entry is "<room>.<what happened>". */
export function meaning(event: StreamEvent): Note {
  const detail = parsed(event.data);
  if (event.name === "reset" || event.name === "stale" || event.name === "fresh") {
    return { kind: event.name, room: "", detail };
  }
  const kind = event.name === "message" ? String(detail["kind"] ?? "") : event.name;
  const dot = kind.indexOf(".");
  if (dot < 0) return { kind: "beat", room: "", detail };
  return { kind: "entry", room: kind.slice(0, dot), detail: { ...detail, kind } };
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The cursor never goes back to nothing: an event without an id keeps the one before. */
export function advance(cursor: string, event: StreamEvent): string {
  return event.id || cursor;
}

/** The address to (re)connect to: everything after the last entry this page has seen. */
export function address(base: string, cursor: string, origin: string): string {
  const url = new URL(base, origin);
  if (cursor) url.searchParams.set("after", cursor);
  return url.pathname + url.search;
}

/** Milliseconds until the next try: doubles from 1 s to 30 s; `spread` in 0…1 parts the crowd. */
export function backoff(failures: number, spread: number): number {
  const step = Math.min(30_000, 1000 * 2 ** Math.max(0, failures - 1));
  return Math.round(step * (0.5 + spread / 2));
}

/** Rooms a page listens to, read from the triggers written in it. */
export function roomsIn(triggers: string[]): string[] {
  const found = triggers.flatMap((t) => [...t.matchAll(/\blive:([a-z_]+)/g)].map((m) => m[1]!));
  return [...new Set(found)];
}
