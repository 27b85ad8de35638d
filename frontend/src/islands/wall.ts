/**
 * `data-wall`: marks of the map fade in when they come and fade out when they go. The fragment brings
 * all of them anew; what was there before must not flicker, so only the difference is animated.
 */
import { island } from "../lib/island";

const LAYER = "#wall-markers > svg";
const CALM_MS = 1000; // longer than any fade; under reduced motion there is nothing to see

const marksOf = (layer: Element): Map<string, Element> =>
  new Map([...layer.querySelectorAll(".mark[id]")].map((mark) => [mark.id, mark]));

let before = new Map<string, Element>();

function remember(event: Event): void {
  const layer = document.querySelector(LAYER);
  if ((event.target as Element | null)?.id === "wall-markers" && layer) before = marksOf(layer);
}

function compare(event: Event): void {
  const layer = document.querySelector(LAYER);
  if ((event.target as Element | null)?.id !== "wall-markers" || !layer) return;
  const now = marksOf(layer);
  for (const [id, mark] of now) if (!before.has(id)) fade(mark, "is-new");
  for (const [id, mark] of before) {
    if (now.has(id)) continue;
    const ghost = mark.cloneNode(true) as Element;
    ghost.removeAttribute("id");
    ghost.setAttribute("aria-hidden", "true");
    layer.append(ghost);
    fade(ghost, "is-gone", () => ghost.remove());
  }
  before = new Map(); // hold nothing of a page part that is gone
}

function fade(mark: Element, name: string, then?: () => void): void {
  mark.classList.add(name);
  window.setTimeout(() => {
    mark.classList.remove(name);
    then?.();
  }, CALM_MS);
}

export const start = island("[data-wall]", () => {
  document.body.addEventListener("htmx:oobBeforeSwap", remember);
  document.body.addEventListener("htmx:oobAfterSwap", compare);
});
