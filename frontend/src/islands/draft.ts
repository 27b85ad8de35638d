/**
 * `form[data-draft="key"]`: keeps what is typed, gives it back after a crash, sends it exactly
 * once. Without scripts the form posts as it stands.
 *
 * A form with the hidden `intake_key` waits in a queue while the network is away; the draft goes
 * only when the server has acknowledged. Without that key a repeat could act twice, so the person
 * is asked to try again instead; so also with `data-draft-now`, for what is worth nothing late.
 */
import { choose, isEmpty, keeping, merged, pause, touched, type Answer, type Draft } from "../lib/drafts";
import * as store from "../lib/draftstore";
import {
  fillFields,
  fillFiles,
  initialFields,
  outsideFields,
  readFields,
  readFiles,
  unkeptFields,
} from "../lib/formfields";
import { island, uuid } from "../lib/island";
import { send } from "../lib/sending";
import { isPicture, smaller } from "../lib/shrink";
import { stateLine } from "../lib/stateline";
import { hourMinute, meta, word } from "../lib/words";
import { showAgain } from "./again";
import { toast } from "./toast";

type Later = Extract<Answer, { kind: "later" }>;

const tab = store.tabName();
const SAVE_MS = 400;
const owner = meta("maplebridge-owner");

class DraftForm {
  private initial: [string, string][];
  private timer = 0;
  private retry = 0;
  private line: HTMLElement;
  private draft!: Draft;
  private shrinking: Promise<void> = Promise.resolve();
  private sending = false;
  private stays = false; // this press does not use the words up (`data-draft-keep` on its button)
  private offered = false; // a way on stands in the line, and typing must not take it away
  private looked = false; // before that, a blank form says nothing about the kept draft

  constructor(private form: HTMLFormElement) {
    this.initial = initialFields(this.form);
    this.line = stateLine(form);
    void this.begin();
  }

  private async begin(): Promise<void> {
    const key = this.form.dataset["draft"] || location.pathname;
    const page = location.pathname + location.search;
    const action = new URL(this.form.getAttribute("action") || page, location.href);
    this.draft = {
      key,
      tab: await tab,
      owner,
      savedAt: 0,
      fields: [],
      base: this.initial,
      state: "typing",
      action: action.pathname + action.search,
      page,
      attempts: 0,
    };
    this.form.addEventListener("input", () => this.later());
    this.form.addEventListener("change", (event) => this.changed(event));
    this.form.addEventListener("submit", (event) => void this.submit(event));
    window.addEventListener("pagehide", () => this.timer && this.keep());
    window.addEventListener("online", () => this.draft.state === "queued" && void this.deliver());
    window.addEventListener("storage", () => void this.look(false));
    const typed = this.dirty().size > 0; // before the scripts had loaded
    const early = this.pickers().filter((input) => input.files?.length);
    await store.sweep(Date.now());
    await this.look(true);
    this.looked = true;
    for (const input of early) this.picked(input);
    if (typed) this.keep();
  }

  /** The fields that differ from what the server sent; a key is nobody's typing. */
  private dirty(): Set<string> {
    const names = [...touched(readFields(this.form), this.initial)];
    return new Set(names.filter((name) => !name.endsWith("intake_key")));
  }

  /** Compare with what other windows hold; at the start also restore. */
  private async look(restore: boolean): Promise<void> {
    const now = Date.now();
    const found = choose(store.all(), this.draft, await store.aliveTabs(now), now);
    if (restore && found.restore) await this.restore(this.met(found.restore));
    if (found.offer && found.offer.state === "typing") this.offer(found.offer);
  }

  /** A draft together with what was typed into the page before it could come back. */
  private met(from: Draft): Draft {
    const dirty = this.dirty();
    if (!dirty.size || from.state === "queued") return from;
    const long = (name: string) => this.form.elements.namedItem(name) instanceof HTMLTextAreaElement;
    return { ...from, fields: merged(from.fields, readFields(this.form), dirty, long) };
  }

  private async restore(from: Draft): Promise<void> {
    const files = await store.getFiles(from);
    fillFiles(this.form, files);
    const nothing = isEmpty(from.fields, this.initial) && !files.length;
    if (nothing && from.state === "typing") return;
    const queued = from.state === "queued";
    const only = from.base && !queued ? touched(from.fields, from.base) : undefined;
    fillFields(this.form, from.fields, only);
    this.unfold(only);
    const { fields, base = this.initial, savedAt, state } = from;
    this.draft = { ...this.draft, fields, base, savedAt, state };
    if (from.tab !== this.draft.tab) {
      store.save(this.draft);
      await store.putFiles(this.draft, files);
      await store.remove(from);
    }
    if (queued) return void this.deliver();
    this.say("draftRestored", { time: hourMinute(from.savedAt) }, [
      ["draftDrop", () => void this.drop()],
    ]);
  }

