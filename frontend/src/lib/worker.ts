/** A word to the worker that keeps pages, and its answer. */
export type ToWorker =
  | { kind: "owner"; owner: string }
  | { kind: "keep"; urls: string[] } // these as well
  | { kind: "list"; urls: string[] } // these, and no order that is not among them
  | { kind: "forget" };

const PATIENCE_MS = 4000;

/** Resolves when the worker has done it, or when there is none to ask. */
export async function tellWorker(said: ToWorker): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const ready = await Promise.race([navigator.serviceWorker.ready, pause(PATIENCE_MS)]);
  const worker = ready ? ready.active : null;
  if (!worker) return;
  const channel = new MessageChannel();
  const answered = new Promise<void>((done) => {
    channel.port1.onmessage = () => done();
  });
  worker.postMessage(said, [channel.port2]);
  await Promise.race([answered, pause(PATIENCE_MS)]);
}

const pause = (ms: number): Promise<void> => new Promise((done) => window.setTimeout(done, ms));
