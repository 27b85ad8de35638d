/** A pin that a person sets by tap or by keyboard; form fields hold it, words say it. */
import type { Map as Chart, Marker } from "maplibre-gl";
import { Ring, metresPerPixel, zoomFor } from "./ring";
import { word } from "./words";

const FINGER = 14; // css px a tap may be off
const NEAREST = 5; // metres; nobody sets a pin better than this

export class Pick {
  private marker: Marker | null = null;
  private ring: Ring;
  private line: HTMLElement;
  private form: HTMLFormElement | Document;

  constructor(
    private chart: Chart,
    element: HTMLElement,
    private names: string,
    private Pin: typeof Marker,
  ) {
    this.form = element.closest("form") ?? document;
    this.ring = new Ring(chart, Pin);
    this.line = document.createElement("p");
    this.line.className = "note";
    this.line.setAttribute("role", "status");
    this.line.textContent = word("mapPick");
    element.after(this.line);
    element.classList.add("map-pick");
    chart.on("click", (event) => this.set(event.lngLat.lng, event.lngLat.lat));
    chart.getCanvas().addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      const { lng, lat } = chart.getCenter();
      this.set(lng, lat);
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
    const [lon, lat, off] = this.fields().map((field) => parseFloat(field?.value ?? ""));
    if (!Number.isFinite(lon) || !Number.isFinite(lat)) return;
    this.show(lon!, lat!, off);
    const zoom = off! > 0 ? zoomFor(lat!, off!) : Math.max(15, this.chart.getZoom());
    this.chart.jumpTo({ center: [lon!, lat!], zoom });
  }

  private set(lon: number, lat: number): void {
    const precision = Math.max(NEAREST, Math.round(metresPerPixel(lat, this.chart.getZoom()) * FINGER));
    const values = [lon.toFixed(6), lat.toFixed(6), String(precision)];
    const fields = this.fields();
    fields.forEach((field, i) => {
      if (field) field.value = values[i] ?? "";
    });
    fields.find(Boolean)?.dispatchEvent(new Event("input", { bubbles: true }));
    this.show(lon, lat, precision);
  }

  private show(lon: number, lat: number, metres = 0): void {
    this.marker ??= new this.Pin({ element: pin(), anchor: "bottom" });
    this.marker.setLngLat([lon, lat]).addTo(this.chart);
    this.ring.set(lon, lat, metres || 0);
    this.line.textContent = word("mapPicked", { lat: lat.toFixed(4), lon: lon.toFixed(4) });
  }
}

function pin(): HTMLElement {
  const box = document.createElement("div");
  box.className = "map-pin";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 32 40");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M16 39C8 28 3 21 3 15a13 13 0 0 1 26 0c0 6-5 13-13 24Z");
  const hole = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  for (const [name, value] of [["cx", "16"], ["cy", "15"], ["r", "5"]]) hole.setAttribute(name!, value!);
  svg.append(path, hole);
  box.append(svg);
  return box;
}
