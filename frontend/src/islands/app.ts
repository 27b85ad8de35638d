/**
 * The page as an app on a phone: registers the worker that keeps pages, says how old a kept page
 * is and how much waits, sends what waits when the line is back.
 */
import { CHANGED, drain, mine, owner } from "../lib/outbox";
import { hourMinute, meta } from "../lib/words";
import { waitWord } from "../lib/waitwords";
import { tellWorker } from "../lib/worker";
import { toast } from "./toast";

const LIST = "/field/waiting/";

export function start(): void {
  if (!owner()) return;
  void register();
  const bar = makeBar();
  const draw = () => void say(bar);
  document.body.addEventListener(CHANGED, draw);
  window.addEventListener("offline", draw);
  window.addEventListener("online", () => void back(draw));
  document.addEventListener("visibilitychange", () => !document.hidden && void sendWaiting());
  draw();
  void sendWaiting();
}

async function register(): Promise<void> {
  if (!("serviceWorker" in navigator)) return; // plain http inside a station: no kept pages
  try {
    const first = !navigator.serviceWorker.controller; // this page went past the worker
    await navigator.serviceWorker.register("/sw.js", { scope: "/" });
    await tellWorker({ kind: "owner", owner: owner() });
    if (first) await tellWorker({ kind: "keep", urls: [location.pathname + location.search] });
    keepThese();
    document.body.addEventListener("htmx:afterSwap", keepThese);
  } catch {
    // a browser that forbids it: the line works, only pages do not open without network
  }
}

/** The pages this one says are needed next; orders that ended are let go of. */
function keepThese(): void {
  const list = document.querySelector("[data-keeps]");
  if (!list || isKept()) return;
  const urls = [...document.querySelectorAll<HTMLElement>("[data-keep]")].map(
    (element) => element.dataset["keep"] || element.getAttribute("href") || "",
  );
  void tellWorker({ kind: "list", urls: urls.filter(Boolean) });
}

const isKept = (): boolean => "kept" in document.documentElement.dataset;

async function back(draw: () => void): Promise<void> {
  draw();
  await sendWaiting();
  const typed = document.querySelector("form[data-draft],form[data-offline]");
  // A kept page is old news; where nothing can be typed it is simply read again.
  if (isKept() && !typed && !(await mine()).length) location.reload();
  draw();
}

/** Send, and say so: what was filled in long ago has arrived at last. */
async function sendWaiting(): Promise<void> {
  const sent = await drain();
  if (sent) toast(waitWord("arrived", { n: sent }));
}

function makeBar(): HTMLElement {
  const bar = document.createElement("p");
  bar.className = "bar-state bar-wait";
  bar.setAttribute("role", "status");
  bar.hidden = true;
  document.querySelector(".bars")?.append(bar);
  return bar;
}

async function say(bar: HTMLElement): Promise<void> {
  const all = await mine();
  const parts: (string | HTMLElement)[] = [];
  if (isKept()) {
    const time = hourMinute(Date.parse(meta("maplebridge-now")));
    parts.push(waitWord("lastKnown", { time }), " ", link(waitWord("reload"), location.href));
  } else if (!navigator.onLine) parts.push(waitWord("offline"));
  if (all.length && location.pathname !== LIST) {
    const returned = all.some((waiting) => waiting.state === "returned");
    const label = waitWord(returned ? "countReturned" : "count", { n: all.length });
    parts.push(parts.length ? " " : "", link(label, LIST));
  }
  bar.replaceChildren(...parts);
  bar.hidden = parts.length === 0;
}

function link(label: string, href: string): HTMLElement {
  const made = document.createElement("a");
  made.href = href;
  made.textContent = label;
  return made;
}
