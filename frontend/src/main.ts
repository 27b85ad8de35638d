/** The entry of every page: styles, fragments by htmx, and each island only where it is needed. */
import "../styles/index.css";
import htmx from "htmx.org";
import { start as startConfirm } from "./islands/confirm";
import { start as startClock } from "./islands/clock";
import { start as startDeviceTime } from "./islands/devicetime";
import { startUndo, toast, troubleFrom } from "./islands/toast";
import { onBeforeSwap } from "./lib/calm";
import { isGone, sayGone } from "./lib/gone";
import { lacksChinese } from "./lib/typeface";
import { word } from "./lib/words";

type Start = (root: ParentNode) => void;

const ISLANDS: [string, () => Promise<Start>][] = [
  ["form[data-draft]", async () => (await import("./islands/draft")).start],
  ["form[data-draft-clear]", async () => (await import("./islands/draft")).clear],
  ["form[data-offline]", async () => (await import("./islands/offline")).start],
  ["form[data-draft-clear]", async () => (await import("./islands/signout")).start],
  ["[data-alert]", async () => (await import("./islands/alert")).start],
  ["[data-alert-ask]", async () => (await import("./islands/alert")).ask],
  ["[data-waiting-list]", async () => (await import("./islands/waitlist")).start],
  ["[data-live]", async () => (await import("./islands/live")).start],
  ["[data-map]", async () => (await import("./islands/map")).start],
  ["[data-chart]", async () => (await import("./islands/chart")).start],
  ["[data-key],[data-list]", async () => (await import("./islands/keys")).startOnce],
  ["form[data-command]", async () => (await import("./islands/command")).start],
  ["[data-picks],a[data-fill],.d-queue", async () => (await import("./islands/desk")).start],
  ["[data-facts]", async () => (await import("./islands/facts")).startOnce],
  ["[data-since]", async () => (await import("./islands/since")).start],
  [".menu", async () => (await import("./islands/menu")).start],
  ["[data-claim],[data-claims]", async () => (await import("./islands/claim")).startOnce],
  ["form[data-undo]", async () => (await import("./islands/undo")).start],
  ["[data-here]", async () => (await import("./islands/here")).start],
  ["[data-place]", async () => (await import("./islands/place")).start],
  ["[data-photos]", async () => (await import("./islands/photos")).start],
  ["[data-voice]", async () => (await import("./islands/voice")).start],
  ["[data-aloud]", async () => (await import("./islands/aloud")).start],
  ["form[data-hints]", async () => (await import("./islands/hints")).start],
  ["input[data-files]", async () => (await import("./islands/files")).start],
  ["[data-copy]", async () => (await import("./islands/copy")).start],
  ["[data-wall]", async () => (await import("./islands/wall")).start],
  ["[data-tour-spot]", async () => (await import("./islands/tour")).start],
  ["[data-replay]", async () => (await import("./islands/replay")).start],
  ["a[data-retry]", async () => (await import("./islands/retry")).start],
];

function attach(root: ParentNode): void {
  startConfirm(root);
  startClock(root);
  startUndo(root);
  for (const [selector, load] of ISLANDS) {
    const here = root instanceof Element && root.matches(selector);
    if (here || root.querySelector(selector)) void load().then((start) => start(root));
  }
}

startDeviceTime();
attach(document);
// The phone pages are an app of their own: they open, and keep what is typed, without a network.
if (document.querySelector("[data-face=field], form[data-offline]")) {
  void import("./islands/app").then((app) => app.start());
}
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
// A part that reads itself again is nobody's act: that the line is gone stands in its own bar.
document.body.addEventListener("htmx:sendError", (event) => {
  const { requestConfig } = (event as CustomEvent<{ requestConfig?: { verb?: string } }>).detail;
  if (requestConfig?.verb !== "get") toast(word("network"));
});
document.body.addEventListener("htmx:responseError", (event) => {
  const detail = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  if (isGone(detail)) return sayGone();
  const { xhr } = detail;
  toast(troubleFrom(xhr.getResponseHeader("Content-Type") ?? "", xhr.responseText));
});

// The served font is for the few without a Chinese face; it must not stand in anybody's way.
const fonts = (): void => {
  if (lacksChinese()) void import("./type");
};
if (document.readyState === "complete") fonts();
else window.addEventListener("load", fonts, { once: true });

// A report that was submitted in a window which died is still to be sent, from any page.
const waiting = Object.keys(localStorage).some(
  (name) => name.startsWith("maplebridge:draft:") && localStorage.getItem(name)?.includes('"queued"'),
);
if (waiting) void import("./islands/draft").then((draft) => draft.drain());
