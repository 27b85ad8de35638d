/**
 * A fragment that news wants to replace waits while a person is working in it: typing, or with an
 * answer folded open. The news is not lost; it is fetched as soon as the person is done.
 */
const TYPING = "input:not([type=checkbox],[type=radio],[type=button]),textarea,select";
const LOOK_MS = 1000;

const waiting = new Map<string, Element>(); // event name → the fragment that waits
let timer = 0;

export function isBusy(fragment: Element): boolean {
  const active = document.activeElement;
  if (active && fragment.contains(active) && active.matches(TYPING)) return true;
  if (fragment.querySelector("details[open] form")) return true;
  return document.querySelector("dialog[open]") !== null;
}

interface BeforeSwap {
  target: Element;
  shouldSwap: boolean;
  requestConfig: { triggeringEvent?: Event };
}

export function onBeforeSwap(event: Event): void {
  const detail = (event as CustomEvent<BeforeSwap>).detail;
  const name = detail.requestConfig.triggeringEvent?.type ?? "";
  if (!name.startsWith("live") || !isBusy(detail.target)) return;
  detail.shouldSwap = false;
  waiting.set(name, detail.target);
  timer ||= window.setInterval(look, LOOK_MS);
}

function look(): void {
  for (const [name, fragment] of waiting) {
    if (fragment.isConnected && isBusy(fragment)) continue;
    waiting.delete(name);
    document.body.dispatchEvent(new CustomEvent(name, { detail: [] }));
  }
  if (waiting.size) return;
  window.clearInterval(timer);
  timer = 0;
}
