/** How a clock stands; the same rules as maplebridge/shell/times.py. Pure; tested alone. */
import { fill } from "./words";

const WHOLE_DAYS = 3; // from here on hours no longer matter

export interface ClockWords {
  over: string;
  hours: string;
  days: string;
  wholeDays: string;
}

export interface Reading {
  state: "run" | "soon" | "over";
  text: string;
  rest: number; // percent left, for the dial
}

export function span(seconds: number, words: ClockWords): string {
  const whole = Math.trunc(Math.abs(seconds));
  if (whole < 3600) return `${Math.trunc(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  const minutes = Math.trunc(whole / 60);
  if (minutes < 1440) return fill(words.hours, { h: Math.trunc(minutes / 60), m: minutes % 60 });
  const days = Math.trunc(minutes / 1440);
  if (days >= WHOLE_DAYS) return fill(words.wholeDays, { d: days });
  return fill(words.days, { d: days, h: Math.trunc(minutes / 60) % 24 });
}

/** All times in ms since 1970; `from` is NaN when the start is not known. */
export function reading(
  due: number,
  from: number,
  soon: number,
  now: number,
  words: ClockWords,
): Reading {
  const left = (due - now) / 1000;
  const whole = (due - from) / 1000;
  const share = whole > 0 ? Math.max(0, Math.min(1, left / whole)) : left > 0 ? 1 : 0;
  const text = span(left, words);
  if (left < 0) return { state: "over", text: fill(words.over, { t: text }), rest: 0 };
  return { state: left <= soon ? "soon" : "run", text, rest: Math.round(100 * share) };
}
