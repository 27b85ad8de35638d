/** Calls `attach` once for every element that carries the attribute, also after a fragment swap. */
export function island(selector: string, attach: (element: HTMLElement) => void) {
  const known = new WeakSet<HTMLElement>();
  return (root: ParentNode): void => {
    const found = [...root.querySelectorAll<HTMLElement>(selector)];
    if (root instanceof HTMLElement && root.matches(selector)) found.unshift(root);
    for (const element of found) {
      if (known.has(element)) continue;
      known.add(element);
      attach(element);
    }
  };
}

/** An identifier in UUID form; `crypto.randomUUID` is missing on plain http inside a station. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
