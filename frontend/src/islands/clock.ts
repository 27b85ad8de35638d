/** `data-clock="<due, ISO>"`: counts on in the browser, corrected by the server's clock. */
import { island } from "../lib/island";
import { reading } from "../lib/reading";
import { meta, word } from "../lib/words";

const offset = (Date.parse(meta("maplebridge-now")) || Date.now()) - Date.now();
const clocks = new Set<HTMLElement>();

export const start = island("[data-clock]", (element) => {
  // Our words are those of the page; what is shown in another language keeps what it was given.
  if (element.closest<HTMLElement>("[lang]")?.lang !== document.documentElement.lang) return;
  if (!clocks.size) window.setInterval(tick, 1000);
  clocks.add(element);
});

function tick(): void {
  if (document.hidden) return;
  const words = {
    over: word("clockOver"),
    hours: word("clockHours"),
    days: word("clockDays"),
    wholeDays: word("clockWholeDays"),
  };
  for (const element of clocks) {
    if (!element.isConnected) {
      clocks.delete(element);
      continue;
    }
    const { clock = "", from = "", soon = "300" } = element.dataset;
    const now = Date.now() + offset;
    const read = reading(Date.parse(clock), Date.parse(from), Number(soon), now, words);
    const figure = element.querySelector("b");
    if (figure && figure.textContent !== read.text) figure.textContent = read.text;
    element.querySelector(".rest")?.setAttribute("stroke-dasharray", `${read.rest} 100`);
    for (const state of ["run", "soon", "over"]) {
      element.classList.toggle(`clock-${state}`, state === read.state);
    }
  }
}
