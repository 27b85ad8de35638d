/**
 * `data-tour-spot="selectors"` on the tour's card: marks what to look at, and brings it into view.
 * `data-tour-also="selector"`: one more thing to mark, where it is on the page.
 * A fresh stop takes the focus to its title once, so that a screen reader reads it.
 */
import { island } from "../lib/island";

const LOOKED = "maplebridge:tour";

export const start = island("[data-tour-spot]", (card) => {
  card.addEventListener("submit", stillUntilTheNextPage);
  if ("tourAway" in card.dataset) return;
  const spot = mark(card);
  const done = card.dataset["tourDone"] ?? "";
  if (sessionStorage.getItem(LOOKED) !== done) {
    sessionStorage.setItem(LOOKED, done);
    card.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
    if (spot) bringIntoView(spot, card);
  }
  // The live line exchanges parts of the page; the mark belongs on the fresh one, too.
  document.body.addEventListener("htmx:afterSettle", () => mark(card));
});

/** The next step looks through somebody else's eyes: this page must not be asked for by them. */
function stillUntilTheNextPage(): void {
  document.body.addEventListener("htmx:beforeRequest", (event) => event.preventDefault());
}

function mark(card: HTMLElement): HTMLElement | null {
  const also = card.dataset["tourAlso"];
  if (also) document.querySelector(also)?.classList.add("tour-spot");
  for (const selector of (card.dataset["tourSpot"] ?? "").split(", ")) {
    const found = document.querySelector<HTMLElement>(selector);
    if (!found) continue;
    found.classList.add("tour-spot");
    return found;
  }
  return null;
}

function bringIntoView(spot: HTMLElement, card: HTMLElement): void {
  const below = card.getBoundingClientRect().bottom;
  const { top, bottom } = spot.getBoundingClientRect();
  if (top >= below && bottom <= innerHeight) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const block = spot.offsetHeight > innerHeight / 2 ? "start" : "center";
  spot.scrollIntoView({ block, behavior: calm ? "instant" : "smooth" });
}
