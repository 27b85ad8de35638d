/**
 * `data-place`: one place, three ways to give it. `data-way="here|map|words"` on the buttons; the
 * map (`data-place-map`, with the attributes of `data-map`) is loaded when it is asked for; the
 * words (`data-place-words`) unfold. Without scripts the words alone are there.
 */
import { island } from "../lib/island";

export const start = island("[data-place]", (element) => void new Place(element));

class Place {
  private form: HTMLFormElement | null;
  private ways: HTMLElement[];
  private map: HTMLElement | null;
  private words: HTMLElement | null;
  private error: HTMLElement | null;

  constructor(root: HTMLElement) {
    this.form = root.closest("form");
    this.ways = [...root.querySelectorAll<HTMLElement>("[data-way]")];
    this.map = root.querySelector("[data-place-map]");
    this.words = root.querySelector("[data-place-words]");
    this.error = root.querySelector("[data-place-error]");
    for (const way of this.ways) {
      way.hidden = false;
      way.addEventListener("click", () => this.choose(way.dataset["way"] ?? ""));
    }
    root.addEventListener("here:found", () => {
      this.showMap();
      this.told();
      const said = root.querySelector(".here-said"); // the line of the place says the same
      if (said) said.textContent = "";
    });
    root.addEventListener("here:lost", () => this.choose("words"));
    this.form?.addEventListener("draft:restored", () => this.begin());
    this.form?.addEventListener("input", () => this.told());
    this.begin();
  }

  /** What is there already stays in sight: a pin, words, or what has to be corrected. */
  private begin(): void {
    const held = this.words?.querySelector<HTMLInputElement>("input,textarea");
    const wrong = this.words?.querySelector(".error") !== null;
    if (this.field("lon")?.value) {
      this.mark("map");
      this.showMap();
    }
    const said = Boolean(held?.value) || wrong;
    if (this.words) this.words.hidden = !said;
    if (said) this.mark("words");
    this.told();
  }

  private choose(way: string): void {
    this.mark(way);
    if (way === "map") this.showMap();
    if (way !== "words" || !this.words) return;
    this.words.hidden = false;
    this.words.querySelector<HTMLElement>("input,textarea")?.focus();
  }

  private mark(way: string): void {
    for (const button of this.ways) {
      const on = button.dataset["way"] === way;
      button.classList.toggle("is-on", on);
      button.setAttribute("aria-pressed", String(on));
    }
  }

  private showMap(): void {
    if (!this.map || "map" in this.map.dataset) return;
    this.map.hidden = false;
    this.map.dataset["map"] = "";
    document.body.dispatchEvent(new CustomEvent("shell:attach", { detail: this.map.parentElement }));
  }

  /** How far the pin may be off; a figure a person can judge. */
  private told(): void {
    if (!this.error) return;
    const metres = Number(this.field("precision_m")?.value);
    const line = this.error.closest<HTMLElement>("[data-place-line]");
    if (line) line.hidden = !(metres > 0 && this.field("lon")?.value);
    if (metres > 0) {
      this.error.textContent = (this.error.dataset["say"] ?? "").replace("{m}", String(metres));
    }
  }

  private field(name: string): HTMLInputElement | null {
    return this.form?.querySelector<HTMLInputElement>(`[name="${name}"]`) ?? null;
  }
}
