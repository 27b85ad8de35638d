/**
 * `form[data-draft-clear]`, the way out: asks when something is still to be sent, then takes
 * everything of this account off the device before the sign-out is sent.
 */
import * as drafts from "../lib/draftstore";
import { island } from "../lib/island";
import { discard, mine, owner } from "../lib/outbox";
import { waitWord } from "../lib/waitwords";
import { tellWorker } from "../lib/worker";
import { ask } from "./confirm";

const going = new WeakSet<HTMLFormElement>();

export const start = island("form[data-draft-clear]", (element) => {
  const form = element as HTMLFormElement;
  form.addEventListener("submit", (event) => {
    if (going.has(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void leave(form);
  }, { capture: true });
});

async function leave(form: HTMLFormElement): Promise<void> {
  const waiting = (await mine()).length + queued().length;
  const out = () => void wipe().finally(() => {
    going.add(form);
    form.requestSubmit();
  });
  if (waiting) ask(waitWord("signOutAsk", { n: waiting }), out, waitWord("signOutYes"));
  else out();
}

const queued = () => drafts.all().filter((d) => d.owner === owner() && d.state === "queued");

async function wipe(): Promise<void> {
  for (const { id } of await mine()) await discard(id);
  for (const draft of queued()) await drafts.remove(draft);
  await tellWorker({ kind: "forget" });
}
