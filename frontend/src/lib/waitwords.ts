/** The sentences of the line on the device; Django translated them into the head of the page. */
import { fill } from "./words";

export function waitWord(name: string, values: Record<string, string | number> = {}): string {
  const source = document.querySelector<HTMLTemplateElement>("#wait-words")?.dataset ?? {};
  return fill(source[name] ?? "", values);
}
