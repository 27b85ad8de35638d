/**
 * `input[data-device-time]`: says when the form was sent, by the device's own clock. A form may wait
 * for a line; the moment it happened is the one when somebody pressed the button.
 */
export const TIME_FIELD = "input[data-device-time]";

/** One listener for all forms; it runs before whatever reads or keeps the fields. */
export function start(): void {
  document.addEventListener("submit", stamp, true);
}

function stamp(event: Event): void {
  if (!(event.target instanceof HTMLFormElement)) return;
  for (const input of event.target.querySelectorAll<HTMLInputElement>(TIME_FIELD)) {
    input.value = new Date().toISOString();
  }
}
