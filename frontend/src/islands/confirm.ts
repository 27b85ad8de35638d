/** `data-confirm="question"` on a button or a form: asks before it acts. */
import { island } from "../lib/island";
import { word } from "../lib/words";

const agreed = new WeakSet<HTMLElement>();

export const start = island("[data-confirm]", (element) => {
  const name = element instanceof HTMLFormElement ? "submit" : "click";
  element.addEventListener(
    name,
    (event) => {
      if (agreed.delete(element)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const submitter = event instanceof SubmitEvent ? (event.submitter as HTMLElement) : null;
      ask(element.dataset["confirm"] ?? "", () => {
        agreed.add(element);
        if (element instanceof HTMLFormElement) element.requestSubmit(submitter);
        else element.click();
      });
    },
    { capture: true },
  );
});

export function ask(question: string, yes: () => void, label = word("yes")): void {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  const text = document.createElement("p");
  text.className = "strong";
  text.textContent = question;
  const row = document.createElement("div");
  row.className = "row-btns";
  const close = () => {
    dialog.close();
    dialog.remove();
  };
  row.append(
    button(word("no"), "btn", close),
    button(label, "btn btn-main", () => {
      close();
      yes();
    }),
  );
  dialog.append(text, row);
  dialog.addEventListener("cancel", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function button(label: string, look: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = look;
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}
