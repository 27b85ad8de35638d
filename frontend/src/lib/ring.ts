/** How far a pin may be off, as a dashed circle of the right size at every zoom. */
import type { Map as Chart, Marker } from "maplibre-gl";

const EARTH = 40_075_017; // metres around the equator
const TILE = 512; // css px of a tile at zoom 0
const SEEN = 28; // css px of radius that a person sees well

export function metresPerPixel(lat: number, zoom: number): number {
  return (EARTH * Math.cos((lat * Math.PI) / 180)) / (TILE * 2 ** zoom);
}

/** The zoom at which a circle of this radius is easily seen, streets with it. */
export function zoomFor(lat: number, metres: number): number {
  const zoom = Math.log2((EARTH * Math.cos((lat * Math.PI) / 180) * SEEN) / (TILE * metres));
  return Math.min(17, Math.max(12, zoom));
}

export class Ring {
  private marker: Marker;
  private box = document.createElement("div");
  private metres = 0;

  constructor(
    private chart: Chart,
    Pin: typeof Marker,
  ) {
    this.box.className = "map-ring";
    this.marker = new Pin({ element: this.box });
    chart.on("zoom", () => this.size());
  }

  set(lon: number, lat: number, metres: number): void {
    this.metres = metres;
    this.box.hidden = !(metres > 0);
    this.marker.setLngLat([lon, lat]).addTo(this.chart);
    this.size();
  }

  private size(): void {
    const at = this.marker.getLngLat();
    if (!at || !this.metres) return;
    const across = (2 * this.metres) / metresPerPixel(at.lat, this.chart.getZoom());
    this.box.style.width = this.box.style.height = `${Math.round(across)}px`;
  }
}
