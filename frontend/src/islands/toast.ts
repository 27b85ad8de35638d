/**
 * Short messages that float: what happened, and a way on or back.
 *
 * `form[data-toast="seconds"]` is a message with an undo that the server wrote into the page: without
 * scripts it stands there as a line; here it floats and its dial empties. Who points at it, or is in
 * it with the keyboard, has all the time there is.
 */
import { island } from "../lib/island";
import { word } from "../lib/words";

const SHOWN_MS = 10_000;
const TICK_MS = 250;

export function toast(text: string, act: { href?: string; label?: string } = {}): void {
  if (!text) return;
  const item = document.createElement("div");
  item.className = "toast";
  const words = document.createElement("span");
  words.textContent = text;
  item.append(words);
  if (act.href) {
    const link = document.createElement("a");
    link.className = "btn";
    link.href = act.href;
    link.textContent = act.label || word("open");
    item.append(link);
  }
  item.append(closer(item));
  float(item, SHOWN_MS);
}

export const startUndo = island("form[data-toast]", (form) => {
  const shown = 1000 * (Number(form.dataset["toast"]) || SHOWN_MS / 1000);
  form.append(closer(form));
  float(form, shown);
});

function closer(item: HTMLElement): HTMLButtonElement {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn";
  close.textContent = word("close");
  close.addEventListener("click", () => item.remove());
  return close;
}

/** Shows it, and takes it away when its time is over; the time stands while somebody is there. */
function float(item: HTMLElement, shown: number): void {
  stack().append(item);
  const rest = item.querySelector(".rest");
  let left = shown;
  const timer = window.setInterval(() => {
    if (item.matches(":hover, :focus-within")) return;
    left -= TICK_MS;
    rest?.setAttribute("stroke-dasharray", `${Math.max(0, (100 * left) / shown)} 100`);
    if (left > 0 && item.isConnected) return;
    window.clearInterval(timer);
    item.remove();
  }, TICK_MS);
}

function stack(): HTMLElement {
  const found = document.querySelector<HTMLElement>(".toasts");
  if (found) return found;
  const made = document.createElement("div");
  made.className = "toasts";
  made.setAttribute("role", "status");
  document.body.append(made);
  return made;
}

/** A refused fragment request: the sentence of the problem document, or a plain one. */
export function troubleFrom(type: string, body: string): string {
  if (!type.includes("json")) return word("failed");
  try {
    const problem = JSON.parse(body) as { detail?: string };
    return problem.detail || word("failed");
  } catch {
    return word("failed");
  }
}
