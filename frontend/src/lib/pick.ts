/** A pin that a person sets by tap or by keyboard; form fields hold it, words say it. */
import { word } from "./words";

const FINGER = 14; // css px a tap may be off
const NEAREST = 5; // metres; nobody sets a pin better than this

/** What a pin needs of a map, whoever draws it; all coordinates are CGCS2000. */
export interface Board {
  readonly surface: Element; // takes the keys
  onTap(act: (lon: number, lat: number) => void): void;
  middle(): [lon: number, lat: number];
  metresPerPixel(lat: number): number;
  /** A pin, and how many metres it may be off: a dashed circle where the board can draw one. */
  setPin(lon: number, lat: number, metres: number): void;
  look(lon: number, lat: number, metres: number): void;
}

export class Pick {
  private line: HTMLElement;
  private form: HTMLFormElement | Document;

  constructor(
    private board: Board,
    element: HTMLElement,
    private names: string,
  ) {
    this.form = element.closest("form") ?? document;
    this.line = document.createElement("p");
    this.line.className = "note";
    this.line.setAttribute("role", "status");
    this.line.textContent = word("mapPick");
    element.after(this.line);
    element.classList.add("map-pick");
    board.onTap((lon, lat) => this.set(lon, lat));
    board.surface.addEventListener("keydown", (event) => {
      const { key } = event as KeyboardEvent;
      if (key !== "Enter" && key !== " ") return;
      event.preventDefault();
      this.set(...board.middle());
    });
    this.form.addEventListener("change", (event) => {
      if (this.fields().includes(event.target as HTMLInputElement)) this.read();
    });
    this.form.addEventListener("draft:restored", () => this.read());
    this.read();
  }

  /** Looked up each time: a form that came back with corrections has new ones. */
  private fields(): (HTMLInputElement | null)[] {
    return this.names
      .split(",")
      .map((name) =>
        this.form.querySelector<HTMLInputElement>(`[name="${CSS.escape(name.trim())}"]`),
      );
  }

  /** The fields changed from elsewhere (the device's position, a restored draft). */
  private read(): void {
    const [lon, lat, off = 0] = this.fields().map((field) => parseFloat(field?.value ?? ""));
    if (!Number.isFinite(lon) || !Number.isFinite(lat)) return;
    const metres = off > 0 ? off : 0;
    this.show(lon!, lat!, metres);
    this.board.look(lon!, lat!, metres);
  }

  private set(lon: number, lat: number): void {
    const precision = Math.max(NEAREST, Math.round(this.board.metresPerPixel(lat) * FINGER));
    const values = [lon.toFixed(6), lat.toFixed(6), String(precision)];
    const fields = this.fields();
    fields.forEach((field, i) => {
      if (field) field.value = values[i] ?? "";
    });
    fields.find(Boolean)?.dispatchEvent(new Event("input", { bubbles: true }));
    this.show(lon, lat, precision);
  }

  private show(lon: number, lat: number, metres: number): void {
    this.board.setPin(lon, lat, metres);
    this.line.textContent = word("mapPicked", { lat: lat.toFixed(4), lon: lon.toFixed(4) });
  }
}

export function pin(): HTMLElement {
  const box = document.createElement("div");
  box.className = "map-pin";
  box.append(pinShape());
  return box;
}

export function pinShape(): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 32 40");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M16 39C8 28 3 21 3 15a13 13 0 0 1 26 0c0 6-5 13-13 24Z");
  const hole = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  for (const [name, value] of [["cx", "16"], ["cy", "15"], ["r", "5"]]) hole.setAttribute(name!, value!);
  svg.append(path, hole);
  return svg;
}
