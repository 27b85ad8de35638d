/** `data-copy="text"` on a hidden button: shown where copying works, says so when it is done. */
import { island } from "../lib/island";
import { word } from "../lib/words";
import { toast } from "./toast";

export const start = island("[data-copy]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => void copy(button.dataset["copy"] ?? ""));
});

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(word("copied"));
  } catch {
    if (byHand(text)) toast(word("copied"));
  }
}

/** Plain http has no clipboard; a selected field and the old command still copy. */
function byHand(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "sr";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
