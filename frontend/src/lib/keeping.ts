/**
 * Which pages the worker may keep, and for whom. Pure; tested alone. Only the worker loads it: a
 * chunk shared with the pages would have to be fetched before the worker can start.
 */
const OWNER = /<meta name="maplebridge-owner" content="([0-9a-f]*)">/;
const SAID = /<ul class="said">.*?<\/ul>/gs;

export const PAGES = "maplebridge-pages-";
export const STATIC = "maplebridge-static";
export const MOST_PAGES = 60;
export const KEPT_MS = 24 * 3_600_000; // an order of yesterday is nobody's business today

/** Pages about one order; they leave the device when the list of orders no longer names them. */
const OF_ONE_ORDER = /^\/field\/(offer|way|handover|scene)\//;

/** Whose page it is: an opaque account, "" for nobody's, null when it is no page of ours. */
export function ownerIn(html: string): string | null {
  return OWNER.exec(html)?.[1] ?? null;
}

/** A page of the phone, or one with a form that may wait; never anything else of an account. */
export function mayKeep(html: string): boolean {
  const head = html.slice(0, 400);
  return Boolean(ownerIn(html)) && (/data-face="field"/.test(head) || /<form[^>]* data-offline=/.test(html));
}

/** As it is put by: what was said once ("Thank you …") is not said again by a kept copy. */
export function toKeep(html: string): string {
  return html.replace(SAID, "").replace("<html ", "<html data-kept ");
}

export function isFresh(keptAt: number, now: number): boolean {
  return now - keptAt < KEPT_MS;
}

/** Of the kept addresses, those that the present list of orders lets go. */
export function over(kept: string[], wanted: string[]): string[] {
  const named = new Set(wanted);
  return kept.filter((path) => OF_ONE_ORDER.test(path) && !named.has(path));
}

/** The caches that are not this account's. */
export function foreign(names: string[], owner: string): string[] {
  return names.filter((name) => name.startsWith(PAGES) && name !== PAGES + owner);
}
