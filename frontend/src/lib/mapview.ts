/** The map that moves: MapLibre with our style, its gestures, its pin, and what to do when tiles fail. */
import {
  Map as Chart,
  Marker,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type GeoJSONSource,
  type LngLatBoundsLike,
} from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "virtual:map-worker";
import { circles, doubt, reach } from "./circles";
import { collectionTo, fromFrame, toFrame } from "./frames";
import { boundsOf, creditOf, type Over } from "./mapdata";
import { icon } from "./mapicons";
import { NO_TILES, styleOf, type BaseMap, type Json, type Tiles } from "./mapstyle";
import { Pick, pin, type Board } from "./pick";
import { Ring, metresPerPixel, zoomFor } from "./ring";
import { onTheme, token } from "./tokens";
import { word } from "./words";

setWorkerUrl(workerUrl);

const FONTS_WAIT = 1500; // ms; a name drawn before its font is there stays in the wrong one
const FIGURES = "0123456789±m "; // sizes of circles, numbers of units
const TOWNS = ["city", "town"];
const LEAST_NEARER = 1.2; // zoom levels
const MOST_NEARER = 2.2;
const FENGGANG: LngLatBoundsLike = [120.5, 27.4, 120.75, 27.6];

const FITTED = { padding: 32, maxZoom: 15.5 };

export interface Panel {
  element: HTMLElement;
  base: BaseMap;
  over: Over;
  service: Tiles;
  say: (word_name: string) => void;
}

export class View implements Board {
  private chart: Chart;
  private marker: Marker | null = null;
  private ring: Ring | null = null;
  private pinned: [lon: number, lat: number, metres: number] | null = null;
  private credit = document.createElement("p");

  static async open(panel: Panel): Promise<View> {
    await fontsFor(panel);
    return new View(panel);
  }

  private constructor(private panel: Panel) {
    const { element } = panel;
    const chart = (this.chart = new Chart({
      container: element,
      style: this.style(),
      bounds: this.bounds(),
      fitBoundsOptions: FITTED,
      attributionControl: false,
      cooperativeGestures: isEmbedded(),
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 18,
      localIdeographFontFamily: token("--font", element) || "sans-serif",
      locale: {
        "Map.Title": element.dataset["label"] || word("mapLabel"),
        "NavigationControl.ZoomIn": word("mapIn"),
        "NavigationControl.ZoomOut": word("mapOut"),
        "CooperativeGesturesHandler.MobileHelpText": word("mapTwoFingers"),
        "CooperativeGesturesHandler.WindowsHelpText": word("mapCtrl"),
        "CooperativeGesturesHandler.MacHelpText": word("mapCmd"),
      },
    }));
    chart.touchZoomRotate.disableRotation();
    chart.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
    chart.addControl(new ScaleControl({ unit: "metric", maxWidth: 100 }), "bottom-left");
    this.credit.className = "map-credit";
    element.append(this.credit);
    this.giveCredit();
    this.lookAt();
    chart.setMissingStyleImageResolver((id) => {
      const { data, ratio } = icon(id, element);
      if (!chart.hasImage(id)) chart.addImage(id, data, { pixelRatio: ratio });
    });
    for (const layer of ["points", "units"]) {
      chart.on("click", layer, (event) => follow(event.features?.[0]?.properties));
      chart.on("mouseenter", layer, () => (chart.getCanvas().style.cursor = "pointer"));
      chart.on("mouseleave", layer, () => (chart.getCanvas().style.cursor = ""));
    }
    chart.on("error", (event) => {
      if (String((event as { sourceId?: string }).sourceId).startsWith("tiles")) this.withoutTiles();
    });
    if (element.dataset["pick"]) new Pick(this, element, element.dataset["pick"]);
    onTheme(() => this.redraw());
  }

  /** New features on the same ground. */
  show(over: Over): void {
    const found = !located(this.panel.over) && located(over);
    this.panel.over = over;
    for (const [name, data] of Object.entries(this.sets())) {
      const source = this.chart.getSource(name) as GeoJSONSource | undefined;
      source?.setData(collectionTo(this.panel.service.frame, data));
    }
    if (found) this.chart.fitBounds(this.bounds(), { ...FITTED, animate: false });
  }

  /** Once, when everything of the first picture stands. */
  onDrawn(act: () => void): void {
    void this.chart.once("idle", act);
  }

  // ── Board: what a pin needs to know, in CGCS2000 ──

  onTap(act: (lon: number, lat: number) => void): void {
    this.chart.on("click", ({ lngLat }) => act(...this.fromTiles(lngLat.lng, lngLat.lat)));
  }

  get surface(): HTMLElement {
    return this.chart.getCanvas();
  }

  middle(): [number, number] {
    const { lng, lat } = this.chart.getCenter();
    return this.fromTiles(lng, lat);
  }

  metresPerPixel(lat: number): number {
    return metresPerPixel(lat, this.chart.getZoom());
  }

