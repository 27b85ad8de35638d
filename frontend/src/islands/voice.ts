/**
 * `data-voice="name"` on a hidden button: speaking instead of typing, where the browser can. Many
 * browsers send the voice to their maker to be recognised, so the page says so and asks first
 * (`data-voice-ask`). Only the words reach us.
 */
import { island } from "../lib/island";

const AGREED = "maplebridge:voice-agreed";

interface Heard extends Event {
  resultIndex: number;
  results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }>;
}
interface Listener extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  start(): void;
  stop(): void;
}
type Maker = new () => Listener;

function maker(): Maker | undefined {
  const known = window as unknown as Record<string, Maker | undefined>;
  return known["SpeechRecognition"] ?? known["webkitSpeechRecognition"];
}

export const start = island("[data-voice]", (button) => {
  const Make = maker();
  const form = button.closest("form");
  const box = form?.querySelector<HTMLTextAreaElement>(`[name="${button.dataset["voice"]}"]`);
  const ask = form?.querySelector<HTMLElement>("[data-voice-ask]");
  const state = form?.querySelector<HTMLElement>("[data-voice-state]");
  if (!Make || !box || !ask || !state) return;
  new Voice(button, box, ask, state, Make);
});

class Voice {
  private listener: Listener | null = null;

  constructor(
    private button: HTMLElement,
    private box: HTMLTextAreaElement,
    private ask: HTMLElement,
    private state: HTMLElement,
    private Make: Maker,
  ) {
    button.hidden = false;
    button.addEventListener("click", () => this.press());
    ask.querySelector("[data-voice-yes]")?.addEventListener("click", () => this.agree());
    ask.querySelector("[data-voice-no]")?.addEventListener("click", () => {
      ask.hidden = true;
      box.focus();
    });
  }

  private press(): void {
    if (this.listener) return this.listener.stop();
    if (localStorage.getItem(AGREED)) return this.listen();
    this.ask.hidden = false;
    this.ask.querySelector<HTMLElement>("[data-voice-yes]")?.focus();
  }

  private agree(): void {
    localStorage.setItem(AGREED, "yes");
    this.ask.hidden = true;
    this.listen();
  }

  private listen(): void {
    const listener = (this.listener = new this.Make());
    listener.lang = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en-GB";
    listener.continuous = true;
    listener.interimResults = true;
    listener.addEventListener("result", (event) => this.heard(event as Heard));
    listener.addEventListener("error", (event) => this.failed((event as { error?: string }).error));
    listener.addEventListener("end", () => this.ended());
    this.pressed(true);
    this.say("listening");
    try {
      listener.start();
    } catch {
      this.failed();
      this.ended();
    }
  }

  private heard(event: Heard): void {
    let open = "";
    for (let i = event.resultIndex; i < event.results.length; i++) {
      const result = event.results[i]!;
      const words = result[0]?.transcript ?? "";
      if (result.isFinal) this.write(words);
      else open += words;
    }
    if (open) this.state.textContent = open;
    else this.say("listening");
  }

  private write(words: string): void {
    const before = this.box.value;
    const gap = before && /[\w,.!?]$/.test(before) ? " " : "";
    this.box.value = before + gap + words.trim();
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private failed(reason = ""): void {
    const denied = reason === "not-allowed" || reason === "service-not-allowed";
    if (reason !== "aborted") this.say(denied ? "denied" : "failed");
    this.state.dataset["held"] = "";
  }

  private ended(): void {
    this.listener = null;
    this.pressed(false);
    if (!("held" in this.state.dataset)) this.state.textContent = "";
    delete this.state.dataset["held"];
  }

  private pressed(on: boolean): void {
    this.button.classList.toggle("is-on", on);
    this.button.setAttribute("aria-pressed", String(on));
  }

  private say(name: string): void {
    this.state.textContent = this.state.dataset[name] ?? "";
  }
}
