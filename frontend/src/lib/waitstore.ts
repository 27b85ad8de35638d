/** Where waiting forms lie: whole, words and files together, so that none is kept by half. */
import type { Waiting } from "./waiting";

const BASE = "maplebridge-waiting";
const STORE = "forms";

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open(BASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

async function run<T>(mode: IDBTransactionMode, act: (s: IDBObjectStore) => IDBRequest<T>) {
  const base = await open();
  try {
    return await new Promise<T>((done, fail) => {
      // "strict": it must be on the disk before the person is told that it is kept.
      const transaction = base.transaction(STORE, mode, { durability: "strict" });
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => done(request.result);
      transaction.onabort = transaction.onerror = () => fail(transaction.error);
    });
  } finally {
    base.close();
  }
}

export async function all(): Promise<Waiting[]> {
  try {
    return await run("readonly", (s) => s.getAll() as IDBRequest<Waiting[]>);
  } catch {
    return []; // private windows of some browsers have no store
  }
}

/** False when the device has no room; the caller says so and lets nothing go. */
export async function put(waiting: Waiting): Promise<boolean> {
  try {
    await run("readwrite", (s) => s.put(waiting));
    return true;
  } catch {
    return false;
  }
}

export async function remove(id: string): Promise<void> {
  await run("readwrite", (s) => s.delete(id));
}
