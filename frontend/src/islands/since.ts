/** `data-since="<ISO>"`: how long ago, counted on in the browser by the server's clock. */
import { island } from "../lib/island";
import { span } from "../lib/reading";
import { meta, word } from "../lib/words";

const offset = (Date.parse(meta("maplebridge-now")) || Date.now()) - Date.now();

export const start = island("[data-since]", (element) => {
  const began = Date.parse(element.dataset["since"] ?? "");
  const timer = window.setInterval(() => {
    if (!element.isConnected) return window.clearInterval(timer);
    if (document.hidden) return;
    const words = {
      over: "",
      hours: word("clockHours"),
      days: word("clockDays"),
      wholeDays: word("clockWholeDays"),
    };
    element.textContent = span((Date.now() + offset - began) / 1000, words);
  }, 1000);
});
