/**
 * The worker behind the pages. Pages come from the network, and from a marked copy when there is
 * none; built files come from the copy, for their names change with their content.
 *
 * The danger is one person's page before another's eyes. So a copy is kept by the account that
 * the page itself names, in a cache of that account; another account's page, or a page of nobody,
 * empties all other caches at once.
 */
import { MOST_PAGES, PAGES, STATIC, foreign, isFresh, mayKeep, over, ownerIn, toKeep } from "./lib/keeping";

interface Scope extends EventTarget {
  maplebridge: { assets: string[]; base: string; fallback: string };
  skipWaiting(): Promise<void>;
  clients: {
    claim(): Promise<void>;
    matchAll(of: { type: "window" }): Promise<{ url: string; focus(): Promise<unknown> }[]>;
    openWindow(url: string): Promise<unknown>;
  };
}
interface Tapped extends Lasting {
  notification: { close(): void };
}
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

const scope = self as unknown as Scope;
const { assets, base, fallback } = scope.maplebridge; // written above by the server
const SLOW_MS = 6000; // then a kept copy is shown; the network may still answer for the next time
const AT = "X-Maplebridge-Kept";
const HOME = "/field/";
const MAP = "/map/base.json"; // the base map names no person

scope.addEventListener("install", (event) => {
  (event as Lasting).waitUntil(
    caches
      .open(STATIC)
      .then((cache) => Promise.allSettled(assets.map((asset) => cache.add(asset))))
      .then(() => scope.skipWaiting()),
  );
});

scope.addEventListener("activate", (event) => {
  (event as Lasting).waitUntil(dropOldAssets().then(() => scope.clients.claim()));
});

/** A tap on what an open page has shown; nothing else wakes this worker. */
scope.addEventListener("notificationclick", (event) => {
  const tapped = event as Tapped;
  tapped.notification.close();
  tapped.waitUntil(comeForward());
});

async function comeForward(): Promise<void> {
  const open = await scope.clients.matchAll({ type: "window" });
  const field = open.find(({ url }) => pathOf(url).startsWith(HOME)) ?? open[0];
  await (field ? field.focus() : scope.clients.openWindow(HOME));
}

/** Built files of an earlier release; fonts stay, their names do not change without cause. */
async function dropOldAssets(): Promise<void> {
  const cache = await caches.open(STATIC);
  const known = new Set(assets);
  for (const { url } of await cache.keys()) {
    const path = new URL(url).pathname;
    if (/\.(js|css)$/.test(path) && !known.has(path)) await cache.delete(url);
  }
}

scope.addEventListener("fetch", (event) => {
  const { request } = event as Fetching;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith(base)) (event as Fetching).respondWith(asset(request));
  else if (url.pathname === MAP) (event as Fetching).respondWith(baseMap(request));
  else if (request.mode === "navigate") (event as Fetching).respondWith(page(event as Fetching));
});

async function asset(request: Request): Promise<Response> {
  const cache = await caches.open(STATIC);
  const kept = await cache.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await cache.put(request, fresh.clone());
  return fresh;
}

async function baseMap(request: Request): Promise<Response> {
  const cache = await caches.open(STATIC);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put(MAP, fresh.clone());
    return fresh;
  } catch (error) {
    const kept = await cache.match(MAP);
    if (kept) return kept;
    throw error;
  }
}

async function page(event: Fetching): Promise<Response> {
  const path = pathOf(event.request.url);
  const kept = await copyOf(path);
  const fresh = fetch(event.request);
  event.waitUntil(fresh.then((response) => keep(path, response.clone())).catch(() => undefined));
  try {
    const met = kept ? await Promise.race([fresh, late()]) : await fresh;
    const away = met && [502, 503, 504].includes(met.status);
    if (met && !away) return met;
    return kept ?? met ?? fresh;
  } catch (error) {
    const instead = kept ?? (await copyOf(fallback));
    if (instead) return instead;
    throw error;
  }
}

const late = (): Promise<null> => new Promise((done) => setTimeout(() => done(null), SLOW_MS));

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

async function keep(path: string, response: Response): Promise<void> {
  const type = response.headers.get("Content-Type") ?? "";
  if (response.status !== 200 || !type.startsWith("text/html")) return;
  const html = await response.text();
  const owner = ownerIn(html);
  if (owner === null) return;
  await only(owner);
  if (!owner || !mayKeep(html)) return;
  const headers = new Headers(response.headers);
  headers.set(AT, String(Date.now()));
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  const cache = await caches.open(PAGES + owner);
  await cache.delete(path); // the oldest stand first, and go first
  await cache.put(path, new Response(toKeep(html), { headers }));
  const kept = await cache.keys();
  for (const old of kept.slice(0, Math.max(0, kept.length - MOST_PAGES))) await cache.delete(old);
}

/** Whoever it is now: nobody else's pages stay. */
async function only(owner: string): Promise<void> {
  for (const name of foreign(await caches.keys(), owner)) await caches.delete(name);
}

async function mine(): Promise<Cache | null> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PAGES));
  return names.length === 1 ? caches.open(names[0]!) : null;
}

async function copyOf(path: string): Promise<Response | null> {
  const cache = await mine();
  const found = await cache?.match(path);
  if (!cache || !found) return null;
  if (isFresh(Number(found.headers.get(AT)), Date.now())) return found;
  await cache.delete(path);
  return null;
}

interface Said {
  kind: "owner" | "forget" | "keep" | "list";
  owner?: string;
  urls?: string[];
}

scope.addEventListener("message", (event) => {
  const { data, ports } = event as MessageEvent<Said>;
  const work = doAs(data)
    .catch(() => undefined)
    .then(() => ports[0]?.postMessage("done"));
  (event as unknown as Lasting).waitUntil(work);
});

async function doAs({ kind, owner = "", urls = [] }: Said): Promise<void> {
  if (kind === "owner") return only(owner);
  if (kind === "forget") return only("");
  const paths = urls.map((url) => pathOf(new URL(url, location.origin).href));
  if (kind === "list") await letGo(paths);
  await fetchAll(paths);
}

async function letGo(named: string[]): Promise<void> {
  const cache = await mine();
  const kept = (await cache?.keys())?.map((request) => pathOf(request.url)) ?? [];
  for (const path of over(kept, named)) await cache?.delete(path);
}

/** Pages that are needed next, before anybody asks for them. */
async function fetchAll(paths: string[]): Promise<void> {
  for (const path of paths) {
    if (await copyOf(path)) continue;
    // As a fragment: what the next whole page has to say ("Thank you …") is not used up here.
    const headers = { "HX-Request": "true" };
    const response = await fetch(path, { headers, credentials: "same-origin" });
    await keep(pathOf(response.url), response);
  }
}
