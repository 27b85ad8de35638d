/**
 * The desk's command line as a pure function: words in, a meaning out; nothing is done here.
 *
 * One verb and what belongs to it: `派 1 2 3`, `send 1 2 3`, `研判 特急`, `并 CODE`, `转 城管`,
 * `查 CODE`, `交班`. Full-width letters, digits, spaces and commas count as their plain twins, and
 * a Chinese verb needs no space behind it. Matters are opened by their code; nobody is looked up.
 */

export interface Choice {
  value: string;
  label: string;
}

/** What the page offers right now. */
export interface Desk {
  units: { n: number; label: string }[];
  urgencies: Choice[];
  categories: Choice[];
  agencies: Choice[];
  codes: string[]; // of the queue, for completion
  decides: boolean; // this matter can be judged here
  sends: boolean;
  merges: boolean;
  english: boolean;
}

export type Verb =
  "send" | "triage" | "merge" | "transfer" | "open" | "handover" | "call" | "queue" | "undo" | "keys";

export type Meaning =
  | { kind: "nothing" }
  | { kind: "send"; numbers: number[]; labels: string[] }
  | { kind: "triage"; set: [string, string][]; labels: string[] }
  | { kind: "transfer"; agency: string; labels: string[] }
  | { kind: "merge" | "open"; code: string }
  | { kind: "handover" | "call" | "queue" | "undo" | "keys" }
  | { kind: "wrong"; why: string; values: Record<string, string> };

const VERBS: Record<Verb, string[]> = {
  send: ["派出", "派遣", "派", "send"],
  triage: ["研判", "判", "triage", "judge"],
  merge: ["并单", "并", "merge"],
  transfer: ["转办", "转", "transfer"],
  open: ["查", "打开", "开", "open"],
  handover: ["交接班", "交班", "交接", "handover"],
  call: ["接电话", "接", "call"],
  queue: ["值班台", "队列", "queue"],
  undo: ["撤回", "撤销", "撤", "undo"],
  keys: ["按键", "帮助", "help", "?"],
};
/** The word completion writes, Chinese and English. */
const SAID: Record<Verb, [string, string]> = {
  send: ["派", "send"],
  triage: ["研判", "triage"],
  merge: ["并", "merge"],
  transfer: ["转", "transfer"],
  open: ["查", "open"],
  handover: ["交班", "handover"],
  call: ["接电话", "call"],
  queue: ["值班台", "queue"],
  undo: ["撤回", "undo"],
  keys: ["按键", "help"],
};
const CODE = /^[0-9A-Z]{9}$/;

export function plain(text: string): string {
  return text.normalize("NFKC").replace(/[,;、，；。]+/g, " ").replace(/\s+/g, " ").trim();
}

export function splitVerb(text: string): { verb: Verb | null; word: string; rest: string } {
  const line = plain(text);
  const word = line.split(" ")[0] ?? "";
  for (const [verb, names] of Object.entries(VERBS) as [Verb, string[]][]) {
    for (const name of names) {
      if (word.toLowerCase() === name) return { verb, word, rest: line.slice(name.length).trim() };
    }
  }
  for (const [verb, names] of Object.entries(VERBS) as [Verb, string[]][]) {
    for (const name of names) {
      const glued = /[\u4e00-\u9fff]/.test(name) && line.startsWith(name);
      if (glued) return { verb, word: name, rest: line.slice(name.length).trim() };
    }
  }
  return { verb: null, word, rest: "" };
}

export function meaning(text: string, desk: Desk): Meaning {
  const { verb, word, rest } = splitVerb(text);
  if (!word) return { kind: "nothing" };
  switch (verb) {
    case null:
      return CODE.test(asCode(text)) ? { kind: "open", code: asCode(text) } : wrong("verb", { word });
    case "send":
      return sending(rest, desk);
    case "triage":
      return judging(rest, desk);
    case "transfer":
      return passing(rest, desk);
    case "merge":
      if (!desk.merges) return wrong("noMerge");
      return CODE.test(asCode(rest)) ? { kind: "merge", code: asCode(rest) } : wrong("mergeCode");
    case "open":
      return CODE.test(asCode(rest)) ? { kind: "open", code: asCode(rest) } : wrong("openCode");
    default:
      return { kind: verb };
  }
}

