/**
 * `data-replay="…/day.json?day=…"`: plays a day of the past. The numbers of the whole day come once;
 * every minute is added up from them here, so that moving the slider asks the server for nothing.
 */
import { island } from "../lib/island";
import { type Day, type Frame, clock, eventFrom, frameAt, shapeOf } from "../lib/replay";

const NS = "http://www.w3.org/2000/svg";
const TICK_MS = 100;
const CALM_MS = 1000;

class Replay {
  private minute: number; // with its fraction while it plays
  private shown = -1;
  private speed = 60;
  private timer = 0;
  private marks = new Map<string, { mark: SVGElement; key: string }>();
  private slider: HTMLInputElement;
  private play: HTMLButtonElement;
  private playWord: string;

  constructor(
    private root: HTMLElement,
    private day: Day,
  ) {
    this.slider = this.one("input[type=range]");
    this.play = this.one("[data-play]");
    this.playWord = this.play.textContent ?? "";
    this.minute = Number(this.slider.value);
    for (const old of root.querySelectorAll("[data-marks] > .mark")) old.remove();
    this.slider.addEventListener("input", () => this.go(Number(this.slider.value)));
    this.play.addEventListener("click", () => this.toggle());
    for (const button of root.querySelectorAll<HTMLElement>("[data-step]")) {
      button.addEventListener("click", () => this.step(button.dataset["step"] === "1" ? 1 : -1));
    }
    for (const button of root.querySelectorAll<HTMLElement>("[data-speed]")) {
      button.addEventListener("click", () => this.pace(Number(button.dataset["speed"])));
    }
    document.addEventListener("keydown", (event) => this.key(event));
    for (const waiting of root.querySelectorAll<HTMLElement>("[data-needs-script]")) {
      waiting.hidden = false;
    }
    this.draw();
  }

  private one<T extends Element>(selector: string): T {
    return this.root.querySelector<T>(selector)!;
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    const typing = target.matches("input:not([type=range]), select, textarea");
    if (typing) return;
    if (event.key === " " && !target.matches("button, a")) this.toggle();
    else if (event.key === "n") this.step(1);
    else if (event.key === "p") this.step(-1);
    else return;
    event.preventDefault();
  }

  private toggle(): void {
    if (this.timer) return this.pause();
    if (this.minute >= this.day.last) this.minute = 0;
    let before = performance.now();
    this.timer = window.setInterval(() => {
      const now = performance.now();
      this.go(this.minute + ((now - before) / 60_000) * this.speed);
      before = now;
      if (this.minute >= this.day.last) this.pause();
    }, TICK_MS);
    this.play.textContent = this.play.dataset["pause"] ?? "";
  }

  private pause(): void {
    window.clearInterval(this.timer);
    this.timer = 0;
    this.play.textContent = this.playWord;
  }

  private step(by: 1 | -1): void {
    this.pause();
    this.go(eventFrom(this.day, Math.floor(this.minute), by));
  }

  private pace(speed: number): void {
    this.speed = speed;
    for (const button of this.root.querySelectorAll<HTMLElement>("[data-speed]")) {
      button.setAttribute("aria-pressed", String(Number(button.dataset["speed"]) === speed));
    }
  }

  private go(minute: number): void {
    this.minute = Math.max(0, Math.min(minute, this.day.last));
    if (Math.floor(this.minute) !== this.shown) this.draw();
  }

  private draw(): void {
    this.shown = Math.floor(this.minute);
    const frame = frameAt(this.day, this.shown);
    const time = clock(this.shown);
    this.slider.value = String(this.shown);
    this.slider.setAttribute("aria-valuetext", time);
    this.one("[data-clock-face]").textContent = time;
    this.figures(frame);
    this.map(frame);
  }

