/**
 * `form[data-offline="name"]`: goes into the line on the device first and is sent from there, so
 * that it survives a dead network, a dead server and a dead phone, and arrives exactly once.
 *
 * A form with an intake key is blank again once it is kept, ready for the next one. One without a
 * key (a yes, an arrival) belongs to one row of the server, which moves only once: it is locked.
 */
import * as drafts from "../lib/draftstore";
import { fillFields, fillFiles, readFields, readFiles } from "../lib/formfields";
import { island, uuid } from "../lib/island";
import { discard, keep, mine, needsSignIn, outcome, owner, drain, waits } from "../lib/outbox";
import { linesOf } from "../lib/reading-form";
import { isPicture, smaller } from "../lib/shrink";
import { stateLine } from "../lib/stateline";
import { waitWord } from "../lib/waitwords";
import type { Turn } from "../lib/waiting";
import { showAgain } from "./again";

const HUGE = 1_500_000; // bytes; a photo that no draft has made small yet

class OfflineForm {
  private line: HTMLElement;
  private busy = false;
  private opened = ""; // the kept form that is being corrected here

  constructor(
    private form: HTMLFormElement,
    private name: string,
  ) {
    this.line = stateLine(form);
    form.addEventListener("submit", (event) => void this.submit(event), { capture: true });
    void this.begin();
  }

  /** A form that came back is opened by its id in the address; one that waits stays locked. */
  private async begin(): Promise<void> {
    const wanted = /^#waiting=(.+)$/.exec(location.hash)?.[1];
    const found = wanted && (await mine()).find((w) => w.id === wanted && w.name === this.name);
    if (found) {
      this.opened = found.id;
      fillFields(this.form, found.fields);
      fillFiles(this.form, found.files);
      this.say(found.said || waitWord("opened"));
      this.form.scrollIntoView({ block: "start" });
    } else if (!this.key() && (await waits(this.name, this.action()))) this.hold();
  }

  private async submit(event: SubmitEvent): Promise<void> {
    if (event.defaultPrevented || !owner()) return; // a question first; or nobody's form
    event.preventDefault();
    event.stopImmediatePropagation(); // the draft would send it as well
    if (this.busy) return;
    this.busy = true;
    const id = await this.take(event.submitter as HTMLButtonElement | null);
    if (id) {
      await drain();
      await this.sent(id, await outcome(id));
    }
    this.busy = false;
  }

  private async take(button: HTMLButtonElement | null): Promise<string | null> {
    const key = this.key();
    if (key && !key.value) key.value = uuid();
    const fields = readFields(this.form);
    if (button?.name) fields.push([button.name, button.value]);
    this.say(waitWord("sending"));
    const id = await keep({
      name: this.name,
      title: this.form.dataset["offlineTitle"] || document.title.split(" · ")[0]!,
      page: location.pathname + location.search,
      action: this.action(),
      fields,
      lines: linesOf(this.form, button),
      files: await Promise.all(
        readFiles(this.form).map(async ({ name, file }) => ({
          name,
          file: isPicture(file) && file.size > HUGE ? await smaller(file) : file,
        })),
      ),
    });
    if (!id) this.say(waitWord("full"));
    else if (this.opened) await discard(this.opened);
    this.opened = "";
    return id;
  }

  private async sent(id: string, met: Turn | "elsewhere" | undefined): Promise<void> {
    if (met === "elsewhere") {
      this.forgetWords();
      return location.reload();
    }
    if (met?.kind === "sent") {
      this.forgetWords();
      return location.assign(met.location);
    }
    if (met?.kind === "returned") {
      await discard(id); // it stands here, to be mended and sent from here
      if (met.html) showAgain(met.html, this.form);
      else this.say(met.said);
      return;
    }
    this.forgetWords();
    const own = this.form.dataset["offlineKept"];
    const said = needsSignIn() ? waitWord("signin") : own || waitWord("kept");
    if (this.key()) this.blank();
    else this.hold();
    this.say(said);
    if (this.key()) window.scrollTo({ top: 0 });
    else this.line.scrollIntoView({ block: "center" }); // the one sentence that is still to be read
  }

  /** What is in the line needs no draft; a form that waits twice would be sent twice. */
  private forgetWords(): void {
    const draft = this.form.dataset["draft"];
    for (const kept of drafts.all()) {
      if (draft && kept.key === draft && kept.owner === owner()) void drafts.remove(kept);
    }
  }

  private blank(): void {
    this.form.reset();
    const key = this.key();
    if (key) key.value = uuid();
    // The draft of this page learns that there is nothing left to keep.
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private hold(): void {
    for (const part of this.form.children) {
      if (part instanceof HTMLElement && !part.contains(this.line)) part.inert = true;
    }
    this.say(this.form.dataset["offlineKept"] || waitWord("kept"));
  }

  private key(): HTMLInputElement | null {
    return this.form.querySelector<HTMLInputElement>('input[name$="intake_key"]');
  }

  private action(): string {
    const given = this.form.getAttribute("action") || location.pathname + location.search;
    const url = new URL(given, location.href);
    return url.pathname + url.search;
  }

  private say(text: string): void {
    this.line.textContent = text;
  }
}

export const start = island("form[data-offline]", (form) => {
  if (form instanceof HTMLFormElement) new OfflineForm(form, form.dataset["offline"] || "form");
});
