/** A filled form as a person reads it: label and words, without what is hidden. */
export function linesOf(form: HTMLFormElement, button: HTMLButtonElement | null): [string, string][] {
  const found = new Map<string, string[]>();
  for (const input of form.elements) {
    const words = wordsOf(input);
    if (words) found.set(labelOf(input), [...(found.get(labelOf(input)) ?? []), words]);
  }
  const lines = [...found].map(([label, words]): [string, string] => [label, words.join("、")]);
  const pressed = button?.name ? (button.textContent ?? "").trim() : "";
  return pressed ? [...lines, ["", pressed]] : lines;
}

function wordsOf(input: Element): string {
  if (input instanceof HTMLTextAreaElement) return input.value.trim();
  if (input instanceof HTMLSelectElement) return input.selectedOptions[0]?.text.trim() ?? "";
  if (!(input instanceof HTMLInputElement) || input.closest("[hidden]")) return "";
  if (["hidden", "submit", "password"].includes(input.type)) return "";
  if (input.type === "file") return [...(input.files ?? [])].map((f) => f.name).join("、");
  if (["checkbox", "radio"].includes(input.type)) return input.checked ? ownLabel(input) : "";
  return input.value.trim();
}

/** A choice is read under the question it answers. */
function labelOf(input: Element): string {
  const group = input.closest("fieldset")?.querySelector("legend");
  const several = input instanceof HTMLInputElement && ["checkbox", "radio"].includes(input.type);
  return several && group ? text(group) : ownLabel(input);
}

function ownLabel(input: Element): string {
  const label = (input as HTMLInputElement).labels?.[0];
  return label ? text(label) : (input.getAttribute("aria-label") ?? "");
}

const text = (element: Element): string => (element.textContent ?? "").replace(/\s+/g, " ").trim();