function wrong(why: string, values: Record<string, string> = {}): Meaning {
  return { kind: "wrong", why, values };
}

function asCode(text: string): string {
  return plain(text).toUpperCase().replace(/[\s-]/g, "");
}

/** `123` is one, two and three where nobody has the number 123. */
function sending(rest: string, desk: Desk): Meaning {
  if (!desk.sends) return wrong("noSend");
  if (!rest) return wrong("whom");
  const known = new Map(desk.units.map((unit) => [unit.n, unit.label]));
  const numbers = new Set<number>();
  for (const word of rest.split(" ")) {
    if (!/^\d+$/.test(word)) return wrong("number", { word });
    const parts = known.has(Number(word)) ? [word] : [...word];
    for (const part of parts) {
      if (!known.has(Number(part))) return wrong("nobody", { word: part });
      numbers.add(Number(part));
    }
  }
  const sorted = [...numbers].sort((a, b) => a - b);
  return { kind: "send", numbers: sorted, labels: sorted.map((n) => known.get(n) ?? "") };
}

function judging(rest: string, desk: Desk): Meaning {
  if (!desk.decides) return wrong("noTriage");
  const set: [string, string][] = [];
  const labels: string[] = [];
  for (const word of rest ? rest.split(" ") : []) {
    const urgency = oneOf(desk.urgencies, word);
    const category = urgency ? null : oneOf(desk.categories, word);
    const found = urgency ?? category;
    if (!found) return wrong("triageWord", { word });
    set.push([urgency ? "urgency" : "category", found.value]);
    labels.push(found.label);
  }
  return { kind: "triage", set, labels };
}

function passing(rest: string, desk: Desk): Meaning {
  if (!desk.decides) return wrong("noTriage");
  if (!rest) return wrong("agency", { word: "" });
  const found = oneOf(desk.agencies, rest);
  if (!found) return wrong("agency", { word: rest });
  return { kind: "transfer", agency: found.value, labels: [found.label] };
}

/** The whole label or its code; else the only one that begins with the word, or holds it. */
function oneOf(choices: Choice[], word: string): Choice | null {
  const said = word.toLowerCase();
  const real = choices.filter((choice) => choice.value);
  const exact = real.find((c) => c.label.toLowerCase() === said || c.value.toLowerCase() === said);
  if (exact) return exact;
  const begins = real.filter((c) => c.label.toLowerCase().startsWith(said));
  if (begins.length === 1) return begins[0]!;
  const holds = real.filter((c) => c.label.toLowerCase().includes(said));
  return holds.length === 1 ? holds[0]! : null;
}

/** The line with its last word completed; null when nothing fits. */
export function completed(text: string, desk: Desk): string | null {
  const line = text.normalize("NFKC").replace(/^\s+/, "");
  const { verb, rest } = splitVerb(line);
  const name = (v: Verb) => SAID[v][desk.english ? 1 : 0];
  if (!verb) {
    const said = line.trim().toLowerCase();
    const all = (Object.keys(SAID) as Verb[]).flatMap((v) => [name(v), ...SAID[v], ...VERBS[v]]);
    const found = all.find((word) => word.toLowerCase().startsWith(said));
    return found && said ? `${found} ` : null;
  }
  const words = rest.split(" ");
  const last = /\s$/.test(text) ? "" : (words.pop() ?? "");
  const found = candidates(verb, words, desk).find((c) => c.toLowerCase().startsWith(last.toLowerCase()));
  if (!found) return null;
  return [name(verb), ...words.filter(Boolean), found].join(" ") + " ";
}

function candidates(verb: Verb, before: string[], desk: Desk): string[] {
  const labels = (choices: Choice[]) => choices.filter((c) => c.value).map((c) => c.label);
  if (verb === "send") return desk.units.map((u) => String(u.n)).filter((n) => !before.includes(n));
  if (verb === "triage") return [...labels(desk.urgencies), ...labels(desk.categories)];
  if (verb === "transfer") return labels(desk.agencies);
  if (verb === "open" || verb === "merge") return desk.codes;
  return [];
}
