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
import { toast } from "./toast";

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
  if (!(await reachable())) return toast(waitWord("signOutOffline"));
  const waiting = (await mine()).length + queued().length;
  const out = () => void wipe().finally(() => {
    going.add(form);
    form.requestSubmit();
  });
  if (waiting) ask({ confirm: waitWord("signOutAsk", { n: waiting }), confirmYes: waitWord("signOutYes") }, out);
  else out();
}

/** Without a network the server would not learn of it: the account stayed open, the forms gone. */
async function reachable(): Promise<boolean> {
  try {
    const options = { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(8000) } as const;
    return (await fetch("/manifest.webmanifest", options)).ok;
  } catch {
    return false;
  }
}

const queued = () => drafts.all().filter((d) => d.owner === owner() && d.state === "queued");

async function wipe(): Promise<void> {
  for (const { id } of await mine()) await discard(id);
  for (const draft of queued()) await drafts.remove(draft);
  await tellWorker({ kind: "forget" });
}
