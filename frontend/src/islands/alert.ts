/**
 * `[data-alert="count"][data-alert-newest="time"]`: a new order is told by the open page: in its
 * title, by a shake, by two notes. Sound needs a touch of the page first; browsers want it so, and
 * nobody is startled by a page they have not used.
 */
import { island } from "../lib/island";

const NOTES = [660, 880]; // hertz
const NOTE_S = 0.16;
const SHAKE = [180, 90, 180]; // milliseconds

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
  if (isNew) tell();
});

function tell(): void {
  navigator.vibrate?.(SHAKE);
  if (!sound || sound.state !== "running") return;
  for (const [n, pitch] of NOTES.entries()) note(sound, pitch, sound.currentTime + n * NOTE_S);
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
