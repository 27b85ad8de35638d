/**
 * `data-photos="#list"` around a file input: what was chosen is shown by picture and name before
 * it is sent, one can be taken out, and choosing again adds. Without scripts it is the plain input.
 */
import { island } from "../lib/island";

const MOST = 4;

export const start = island("[data-photos]", (element) => {
  const input = element.querySelector<HTMLInputElement>("input[type=file]");
  const list = document.querySelector<HTMLElement>(element.dataset["photos"] ?? "");
  if (input && list) new Photos(element, input, list);
});

class Photos {
  private held: File[] = [];

  constructor(
    element: HTMLElement,
    private input: HTMLInputElement,
    private list: HTMLElement,
  ) {
    element.classList.add("is-on");
    // The chooser replaces what was there; a draft may have put files back without a word.
    input.addEventListener("click", () => (this.held = this.files()));
    input.addEventListener("change", () => this.add());
    input.form?.addEventListener("draft:restored", () => this.show());
    input.form?.addEventListener("reset", () => window.setTimeout(() => this.show()));
    this.show();
  }

  private files(): File[] {
    return [...(this.input.files ?? [])];
  }

  private add(): void {
    const known = new Set(this.held.map(print));
    const fresh = this.files().filter((file) => !known.has(print(file)));
    this.put([...this.held, ...fresh].slice(0, MOST));
    this.held = [];
    this.show();
  }

  private put(files: File[]): void {
    const held = new DataTransfer();
    for (const file of files) held.items.add(file);
    this.input.files = held.files;
  }

  private drop(at: number): void {
    this.put(this.files().filter((_file, i) => i !== at));
    this.held = this.files();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    this.input.focus();
  }

  private show(): void {
    const files = this.files();
    this.list.hidden = !files.length;
    for (const image of this.list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    this.list.replaceChildren(...files.map((file, i) => this.line(file, i)));
  }

  private line(file: File, at: number): HTMLElement {
    const line = document.createElement("li");
    const image = document.createElement("img");
    image.src = URL.createObjectURL(file);
    image.alt = "";
    const name = document.createElement("span");
    name.textContent = file.name;
    name.dir = "auto";
    const out = document.createElement("button");
    out.type = "button";
    out.className = "btn btn-bare";
    out.textContent = this.list.dataset["out"] ?? "";
    out.setAttribute("aria-label", `${out.textContent} ${file.name}`);
    out.addEventListener("click", () => this.drop(at));
    line.append(image, name, out);
    return line;
  }
}

const print = (file: File): string => `${file.name}/${file.size}/${file.lastModified}`;
