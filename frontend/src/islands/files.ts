/** `data-files` on a file input: says in the page's language what was chosen; works after a draft. */
import { island } from "../lib/island";

export const start = island("input[data-files]", (element) => {
  const input = element as HTMLInputElement;
  const line = input.parentElement?.querySelector<HTMLElement>("[data-files-said]");
  if (!line) return;
  const nothing = line.textContent ?? "";
  const say = (): void => {
    const names = [...(input.files ?? [])].map((file) => file.name);
    line.textContent = names.join(" · ") || nothing;
  };
  input.addEventListener("change", say);
  input.form?.addEventListener("draft:restored", say);
  input.form?.addEventListener("reset", () => window.setTimeout(say));
  say();
});
