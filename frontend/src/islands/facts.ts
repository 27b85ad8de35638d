/**
 * Facts as chips: pressing one, or dragging it onto its field, puts it there. The field is a form's
 * own: what is put in can be typed over, is kept as a draft like anything typed, and is sent by the
 * form's own button.
 */
import { fill } from "../lib/words";

const KIND = "application/x-maplebridge-fact";

function fieldOf(chip: HTMLElement): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>(`#${CSS.escape(chip.dataset["fact"] ?? "")}`);
}

function put(chip: HTMLElement): void {
  const field = fieldOf(chip);
  if (!field) return;
  for (let fold = field.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) {
    fold.open = true;
  }
  field.value = chip.dataset["value"] ?? "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.scrollIntoView({ block: "nearest" });
  chip.classList.add("is-in");
  const root = chip.closest<HTMLElement>("[data-facts]");
  const said = root?.querySelector<HTMLElement>("[data-facts-said]");
  const { field: name = "", words = "" } = chip.dataset;
  if (root && said) said.textContent = fill(root.dataset["put"] ?? "", { field: name, words });
}

function onDrag(event: DragEvent): void {
  const chip = (event.target as Element).closest<HTMLElement>("[data-fact]");
  if (!chip || !event.dataTransfer) return;
  event.dataTransfer.setData("text/plain", chip.dataset["words"] ?? ""); // without, some do not drag
  event.dataTransfer.setData(KIND, chip.dataset["fact"] ?? "");
  event.dataTransfer.effectAllowed = "copy";
  fieldOf(chip)?.classList.add("takes");
  chip.addEventListener("dragend", () => fieldOf(chip)?.classList.remove("takes"), { once: true });
  chip.dataset["dragged"] = "";
  chip.addEventListener("dragend", () => delete chip.dataset["dragged"], { once: true });
}

function dragged(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-fact][data-dragged]");
}

/** Only its own field takes a fact, never another by a slip of the hand. */
function target(event: DragEvent): HTMLElement | null {
  const chip = dragged();
  const over = event.target instanceof Element ? event.target.closest("input, textarea") : null;
  return chip && over && over === fieldOf(chip) ? chip : null;
}

let started = false;

export function startOnce(): void {
  if (started) return;
  started = true;
  document.addEventListener("click", (event) => {
    const chip = (event.target as Element).closest<HTMLElement>("button[data-fact]");
    if (chip) put(chip);
  });
  document.addEventListener("dragstart", onDrag);
  document.addEventListener("dragover", (event) => {
    if (target(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!dragged()) return;
    event.preventDefault();
    const chip = target(event);
    if (chip) put(chip);
  });
}
