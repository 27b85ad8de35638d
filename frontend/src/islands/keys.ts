/**
 * `data-key="e"` presses or focuses its element; `?` lists the keys of the page; in a `data-list`
 * j and k move. Nothing of this while a person types, except Ctrl+Enter, which sends the form.
 */
import { word } from "../lib/words";

const TYPING = "input:not([type=checkbox]):not([type=radio]),textarea,select,[contenteditable=true]";
const TYPING_SHOWN = "input:not([type=hidden]),textarea,select";

export function start(): void {
  document.addEventListener("keydown", onKey);
}

let started = false;
export function startOnce(): void {
  if (!started) start();
  started = true;
}

function onKey(event: KeyboardEvent): void {
  const typing = event.target instanceof Element && event.target.matches(TYPING);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return sendForm(event);
  if (event.key === "Escape" && typing) return (event.target as HTMLElement).blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "?" || event.key === "？") return claim(event, showKeys);
  const list = listShown();
  if (list && event.key === "j") return claim(event, () => move(list, 1));
  if (list && event.key === "k") return claim(event, () => move(list, -1));
  const bound = bindings().find((e) => (e.dataset["key"] ?? "").toLowerCase() === event.key.toLowerCase());
  if (bound) claim(event, () => press(bound));
}

function claim(event: KeyboardEvent, act: () => void): void {
  event.preventDefault();
  act();
}

function bindings(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-key]")].filter(
    (e) => !e.matches("[disabled]") && e.offsetParent !== null,
  );
}

/** Folding a part open by key goes on in its first field: the next key is already an answer. */
function press(element: HTMLElement): void {
  if (element.matches(TYPING) || "keyFocus" in element.dataset) return element.focus();
  element.click();
  const fold = element.matches("summary") ? element.closest("details") : null;
  if (fold?.open) fold.querySelector<HTMLElement>(TYPING_SHOWN)?.focus();
}

function sendForm(event: KeyboardEvent): void {
  const form = (event.target as Element).closest("form");
  if (form) claim(event, () => form.requestSubmit());
}

function move(list: HTMLElement, step: number): void {
  const items = [...list.querySelectorAll<HTMLElement>("a.row, [data-item]")].filter(
    (item) => item.offsetParent !== null,
  );
  const focused = items.findIndex((item) => item === document.activeElement);
  const from = focused >= 0 ? focused : items.findIndex((i) => i.classList.contains("is-here"));
  const to = from < 0 ? 0 : Math.min(items.length - 1, Math.max(0, from + step));
  items[to]?.focus();
  items[to]?.scrollIntoView({ block: "nearest" });
}

/** The list that can be seen: beside an open matter it is folded away on a narrow window. */
function listShown(): HTMLElement | undefined {
  const lists = document.querySelectorAll<HTMLElement>("[data-list]");
  return [...lists].find((list) => list.offsetParent !== null);
}

export function showKeys(): void {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  const title = document.createElement("h2");
  title.textContent = word("keysTitle");
  const rows = document.createElement("dl");
  rows.className = "key-list";
  const lines = bindings().map((e): [string, string] => [
    (e.dataset["key"] ?? "").toUpperCase(),
    e.dataset["keyLabel"] || e.getAttribute("aria-label") || plainText(e),
  ]);
  const once = new Set<string>();
  const listed = lines.filter(([key]) => !once.has(key) && once.add(key));
  if (listShown()) listed.unshift(["J K", word("keysMove")]);
  listed.push(["Ctrl ↵", word("keysSend")], ["?", word("keysTitle")]);
  for (const [key, label] of listed) {
    const dt = document.createElement("dt");
    const kbd = document.createElement("kbd");
    kbd.textContent = key;
    dt.append(kbd);
    const dd = document.createElement("dd");
    dd.textContent = label;
    rows.append(dt, dd);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn";
  close.textContent = word("close");
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(title, rows, close);
  document.body.append(dialog);
  dialog.showModal();
}

function plainText(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  for (const kbd of copy.querySelectorAll("kbd")) kbd.remove();
  return copy.textContent?.trim() ?? "";
}
