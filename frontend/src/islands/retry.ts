/** `data-retry="<seconds>"` on a link: asks whether the page is back, and goes there once it is. */
import { island } from "../lib/island";

export const start = island("a[data-retry]", (link) => {
  const wait = 1000 * Math.max(2, Number(link.dataset["retry"]) || 5);
  const href = (link as HTMLAnchorElement).href;
  const timer = window.setInterval(async () => {
    try {
      const response = await fetch(href, { cache: "no-store" });
      if (!response.ok) return;
      window.clearInterval(timer);
      location.assign(href);
    } catch {
      // still away; the link stays for those who want to try by hand
    }
  }, wait);
});
