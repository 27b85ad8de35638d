/**
 * `.menu`: on a phone the menu may be wider than the screen. The entry one is on is brought into
 * sight, and an edge with more behind it fades (`data-more`: "before", "after", both or neither).
 */
import { island } from "../lib/island";

const SLACK = 2; // px: widths are rounded

/** Which edges hide something. */
export function more(at: number, width: number, whole: number): string {
  return [at > SLACK && "before", at + width < whole - SLACK && "after"].filter(Boolean).join(" ");
}

export const start = island(".menu", (menu) => {
  const look = (): void => {
    menu.dataset["more"] = more(menu.scrollLeft, menu.clientWidth, menu.scrollWidth);
  };
  const here = menu.querySelector<HTMLElement>("[aria-current]");
  if (here) {
    // By hand: `scrollIntoView` would also move the page.
    const { left, width } = here.getBoundingClientRect();
    menu.scrollLeft += left - menu.getBoundingClientRect().left - (menu.clientWidth - width) / 2;
  }
  menu.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(look).observe(menu);
});
