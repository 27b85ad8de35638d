/**
 * `form[data-command]`: one line for everything. It says what Enter would do before Enter, and why
 * a line means nothing. What it does goes through the buttons and forms of the page: it has no
 * power of its own, and without scripts it is not there.
 */
import { completed, meaning, type Choice, type Desk, type Meaning } from "../lib/command";
import { island } from "../lib/island";
import { fill } from "../lib/words";
import { showKeys } from "./keys";

class Line {
  private input: HTMLInputElement;
  private means: HTMLElement;
  private composing = false;

  constructor(private form: HTMLFormElement) {
    this.input = form.querySelector("input")!;
    this.means = form.querySelector("[data-means]")!;
    form.closest<HTMLElement>("[hidden]")?.removeAttribute("hidden");
    this.input.addEventListener("compositionstart", () => (this.composing = true));
    this.input.addEventListener("compositionend", () => {
      this.composing = false;
      this.tell();
    });
    this.input.addEventListener("input", () => this.composing || this.tell());
    this.input.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.composing) this.act();
    });
    this.tell();
  }

  private said(name: string, values: Record<string, string> = {}): string {
    return fill(this.form.dataset[name] ?? "", values);
  }

  /** Enter and Tab inside a composition choose characters; they are not ours. */
  private key(event: KeyboardEvent): void {
    if (event.isComposing || this.composing) return;
    if (event.key === "Escape") {
      this.input.value = "";
      this.tell();
    }
    if (event.key !== "Tab" || event.shiftKey || !this.input.value.trim()) return;
    const longer = completed(this.input.value, deskOf());
    if (longer === null) return;
    event.preventDefault();
    this.input.value = longer;
    this.tell();
  }

  private tell(): void {
    const meant = meaning(this.input.value, deskOf());
    this.means.textContent = this.inWords(meant);
    this.form.classList.toggle("is-wrong", meant.kind === "wrong");
  }

  private inWords(meant: Meaning): string {
    if (meant.kind === "nothing") return this.said("hint");
    if (meant.kind === "wrong") return this.said(`wrong${upper(meant.why)}`, meant.values);
    const labels = "labels" in meant ? meant.labels.join(this.said("apart")) : "";
    const code = "code" in meant ? meant.code : "";
    const name = meant.kind === "triage" && !labels ? "meansTriageAll" : `means${upper(meant.kind)}`;
    return this.said(name, { labels, code });
  }

  private act(): void {
    const meant = meaning(this.input.value, deskOf());
    if (meant.kind === "nothing" || meant.kind === "wrong") return this.tell();
    this.input.value = "";
    this.tell();
    this.perform(meant);
  }

  private perform(meant: Meaning): void {
    const { casePage = "", handover = "", call = "", queue = "" } = this.form.dataset;
    switch (meant.kind) {
      case "send":
        return send(meant.numbers);
      case "triage":
        return decide(meant.set);
      case "transfer":
        return decide([["lead_agency", meant.agency]]);
      case "merge":
        return merge(meant.code);
      case "open":
        return location.assign(casePage.replace("000000000", meant.code));
      case "handover":
        return location.assign(handover);
      case "call":
        return location.assign(call);
      case "queue":
        return location.assign(queue);
      case "undo":
        return document.querySelector<HTMLElement>("[data-key=u]")?.click();
      case "keys":
        return showKeys();
    }
  }
}

const upper = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

function ticks(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>("[data-picks] input[data-n]")];
}

function deskOf(): Desk {
  const label = (tick: HTMLInputElement) => tick.labels?.[0]?.querySelector("b")?.textContent ?? "";
  const rows = [...document.querySelectorAll<HTMLElement>("#queue a.row")];
  return {
    units: ticks().map((tick) => ({ n: Number(tick.dataset["n"]), label: label(tick) })),
    urgencies: choices("urgency"),
    categories: choices("category"),
    agencies: choices("lead_agency"),
    codes: rows.map((row) => row.id.replace("row-", "")),
    decides: document.querySelector("#triage") !== null,
    sends: ticks().length > 0,
    merges: document.querySelector("#merge-into") !== null,
    english: document.documentElement.lang.startsWith("en"),
  };
}

function choices(name: string): Choice[] {
  const select = document.querySelector<HTMLSelectElement>(`#triage select[name=${name}]`);
  return [...(select?.options ?? [])].map((o) => ({ value: o.value, label: o.text }));
}

function send(numbers: number[]): void {
  for (const tick of ticks()) tick.checked = numbers.includes(Number(tick.dataset["n"]));
  document.body.dispatchEvent(new CustomEvent("desk:ticked"));
  const main = document.querySelector<HTMLElement>("#main-act[data-sends], [data-key=s]");
  main?.click();
}

function decide(set: [string, string][]): void {
  const form = document.querySelector<HTMLFormElement>("#triage");
  for (const [name, value] of set) {
    const field = form?.elements.namedItem(name);
    if (!(field instanceof HTMLSelectElement)) continue;
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const only = document.querySelector<HTMLButtonElement>("button[name=only][value=decide]");
  if (only) only.click();
  else form?.requestSubmit();
}

function merge(code: string): void {
  const form = document.querySelector<HTMLFormElement>("#merge-into");
  const master = form?.querySelector<HTMLInputElement>("input[name=master]");
  if (!form || !master) return;
  master.value = code;
  form.requestSubmit();
}

export const start = island("form[data-command]", (form) => {
  if (form instanceof HTMLFormElement) new Line(form);
});
