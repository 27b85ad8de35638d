/** The entry of every page: styles, fragments by htmx, and each island only where it is needed. */
import "../styles/index.css";
import htmx from "htmx.org";
import { start as startConfirm } from "./islands/confirm";
import { start as startClock } from "./islands/clock";
import { toast, troubleFrom } from "./islands/toast";
import { onBeforeSwap } from "./lib/calm";
import { word } from "./lib/words";

type Start = (root: ParentNode) => void;

const ISLANDS: [string, () => Promise<Start>][] = [
  ["form[data-draft]", async () => (await import("./islands/draft")).start],
  ["form[data-draft-clear]", async () => (await import("./islands/draft")).clear],
  ["[data-live]", async () => (await import("./islands/live")).start],
  ["[data-map]", async () => (await import("./islands/map")).start],
  ["[data-chart]", async () => (await import("./islands/chart")).start],
  ["[data-key],[data-list]", async () => (await import("./islands/keys")).startOnce],
  ["form[data-command]", async () => (await import("./islands/command")).start],
  ["[data-picks],a[data-fill],.d-queue", async () => (await import("./islands/desk")).start],
  ["[data-claim],[data-claims]", async () => (await import("./islands/claim")).startOnce],
  ["form[data-undo]", async () => (await import("./islands/undo")).start],
  ["[data-here]", async () => (await import("./islands/here")).start],
  ["[data-copy]", async () => (await import("./islands/copy")).start],
  ["a[data-retry]", async () => (await import("./islands/retry")).start],
];

function attach(root: ParentNode): void {
  startConfirm(root);
  startClock(root);
  for (const [selector, load] of ISLANDS) {
    const here = root instanceof Element && root.matches(selector);
    if (here || root.querySelector(selector)) void load().then((start) => start(root));
  }
}

attach(document);
document.body.addEventListener("htmx:load", (event) => {
  const root = (event as CustomEvent<{ elt: HTMLElement }>).detail.elt;
  if (root !== document.body) attach(root);
});
document.body.addEventListener("shell:attach", (event) => {
  const root = (event as CustomEvent<HTMLElement>).detail;
  attach(root);
  htmx.process(root);
});
document.body.addEventListener("htmx:beforeSwap", onBeforeSwap);
document.body.addEventListener("htmx:sendError", () => toast(word("network")));
document.body.addEventListener("htmx:responseError", (event) => {
  const xhr = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail.xhr;
  toast(troubleFrom(xhr.getResponseHeader("Content-Type") ?? "", xhr.responseText));
});

// A report that was submitted in a window which died is still to be sent, from any page.
const waiting = Object.keys(localStorage).some(
  (name) => name.startsWith("maplebridge:draft:") && localStorage.getItem(name)?.includes('"queued"'),
);
if (waiting) void import("./islands/draft").then((draft) => draft.drain());
