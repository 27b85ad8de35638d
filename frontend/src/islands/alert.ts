/**
 * `[data-alert="count"][data-alert-newest="time"]`: a new order is told by the open page: in its
 * title, by a shake, by two notes, and, while another app or page is in front, by a notification.
 * Sound needs a touch of the page first; browsers want it so, and nobody is startled by a page they
 * have not used. A notification needs a yes to `[data-alert-ask]`, and says only that somebody
 * waits: a locked screen is read by others.
 */
import { island } from "../lib/island";

const NOTES = [660, 880]; // hertz
const NOTE_S = 0.16;
const SHAKE = [180, 90, 180]; // milliseconds

const CAN_NOTIFY = "Notification" in window && "serviceWorker" in navigator;

let heard: string | null = null; // the newest order that was told; null before the first page
let title = "";
let sound: AudioContext | null = null;

export const start = island("[data-alert]", (element) => {
  title ||= document.title;
  const count = Number(element.dataset["alert"]) || 0;
  document.title = count ? `(${count}) ${title}` : title;
  const newest = element.dataset["alertNewest"] ?? "";
  const isNew = heard !== null && newest > heard;
  heard = newest > (heard ?? "") ? newest : (heard ?? "");
  if (isNew) tell(element.dataset["alertSaid"] ?? "");
});

/** The question stands only where a browser can be asked and has not been answered yet. */
export const ask = island("[data-alert-ask]", (part) => {
  if (!CAN_NOTIFY || Notification.permission !== "default") return;
  part.hidden = false;
  part.querySelector("button")?.addEventListener("click", () => {
    void Notification.requestPermission().then((said) => (part.hidden = said !== "default"));
  });
});

function tell(words: string): void {
  if (document.hidden) void notify(words);
  navigator.vibrate?.(SHAKE);
  if (!sound || sound.state !== "running") return;
  for (const [n, pitch] of NOTES.entries()) note(sound, pitch, sound.currentTime + n * NOTE_S);
}

/** One at a time: a newer order takes the place of the one before. */
async function notify(words: string): Promise<void> {
  if (!words || !CAN_NOTIFY || Notification.permission !== "granted") return;
  const worker = await navigator.serviceWorker.getRegistration();
  const look = { tag: "order", renotify: true, icon: "/app-icon-192.png", vibrate: SHAKE };
  await worker?.showNotification(words, look as NotificationOptions);
}

function note(on: AudioContext, pitch: number, at: number): void {
  const tone = on.createOscillator();
  const loudness = on.createGain();
  tone.frequency.value = pitch;
  loudness.gain.setValueAtTime(0.2, at);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S);
  tone.connect(loudness).connect(on.destination);
  tone.start(at);
  tone.stop(at + NOTE_S);
}

document.addEventListener(
  "pointerdown",
  () => {
    sound ??= "AudioContext" in window ? new AudioContext() : null;
    void sound?.resume();
  },
  { passive: true },
);
