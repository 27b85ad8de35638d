import { describe, expect, it } from "vitest";
import { StreamParser, address, advance, backoff, meaning, roomsIn } from "../src/lib/stream";

const WIRE =
  ": hello\n\nid: 7-12\nevent: incidents.report_received\ndata: {\"code\":\"7K429Q5MT\"}\n\n" +
  "id: 7-13\r\ndata: {\"kind\":\"dispatch.unit_arrived\",\r\ndata: \"first\":true}\r\n\r\nevent: reset\ndata:\n\n";

function inPieces(text: string, size: number) {
  const parser = new StreamParser();
  const events = [];
  for (let at = 0; at < text.length; at += size) events.push(...parser.feed(text.slice(at, at + size)));
  return events;
}

describe("the event stream", () => {
  it("reads the same events however the text is cut", () => {
    const whole = inPieces(WIRE, WIRE.length);
    expect(whole.map((e) => [e.id, e.name])).toEqual([
      ["7-12", "incidents.report_received"],
      ["7-13", "message"],
      ["7-13", "reset"],
    ]);
    for (let size = 1; size < 40; size++) expect(inPieces(WIRE, size)).toEqual(whole);
  });

  it("knows the room of an entry by its event name or by the kind in its data", () => {
    const [named, typed, reset] = inPieces(WIRE, 9);
    expect(meaning(named!)).toMatchObject({ kind: "entry", room: "incidents" });
    expect(meaning(typed!)).toMatchObject({ kind: "entry", room: "dispatch" });
    expect(meaning(typed!).detail["first"]).toBe(true);
    expect(meaning(reset!).kind).toBe("reset");
    expect(meaning({ id: "", name: "beat", data: "" }).kind).toBe("beat");
  });

  it("resumes after the last entry seen, and never forgets a cursor", () => {
    let cursor = "5-1";
    for (const event of inPieces(WIRE, 11)) cursor = advance(cursor, event);
    expect(cursor).toBe("7-13");
    expect(advance(cursor, { id: "", name: "beat", data: "" })).toBe("7-13");
    const url = address("/events?topic=desk&topic=wall", cursor, "http://station.example");
    expect(url).toBe("/events?topic=desk&topic=wall&after=7-13");
    expect(address("/events?topic=desk", "", "http://station.example")).toBe("/events?topic=desk");
  });

  it("moves its cursor on a beat, past what was not for it", () => {
    const [beat, ...more] = inPieces("retry: 2000\nid: 8-1\n\n: beat\n\n", 5);
    expect(more).toEqual([]);
    expect(beat).toEqual({ id: "8-1", name: "beat", data: "" });
    expect(meaning(beat!).kind).toBe("beat");
  });

  it("hears that the figures behind the stream are old", () => {
    const [event] = inPieces('event: stale\ndata: {"since":"2026-07-14T06:32:00+00:00"}\n\n', 7);
    expect(meaning(event!)).toMatchObject({ kind: "stale", detail: { since: "2026-07-14T06:32:00+00:00" } });
  });

  it("waits longer after each failure, apart from the others, at most half a minute", () => {
    expect(backoff(1, 0)).toBe(500);
    expect(backoff(1, 1)).toBe(1000);
    expect(backoff(3, 1)).toBe(4000);
    expect(backoff(50, 1)).toBe(30_000);
  });

  it("finds the rooms a page listens to", () => {
    const triggers = ["live:incidents from:body", "live:dispatch from:body, live:incidents", "click"];
    expect(roomsIn(triggers)).toEqual(["incidents", "dispatch"]);
  });
});
