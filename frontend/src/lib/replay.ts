/** A compiled day (maplebridge/live/replay.py) added up to one minute. Pure; tested alone. */

export interface Day {
  day: string;
  last: number;
  cells: [string, number, number][]; // code, and where its marker stands
  opened: [number, number, number][]; // at midnight: cell, urgency, how many
  changes: number[][]; // minute, cell, urgency before/after, kind before/after, level before/after
  ways: [number, number, number][]; // minute, cell, one more or one fewer
  arrivals: [number, number][];
  alarms: [number, number][];
}

export interface Frame {
  cells: Map<number, Map<number, number>>; // by cell and urgency; cell −1 has no place
  going: Map<number, number>;
  kinds: Map<number, number>;
  urgencies: Map<number, number>;
  received: number;
  first: [number, number];
  half: [number, number];
}

const NOT = -1;

function add(to: Map<number, number>, key: number, by: number): void {
  if (key !== NOT) to.set(key, (to.get(key) ?? 0) + by);
}

/** What was known at the end of this minute. */
export function frameAt(day: Day, minute: number): Frame {
  const cells = new Map<number, Map<number, number>>();
  const at = (cell: number): Map<number, number> => {
    if (!cells.has(cell)) cells.set(cell, new Map());
    return cells.get(cell)!;
  };
  const kinds = new Map<number, number>();
  const urgencies = new Map<number, number>();
  const going = new Map<number, number>();
  for (const [cell, urgency, n] of day.opened) add(at(cell), urgency, n);
  for (const change of day.changes) {
    const [when, cell, was, now, kindWas, kind, levelWas, level] = change as [
      number, number, number, number, number, number, number, number,
    ];
    if (when > minute) break;
    add(at(cell), was, -1);
    add(at(cell), now, 1);
    add(kinds, kindWas, -1);
    add(kinds, kind, 1);
    add(urgencies, levelWas, -1);
    add(urgencies, level, 1);
  }
  for (const [when, cell, by] of day.ways) if (when <= minute) add(going, cell, by);
  return {
    cells,
    going,
    kinds,
    urgencies,
    received: [...kinds.values()].reduce((sum, n) => sum + n, 0),
    first: tally(day.arrivals, minute),
    half: tally(day.alarms, minute),
  };
}

function tally(found: [number, number][], minute: number): [number, number] {
  const there = found.filter(([when]) => when <= minute);
  return [there.reduce((sum, [, hit]) => sum + hit, 0), there.length];
}

/** The next minute (or the one before) at which something changed; the end of the day without. */
export function eventFrom(day: Day, minute: number, step: 1 | -1): number {
  const minutes = [...day.changes.map((one) => one[0]!), ...day.ways.map(([when]) => when)];
  if (step > 0) return minutes.reduce((best, m) => (m > minute && m < best ? m : best), day.last);
  return minutes.reduce((best, m) => (m < minute && m > best ? m : best), 0);
}

/** How urgent a cell's marker is: the most urgent that was judged, else 3; and how many it counts. */
export function shapeOf(counts: Map<number, number> | undefined): { worst: number; n: number } {
  const levels = [...(counts ?? [])].filter(([, n]) => n > 0);
  const judged = levels.map(([level]) => level).filter((level) => level > 0);
  return {
    worst: judged.length ? Math.min(...judged) : 3,
    n: levels.reduce((sum, [, n]) => sum + n, 0),
  };
}

export function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