  private offer(other: Draft): void {
    if (this.draft.state === "queued" || isEmpty(other.fields, readFields(this.form))) return;
    this.say("draftOther", { time: hourMinute(other.savedAt) }, [
      ["draftTake", () => void this.restore(other)],
    ]);
  }

  private async drop(): Promise<void> {
    window.clearTimeout(this.timer);
    this.timer = 0;
    await store.remove(this.draft);
    this.draft = { ...this.draft, base: this.initial };
    this.form.reset();
    fillFields(this.form, this.initial);
    this.line.replaceChildren();
  }

  /** Whoever deletes every word wants none of them back. */
  private async forget(): Promise<void> {
    this.draft = { ...this.draft, fields: [], base: this.initial, savedAt: 0 };
    this.line.replaceChildren();
    await store.remove(this.draft);
  }

  private later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.keep(), SAVE_MS);
  }

  private changed(event: Event): void {
    const input = event.target;
    if (input instanceof HTMLInputElement && input.type === "file") this.picked(input);
    else this.later();
  }

  private pickers(): HTMLInputElement[] {
    return [...this.form.querySelectorAll<HTMLInputElement>("input[type=file]")];
  }

  private picked(input: HTMLInputElement): void {
    this.shrinking = this.shrinking.then(() => this.shrink(input));
  }

  /** Pictures are made small before they are kept and sent; one that resists goes as it is. */
  private async shrink(input: HTMLInputElement): Promise<void> {
    const files = [...(input.files ?? [])];
    const held = new DataTransfer();
    for (const [at, file] of files.entries()) {
      if (isPicture(file)) this.say("draftShrinking", { n: at + 1, all: files.length });
      held.items.add(await smaller(file));
    }
    input.files = held.files;
    await this.keepFiles();
    this.line.replaceChildren();
    this.keep();
  }

  private keep(): void {
    window.clearTimeout(this.timer);
    this.timer = 0;
    if (this.draft.state === "queued" || this.sending) return;
    const fields = readFields(this.form);
    const files = readFiles(this.form).length;
    const kept = this.looked && store.has(this.draft);
    const todo = keeping(fields, this.initial, files, kept);
    if (todo === "remove") void this.forget();
    if (todo !== "save") return;
    this.setKey();
    this.draft = { ...this.draft, fields: readFields(this.form), savedAt: Date.now() };
    if (!store.save(this.draft)) return this.say("draftFull");
    if (!this.offered) this.say("draftSaved", { time: hourMinute(this.draft.savedAt) });
  }

  private async keepFiles(): Promise<void> {
    if (!(await store.putFiles(this.draft, readFiles(this.form)))) this.say("draftFull");
  }

  private async submit(event: SubmitEvent): Promise<void> {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const button = event.submitter as HTMLButtonElement | null;
    if (this.sending) return; // pressed twice; the first is on its way
    this.sending = true;
    await this.shrinking;
    window.clearTimeout(this.timer);
    this.timer = 0;
    this.setKey();
    const fields = [...readFields(this.form), ...outsideFields(this.form)];
    if (button?.name) fields.push([button.name, button.value]);
    this.stays = button?.hasAttribute("data-draft-keep") ?? false;
    const now = Date.now();
    // Kept before it is sent: from here on a crash can delay it, but not lose it.
    const state = this.mayWait() ? "queued" : "typing";
    this.draft = { ...this.draft, fields, savedAt: now, state, attempts: 0 };
    store.save(this.draft);
    await this.keepFiles();
    await this.deliver();
  }

  private async deliver(): Promise<void> {
    window.clearTimeout(this.retry);
    this.sending = true;
    this.lock(true); // the words may already be at the server; a change would be lost
    this.say("draftSending");
    const files = await store.getFiles(this.draft);
    const fields = [...this.draft.fields, ...unkeptFields(this.form)];
    const whole = { ...this.draft, fields };
    const { answer, html } = await send(whole, files.length ? files : readFiles(this.form));
    if (answer.kind === "stored") {
      if (this.stays) this.keepOn();
      else await store.remove(this.draft);
      this.say("draftSent");
      return location.assign(answer.location);
    }
    if (answer.kind === "later" && this.mayWait()) return this.wait(answer);
    this.sending = false;
    window.clearTimeout(this.timer); // locking took the focus, which counted as typing
    this.lock(false);
    this.draft = { ...this.draft, state: "typing" };
    store.save(this.draft);
    if (answer.kind === "again") return showAgain(html, this.form);
    if (answer.kind === "signin") return this.say("draftSignin");
    if (answer.kind === "nofile") return this.offerWithout(answer.detail);
    if (answer.kind === "later" && !answer.heard) return this.say("network");
    this.say("draftRefused", {}, [], answer.kind === "token" ? "" : answer.detail);
  }

  /** Something else was done than what this form is for: its words wait for their own turn. */
  private keepOn(): void {
    this.draft = { ...this.draft, fields: readFields(this.form), state: "typing" };
    if (isEmpty(this.draft.fields, this.initial)) void store.remove(this.draft);
    else store.save(this.draft);
  }

  private offerWithout(detail: string): void {
    this.offered = true;
    this.say("", {}, [["draftNofile", () => void this.sendWithout()]], detail);
    this.line.querySelector("button")?.focus();
  }

  /** The same words, the same key, no picture. */
  private async sendWithout(): Promise<void> {
    this.offered = false;
    for (const input of this.pickers()) input.value = "";
    await store.putFiles(this.draft, []);
    this.form.requestSubmit();
  }

  private wait(answer: Later): void {
    this.draft = { ...this.draft, attempts: this.draft.attempts + 1 };
    store.save(this.draft);
    this.say(answer.heard ? "draftBusy" : "draftWaiting");
    const wait = Math.max(answer.wait, pause(this.draft.attempts));
    this.retry = window.setTimeout(() => void this.deliver(), wait);
  }

  /** Everything but the line that says how it stands; that one must stay readable aloud. */
  private lock(on: boolean): void {
    for (const part of this.form.children) {
      if (part instanceof HTMLElement && !part.contains(this.line)) part.inert = on;
    }
  }

  /** Words that came back into a folded part would not be seen. */
  private unfold(only: ReadonlySet<string> = new Set()): void {
    const back = [...this.form.elements].filter((e) => only.has((e as HTMLInputElement).name));
    for (const element of [this.form, ...back]) {
      let fold = element.closest("details");
      for (; fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
    }
  }

  private keyField(): HTMLInputElement | null {
    return this.form.querySelector<HTMLInputElement>('input[name$="intake_key"]');
  }

  /** Only what is known again by its key is repeated; an alarm of an hour ago never is. */
  private mayWait(): boolean {
    return Boolean(this.keyField()?.value) && !("draftNow" in this.form.dataset);
  }

  private setKey(): void {
    const field = this.keyField();
    if (field && !field.value) field.value = uuid();
  }

  private say(
    name: string,
    values: Record<string, string | number> = {},
    acts: [string, () => void][] = [],
    extra = "",
  ): void {
    this.line.textContent = [extra, name && word(name, values)].filter(Boolean).join(" ");
    for (const [label, act] of acts) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = label === "draftNofile" ? "btn btn-main" : "btn btn-bare";
      button.textContent = word(label);
      button.addEventListener("click", act);
      this.line.append(" ", button);
    }
  }
}