  private figures(frame: Frame): void {
    const nowhere = shapeOf(frame.cells.get(-1)).n;
    const said: Record<string, number> = {
      received: frame.received, nowhere, first: frame.first[0], came: frame.first[1],
      half: frame.half[0], alarms: frame.half[1],
      going: [...frame.going.values()].reduce((sum, n) => sum + n, 0),
    };
    for (const [name, n] of Object.entries(said)) say(this.root, `[data-figure=${name}]`, n);
    this.one<HTMLElement>(".w-nowhere").hidden = nowhere === 0;
    const standing = new Map<number, number>();
    for (const [cell, counts] of frame.cells) {
      if (cell < 0) continue;
      for (const [level, n] of counts) standing.set(level, (standing.get(level) ?? 0) + n);
    }
    for (const level of [0, 1, 2, 3, 4]) {
      say(this.root, `[data-urgency="${level}"]`, frame.urgencies.get(level) ?? 0);
      say(this.root, `[data-standing="${level}"]`, standing.get(level) ?? 0);
    }
    const rows = [...this.root.querySelectorAll<HTMLElement>("[data-kinds]")];
    const whole = frameAt(this.day, this.day.last).kinds;
    const most = Math.max(1, ...rows.map((row) => sum(row, whole)));
    for (const row of rows) {
      const n = sum(row, frame.kinds);
      row.querySelector("b")!.textContent = String(n);
      row.querySelector("rect")!.setAttribute("width", `${Math.min(100, (100 * n) / most)}%`);
    }
  }

  /** Only what changed is touched: what stands does not flicker. */
  private map(frame: Frame): void {
    const layer = this.one<SVGElement>("[data-marks]");
    const tints = this.one<SVGElement>("[data-tints]");
    const drawn = new Set<string>();
    const lit: SVGElement[] = [];
    this.day.cells.forEach(([code, x, y], number) => {
      const { worst, n } = shapeOf(frame.cells.get(number));
      const going = frame.going.get(number) ?? 0;
      if (x < 0 || (!n && going <= 0)) return;
      drawn.add(code);
      if (n) lit.push(use(`#cell-${code}`, 0, 0, worst < 3 ? "m-warm2" : "m-warm"));
      this.mark(layer, code, x, y, worst, n, going);
    });
    tints.replaceChildren(...lit);
    for (const [code, { mark }] of this.marks) {
      if (drawn.has(code)) continue;
      this.marks.delete(code);
      mark.classList.add("is-gone");
      window.setTimeout(() => mark.remove(), CALM_MS);
    }
  }

  private mark(
    layer: SVGElement, code: string, x: number, y: number, worst: number, n: number, going: number,
  ): void {
    const key = `${worst} ${n} ${going}`;
    const known = this.marks.get(code);
    if (known?.key === key) return;
    const mark = known?.mark ?? element("g", { class: "mark is-new", transform: `translate(${x} ${y})` });
    mark.replaceChildren(...parts(worst, n, going));
    if (!known) {
      layer.append(mark);
      window.setTimeout(() => mark.classList.remove("is-new"), CALM_MS);
    }
    this.marks.set(code, { mark, key });
  }
}

/** The same drawing as live/marker.html. */
function parts(worst: number, n: number, going: number): SVGElement[] {
  const found: SVGElement[] = [];
  if (n && worst < 3) {
    found.push(use(`#w-${worst}`, 0, 0));
    if (n > 1) found.push(use("#w-n", 20, 12), text(n, 20, 19, "m-n"));
  } else if (n) found.push(use("#w-3", 0, 0), text(n, 0, 7, "m-n"));
  if (going > 0) found.push(use("#w-help", -20, -12), text(going, -20, -5, "m-n m-help-n"));
  return found;
}

function element(name: string, values: Record<string, string>): SVGElement {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
  return made;
}

function use(href: string, x: number, y: number, css = ""): SVGElement {
  return element("use", { href, x: String(x), y: String(y), class: css });
}

function text(n: number, x: number, y: number, css: string): SVGElement {
  const made = element("text", { x: String(x), y: String(y), class: css });
  made.textContent = String(n);
  return made;
}

function say(root: HTMLElement, selector: string, n: number): void {
  const found = root.querySelector(selector);
  if (found && found.textContent !== String(n)) found.textContent = String(n);
}

function sum(row: HTMLElement, counts: Map<number, number>): number {
  const kinds = (row.dataset["kinds"] ?? "").split(",").map(Number);
  return kinds.reduce((total, kind) => total + (counts.get(kind) ?? 0), 0);
}

export const start = island("[data-replay]", (root) => {
  void fetch(root.dataset["replay"] ?? "", { cache: "no-store" }).then(async (answer) => {
    if (answer.ok) new Replay(root, (await answer.json()) as Day);
  });
});
