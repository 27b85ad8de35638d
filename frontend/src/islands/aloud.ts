/**
 * `data-aloud="#id"` on a hidden button: reads that part of the page aloud by the device's own
 * voice; a second press stops. What is not on the page is never read.
 */
import { island } from "../lib/island";

export const start = island("[data-aloud]", (button) => {
  if (!("speechSynthesis" in window)) return;
  button.hidden = false;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", (event) => {
    event.preventDefault(); // inside a label or a summary it would do something else as well
    press(button);
  });
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
});

function press(button: HTMLElement): void {
  const reading = button.getAttribute("aria-pressed") === "true";
  speechSynthesis.cancel();
  for (const other of document.querySelectorAll("[data-aloud]")) other.setAttribute("aria-pressed", "false");
  if (reading) return;
  const said = new SpeechSynthesisUtterance(textOf(button.dataset["aloud"] ?? ""));
  said.lang = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en-GB";
  said.rate = 0.9;
  said.addEventListener("end", () => button.setAttribute("aria-pressed", "false"));
  button.setAttribute("aria-pressed", "true");
  speechSynthesis.speak(said);
}

/** Without what only the eye is meant to have: seals, dials, icons. */
function spoken(block: HTMLElement): string {
  const bare = block.cloneNode(true) as HTMLElement;
  for (const part of bare.querySelectorAll("[aria-hidden=true],[hidden],.sr,button")) part.remove();
  return (bare.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** Block by block, each a sentence of its own; buttons and what is hidden are left out. */
export function textOf(selector: string): string {
  const parts: string[] = [];
  for (const root of document.querySelectorAll<HTMLElement>(selector)) {
    const blocks = root.querySelectorAll<HTMLElement>("h1,h2,h3,p,li,legend,label,blockquote");
    const wanted = blocks.length ? [...blocks] : [root];
    for (const block of wanted) {
      if (block.closest("[hidden],button,.sr,[aria-hidden=true]")) continue;
      if (wanted.some((other) => other !== block && other.contains(block))) continue;
      parts.push(spoken(block));
    }
  }
  return parts.filter(Boolean).join("。\n");
}
