/**
 * `data-here="lon,lat,precision_m"` on a button: puts the device's position into those fields.
 * Fires `here:found` with the metres of its error; says on a line of its own when it fails.
 */
import { island } from "../lib/island";
import { word } from "../lib/words";

const OPTIONS = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 };

export const start = island("[data-here]", (button) => {
  const line = document.createElement("p");
  line.className = "note here-said";
  line.setAttribute("role", "status");
  const after = button.closest(".row-btns,.three,.two") ?? button;
  after.after(line);
  button.addEventListener("click", () => find(button, line));
});

function find(button: HTMLElement, line: HTMLElement): void {
  if (!("geolocation" in navigator)) {
    line.textContent = word("hereAway");
    return;
  }
  line.textContent = word("hereFinding");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const metres = Math.max(1, Math.round(coords.accuracy));
      const values = [coords.longitude.toFixed(6), coords.latitude.toFixed(6), String(metres)];
      line.textContent = word("hereFound", { m: metres });
      setFields(button, values);
      button.dispatchEvent(new CustomEvent("here:found", { bubbles: true, detail: metres }));
    },
    (error) => {
      line.textContent = word(reason(error.code));
      button.dispatchEvent(new CustomEvent("here:lost", { bubbles: true }));
    },
    OPTIONS,
  );
}

function reason(code: number): string {
  if (code === 1) return "hereDenied";
  return code === 3 ? "hereSlow" : "hereAway";
}

function setFields(button: HTMLElement, values: string[]): void {
  const names = (button.dataset["here"] || "lon,lat,precision_m").split(",");
  const form = button.closest("form");
  names.forEach((name, i) => {
    const input = form?.querySelector<HTMLInputElement>(`[name="${CSS.escape(name.trim())}"]`);
    if (!input) return;
    input.value = values[i] ?? "";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