/** Drafts that were submitted in a window which is gone are sent from wherever we are. */
export async function drain(): Promise<void> {
  const now = Date.now();
  const me = await tab;
  const alive = await store.aliveTabs(now);
  const here = new Set(
    [...document.querySelectorAll<HTMLElement>("form[data-draft]")].map((f) => f.dataset["draft"]),
  );
  for (const draft of store.all()) {
    const free = draft.tab === me || !alive.has(draft.tab);
    if (draft.state !== "queued" || draft.owner !== owner || !free || here.has(draft.key)) continue;
    const { answer } = await send(draft, await store.getFiles(draft));
    if (answer.kind === "stored") {
      await store.remove(draft);
      toast(word("draftSent"), { href: answer.location });
    } else if (answer.kind === "later") {
      window.setTimeout(() => void drain(), Math.max(answer.wait, pause(draft.attempts + 1)));
    } else if (answer.kind !== "signin" && answer.kind !== "token") {
      // Trying again changes nothing; the words wait where they were typed, and it is said.
      store.save({ ...draft, state: "typing", savedAt: now });
      const detail = "detail" in answer ? answer.detail : "";
      toast([detail, word("draftRefused")].filter(Boolean).join(" "), { href: draft.page });
    }
  }
}

export const start = island("form[data-draft]", (form) => {
  if (form instanceof HTMLFormElement) void new DraftForm(form);
});

/** Signing out leaves no words behind for the next person, except those still to be sent. */
export const clear = island("form[data-draft-clear]", (form) => {
  form.addEventListener("submit", () => {
    for (const draft of store.all()) {
      if (draft.owner === owner && draft.state === "typing") void store.remove(draft);
    }
  });
});
