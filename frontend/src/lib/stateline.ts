/** The line of a form that says how it stands with its words; made where the page has none. */
export function stateLine(form: HTMLFormElement): HTMLElement {
  const found = form.querySelector<HTMLElement>("[data-draft-state]");
  if (found) return found;
  const line = document.createElement("p");
  line.className = "note draft-state";
  line.setAttribute("role", "status");
  form.append(line);
  return line;
}
