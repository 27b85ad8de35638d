/** Where drafts live: text in localStorage (written at once, even while a page dies), files in IndexedDB. */
import { PREFIX, isStale, storageKey, type Draft } from "./drafts";
import { uuid } from "./island";

export function all(): Draft[] {
  const found: Draft[] = [];
  for (let i = 0; i < localStorage.length; i++) {
    const name = localStorage.key(i);
    if (!name?.startsWith(PREFIX)) continue;
    const draft = parse(localStorage.getItem(name));
    if (draft) found.push(draft);
  }
  return found;
}

function parse(text: string | null): Draft | null {
  try {
    const draft = JSON.parse(text ?? "") as Draft;
    return typeof draft.key === "string" && Array.isArray(draft.fields) ? draft : null;
  } catch {
    return null;
  }
}

/** False when the device has no room; the caller says so. */
export function save(draft: Draft): boolean {
  try {
    localStorage.setItem(storageKey(draft), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function has(draft: Pick<Draft, "key" | "tab">): boolean {
  return localStorage.getItem(storageKey(draft)) !== null;
}

export async function remove(draft: Pick<Draft, "key" | "tab">): Promise<void> {
  localStorage.removeItem(storageKey(draft));
  await putFiles(draft, []);
}

export async function sweep(now: number): Promise<void> {
  for (const draft of all()) if (isStale(draft, now)) await remove(draft);
}

/**
 * The name of this window. A duplicated tab copies sessionStorage, so the name is held by a lock
 * and a second holder takes a new one. Without locks (plain http) each load is a window.
 */
export async function tabName(): Promise<string> {
  const given = sessionStorage.getItem("maplebridge:tab") || uuid();
  const name = (await hold(given)) ? given : uuid();
  if (name !== given) await hold(name);
  sessionStorage.setItem("maplebridge:tab", name);
  return name;
}

function hold(name: string): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((done) => {
    void navigator.locks.request(`maplebridge-tab-${name}`, { ifAvailable: true }, (lock) => {
      done(lock !== null);
      return lock ? new Promise<never>(() => undefined) : undefined;
    });
  });
}

/** Windows that are open now. Without locks: those that saved in the last half minute. */
export async function aliveTabs(now: number): Promise<Set<string>> {
  if (!navigator.locks) {
    return new Set(all().filter((d) => now - d.savedAt < 30_000).map((d) => d.tab));
  }
  const { held = [] } = await navigator.locks.query();
  return new Set(held.map((lock) => (lock.name ?? "").replace("maplebridge-tab-", "")));
}

export interface KeptFile {
  name: string; // of the form field
  file: File;
}

const STORE = "files";

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open("maplebridge-drafts", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

async function run(mode: IDBTransactionMode, act: (s: IDBObjectStore) => IDBRequest) {
  const base = await open();
  try {
    return await new Promise<unknown>((done, fail) => {
      const transaction = base.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => done(request.result);
      transaction.onabort = transaction.onerror = () => fail(transaction.error);
    });
  } finally {
    base.close();
  }
}

export async function putFiles(draft: Pick<Draft, "key" | "tab">, files: KeptFile[]) {
  const name = storageKey(draft);
  try {
    await run("readwrite", (s) => (files.length ? s.put(files, name) : s.delete(name)));
    return true;
  } catch {
    return files.length === 0;
  }
}

export async function getFiles(draft: Pick<Draft, "key" | "tab">): Promise<KeptFile[]> {
  try {
    return ((await run("readonly", (s) => s.get(storageKey(draft)))) as KeptFile[]) ?? [];
  } catch {
    return [];
  }
}
