/** `[data-waiting-list]`: what waits on this phone, form by form; and the bar that counts it. */
import { island } from "../lib/island";
import { CHANGED, again, discard, drain, mine, needsSignIn } from "../lib/outbox";
import type { Waiting } from "../lib/waiting";
import { hourMinute } from "../lib/words";
import { waitWord } from "../lib/waitwords";
import { ask } from "./confirm";

export const start = island("[data-waiting-list]", (list) => {
  const draw = async (): Promise<void> => {
    const all = await mine();
    const open = new Set([...list.querySelectorAll("details[open]")].map((d) => d.id));
    list.replaceChildren(...all.map((waiting) => item(waiting, open)));
    document.querySelector<HTMLElement>("[data-waiting-none]")!.hidden = all.length > 0;
    document.querySelector<HTMLElement>("[data-waiting-send]")!.hidden = all.length === 0;
  };
  document.body.addEventListener(CHANGED, () => void draw());
  // Without a network this page also stands in for those that are not kept; then that comes first.
  const absent = document.querySelector<HTMLElement>("[data-waiting-absent]");
  if (absent) absent.hidden = location.pathname === absent.dataset["waitingAbsent"];
  document
    .querySelector("[data-waiting-send] button")
    ?.addEventListener("click", () => void drain());
  void draw();
});

function item(waiting: Waiting, open: Set<string>): HTMLElement {
  const row = make("li", "wait");
  const head = make("p", "wait-head");
  const tag = make("span", waiting.state === "returned" ? "chip chip-2" : "tag tag-dash");
  tag.textContent = stateOf(waiting);
  head.append(strong(waiting.title), tag);
  const when = make("p", "note", waitWord("keptAt", { time: hourMinute(waiting.keptAt) }));
  row.append(head, when);
  if (waiting.said) row.append(make("p", "error", waiting.said));
  row.append(words(waiting, open), acts(waiting));
  return row;
}

function stateOf(waiting: Waiting): string {
  if (waiting.state === "returned") return waitWord("returned");
  return waitWord(needsSignIn() ? "waitsSignin" : "waits");
}

function words(waiting: Waiting, open: Set<string>): HTMLElement {
  const fold = document.createElement("details");
  fold.id = `wait-${waiting.id}`;
  fold.open = open.has(fold.id);
  const list = make("dl", "wait-words");
  for (const [label, said] of waiting.lines) {
    list.append(make("dt", "", label || waitWord("pressed")), make("dd", "", said));
  }
  fold.append(make("summary", "btn btn-bare", waitWord("look")), list);
  return fold;
}

function acts(waiting: Waiting): HTMLElement {
  const row = make("div", "row-btns");
  if (waiting.state === "returned") {
    const link = make("a", "btn btn-main", waitWord("mend")) as HTMLAnchorElement;
    link.href = `${waiting.page}#waiting=${waiting.id}`;
    row.append(link, button(waitWord("again"), () => void again(waiting)));
  }
  row.append(
    button(waitWord("discard"), () => ask({ confirm: waitWord("discardAsk") }, () => void discard(waiting.id))),
  );
  return row;
}

function button(label: string, act: () => void): HTMLElement {
  const made = make("button", "btn", label) as HTMLButtonElement;
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

const strong = (words: string): HTMLElement => make("b", "t", words);

function make(tag: string, look: string, words = ""): HTMLElement {
  const made = document.createElement(tag);
  if (look) made.className = look;
  made.textContent = words;
  return made;
}
