/**
 * `data-confirm="question"` on a button or a form: asks before it acts. `data-confirm-note` says what
 * will happen and whether there is a way back; `data-confirm-yes` names the act on the button.
 */
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
      ask(element.dataset, () => {
        agreed.add(element);
        if (element instanceof HTMLFormElement) element.requestSubmit(submitter);
        else element.click();
      });
    },
    { capture: true },
  );
});

/** The words are those of the `data-confirm…` attributes. */
export function ask(said: DOMStringMap, yes: () => void): void {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  const question = line("ask-question", "strong", said["confirm"] ?? "");
  dialog.setAttribute("aria-labelledby", question.id);
  dialog.append(question);
  if (said["confirmNote"]) {
    const note = line("ask-note", "second", said["confirmNote"]);
    dialog.setAttribute("aria-describedby", note.id);
    dialog.append(note);
  }
  const row = document.createElement("div");
  row.className = "row-btns";
  const close = () => {
    dialog.close();
    dialog.remove();
  };
  row.append(
    button(word("no"), "btn", close),
    button(said["confirmYes"] || word("yes"), "btn btn-main", () => {
      close();
      yes();
    }),
  );
  dialog.append(row);
  dialog.addEventListener("cancel", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function line(id: string, look: string, text: string): HTMLParagraphElement {
  const made = document.createElement("p");
  made.id = id;
  made.className = look;
  made.textContent = text;
  return made;
}

function button(label: string, look: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = look;
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}