  setPin(lon: number, lat: number, metres: number): void {
    const [x, y] = this.toTiles(lon, lat);
    this.pinned = [lon, lat, metres];
    this.marker ??= new Marker({ element: pin(), anchor: "bottom" });
    this.marker.setLngLat([x, y]).addTo(this.chart);
    this.ring ??= new Ring(this.chart, Marker);
    this.ring.set(x, y, metres);
  }

  look(lon: number, lat: number, metres: number): void {
    const zoom = metres > 0 ? zoomFor(lat, metres) : Math.max(15, this.chart.getZoom());
    this.chart.jumpTo({ center: this.toTiles(lon, lat), zoom });
  }

  private toTiles(lon: number, lat: number): [number, number] {
    return toFrame(this.panel.service.frame, lon, lat);
  }

  private fromTiles(lon: number, lat: number): [number, number] {
    return fromFrame(this.panel.service.frame, lon, lat);
  }

  // ── Drawing ──

  private sets(): Record<string, Json> {
    const { over } = this.panel;
    return { ...over, doubt: circles(over.points, doubt), reach: circles(over.reach, reach) };
  }

  private style() {
    return styleOf(this.panel.element, this.panel.base, this.sets(), this.panel.service);
  }

  private bounds(): LngLatBoundsLike {
    const found = boundsOf(this.panel.over, this.panel.base);
    if (!found) return FENGGANG;
    const [west, south, east, north] = found;
    return [...this.toTiles(west, south), ...this.toTiles(east, north)];
  }

  private lookAt(): void {
    const { centre, zoom = "15", pick } = this.panel.element.dataset;
    const [lon, lat] = (centre ?? "").split(",").map(Number);
    if (centre && Number.isFinite(lon) && Number.isFinite(lat)) {
      this.chart.jumpTo({ center: this.toTiles(lon!, lat!), zoom: Number(zoom) });
    } else if (pick && !this.panel.over.points.features.length) {
      const town = this.foremost();
      const center = town ? this.toTiles(...town) : this.chart.getCenter();
      this.chart.jumpTo({ center, zoom: this.chart.getZoom() + this.spare() });
    }
  }

  /** Where the town itself is written: the middle of an extract may be a hill. */
  private foremost(): [number, number] | null {
    const names = this.panel.base["place_label"]?.features ?? [];
    const town = names.find(({ properties: p }) => p?.["rank"] === 1 && TOWNS.includes(p["kind"]));
    return town?.geometry.type === "Point" ? (town.geometry.coordinates as [number, number]) : null;
  }

  /** The whole city in a strip of a form is too small to tap: so much nearer, and it fills it. */
  private spare(): number {
    const [west, south, east, north] = this.bounds() as [number, number, number, number];
    const { clientWidth, clientHeight } = this.panel.element;
    const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
    const shape = ((east - west) * squeeze) / (north - south || 1);
    const room = clientWidth / Math.max(1, clientHeight) / (shape || 1);
    return Math.min(MOST_NEARER, Math.max(LEAST_NEARER, Math.log2(room)));
  }

  private redraw(): void {
    for (const id of this.chart.listImages()) this.chart.removeImage(id);
    this.chart.setStyle(this.style());
  }

  /** The service does not answer: our own map is drawn, and everything moves back to its frame. */
  private withoutTiles(): void {
    if (!this.panel.service.layers.length) return;
    const [lon, lat] = this.middle();
    this.panel.service = NO_TILES;
    this.panel.say("mapTilesAway");
    this.redraw();
    this.chart.setCenter([lon, lat]);
    if (this.pinned) this.setPin(...this.pinned);
    this.giveCredit();
  }

  private giveCredit(): void {
    const { text, url } = creditOf(this.panel.base, this.panel.service);
    this.credit.hidden = !text;
    this.credit.textContent = url ? "" : text;
    if (!url) return;
    const link = document.createElement("a");
    link.href = url;
    link.rel = "noreferrer";
    link.textContent = text;
    this.credit.append(link);
  }
}

/** Whether a matter is on the map; until its place is known it shows only who could go. */
const located = (over: Over): boolean => over.points.features.some(({ properties: p }) => p?.["urgency"]);

/** In a page that scrolls, one finger belongs to the page; at a desk the wheel belongs to the map. */
function isEmbedded(): boolean {
  const { face } = document.documentElement.dataset;
  return matchMedia("(pointer: coarse)").matches || face === "portal";
}

function follow(properties: Record<string, unknown> | undefined): void {
  const url = String(properties?.["url"] ?? "");
  if (url.startsWith("/") && !url.startsWith("//")) location.assign(url);
}

/** The served font comes in parts; those with the characters of this map are fetched before it. */
async function fontsFor({ element, base }: Panel): Promise<void> {
  const english = document.documentElement.lang.startsWith("en");
  const names = ["place_label", "road"].flatMap((layer) => base[layer]?.features ?? []);
  const text = [...new Set(names.map((f) => String(f.properties?.[english ? "name_en" : "name"] ?? "")).join("") + FIGURES)].join("");
  const family = token("--font", element);
  if (!family || !text) return;
  const late = new Promise((done) => setTimeout(done, FONTS_WAIT));
  await Promise.race([document.fonts.load(`16px ${family}`, text).catch(() => undefined), late]);
}
