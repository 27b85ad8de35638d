/**
 * Whether this system's own faces draw Chinese. What no face has is drawn as the same empty box, so
 * two characters that look alike to the last pixel are two boxes. A browser that writes the number
 * into the box, or that hides what it draws, cannot be asked: it is served the font.
 */
const SIDE = 24; // pixels
// Common ones, two of place names, two of the extensions that real villages need.
const PAIRS = ["永和", "舥矴", "㙟䃅"];

export function lacksChinese(): boolean {
  if (CSS.supports("-moz-appearance", "none")) return true;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return true;
  pen.font = `${SIDE - 4}px ${family()}`;
  pen.textBaseline = "top";
  return PAIRS.some(([one = "", other = ""]) => drawn(pen, one) === drawn(pen, other));
}

/** The families of the system that the page names; served ones end in the words below. */
function family(): string {
  const named = getComputedStyle(document.documentElement).getPropertyValue("--font");
  return named
    .split(",")
    .filter((name) => !/ (Variable|Rare)"?$/.test(name.trim()))
    .join(",");
}

function drawn(pen: CanvasRenderingContext2D, text: string): string {
  pen.clearRect(0, 0, SIDE, SIDE);
  pen.fillText(text, 0, 0);
  return pen.getImageData(0, 0, SIDE, SIDE).data.join();
}
