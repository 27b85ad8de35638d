/** Short messages that float: what happened, and a way on or back. */
import { word } from "../lib/words";

const SHOWN_MS = 10_000;

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
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn";
  close.textContent = word("close");
  close.addEventListener("click", () => item.remove());
  item.append(close);
  stack().append(item);
  window.setTimeout(() => item.remove(), SHOWN_MS);
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
