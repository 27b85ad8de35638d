/**
 * `form[data-hints="/hints/"]`: soft hints while somebody types. Danger words of the page's own
 * list (`data-danger-words`) bring the numbers forward at once and without a network; what the
 * server hears is added, never taken away. Nothing that is typed is stored on the way.
 */
import { island } from "../lib/island";
import { meta } from "../lib/words";

const QUIET_MS = 700; // after the last key
const LEAST = 4; // characters; fewer tell nothing

export const start = island("form[data-hints]", (form) => {
  if (form instanceof HTMLFormElement) new Hints(form);
});

class Hints {
  private timer = 0;
  private asked = "";
  private flight: AbortController | null = null;
  private refused = new Set<string>();
  private loud = new Set<string>();
  private box: HTMLElement | null;
  private dangers: HTMLElement[];

  constructor(private form: HTMLFormElement) {
    this.box = form.querySelector("#hints");
    this.dangers = [...form.querySelectorAll<HTMLElement>("[data-danger]")];
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("draft:restored", () => this.typed());
    this.box?.addEventListener("click", (event) => this.pressed(event));
    this.typed();
  }

  private typed(): void {
    this.hear(this.value("narrative"));
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), QUIET_MS);
  }

  /** The page's own list, at once. */
  private hear(words: string): void {
    const said = words.toLowerCase();
    const found = this.dangers.filter((danger) =>
      (danger.dataset["dangerWords"] ?? "").split("|").some((word) => word && said.includes(word)),
    );
    if (!said.trim()) this.loud.clear();
    this.bring(found.map((danger) => danger.dataset["danger"] ?? ""), !said.trim());
  }

  private bring(codes: string[], empty = false): void {
    for (const code of codes) this.loud.add(code);
    const before = this.dangers.filter((danger) => !danger.hidden).length;
    for (const danger of this.dangers) danger.hidden = !this.loud.has(danger.dataset["danger"] ?? "");
    const box = this.form.querySelector<HTMLElement>("[data-dangers-now]");
    if (box && (this.loud.size !== before || empty)) box.hidden = !this.loud.size;
  }

  private async ask(): Promise<void> {
    const words = this.value("narrative").trim();
    const sent = new URLSearchParams();
    for (const name of ["narrative", "place_words", "lon", "lat", "precision_m", "frame"]) {
      sent.set(name, this.value(name));
    }
    if ((words.length < LEAST && !this.value("lon")) || sent.toString() === this.asked) return;
    this.asked = sent.toString();
    this.flight?.abort();
    this.flight = new AbortController();
    try {
      const response = await fetch(this.form.dataset["hints"] ?? "", {
        method: "POST",
        body: sent,
        headers: { "X-CSRFToken": meta("csrf-token") },
        signal: this.flight.signal,
      });
      if (response.ok) this.show(await response.text());
    } catch {
      this.asked = ""; // away or overtaken; a hint is worth no message
    }
  }

  private show(html: string): void {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.querySelector<HTMLElement>("[data-hints-answer]");
    if (!fresh || !this.box) return;
    this.bring((fresh.dataset["dangers"] ?? "").split(" ").filter(Boolean));
    const name = this.form.querySelector<HTMLElement>("[data-place-name]");
    if (name) name.textContent = fresh.dataset["place"] ?? "";
    if (this.value("same_as")) return; // decided; it stays until it is undone
    for (const same of fresh.querySelectorAll<HTMLElement>("[data-same]")) {
      if (this.refused.has(same.dataset["same"] ?? "")) same.remove();
    }
    const next = [...fresh.children];
    if (this.box.innerHTML.trim() !== next.map((one) => one.outerHTML).join("")) {
      this.box.replaceChildren(...next);
    }
  }

  private pressed(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>("[data-same-yes],[data-same-no]");
    const same = button?.closest<HTMLElement>("[data-same]");
    if (!button || !same) return;
    const yes = button.dataset["sameYes"];
    this.set(yes ?? "");
    if (yes) {
      same.classList.add("is-on");
      for (const part of same.querySelectorAll<HTMLElement>("[data-if]")) {
        part.hidden = part.dataset["if"] !== "same";
      }
      same.querySelector<HTMLElement>("[data-same-no]:not([hidden])")?.focus();
      return;
    }
    this.refused.add(same.dataset["same"] ?? "");
    same.remove();
    this.form.querySelector<HTMLElement>("[name=narrative]")?.focus();
  }

  private set(link: string): void {
    const field = this.form.querySelector<HTMLInputElement>("[name=same_as]");
    if (!field) return;
    field.value = link;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private value(name: string): string {
    return this.form.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value ?? "";
  }
}
