/**
 * `data-map`: our own base map (`data-base`), features on it (`data-points`, read again on live
 * events), a way (`data-route`), and a pin a person can set (`data-pick="lon,lat,precision_m"`).
 * `data-centre="lon,lat"` and `data-zoom` say where to look; else everything shown fits in.
 * Where nothing can be drawn the same features are a list of words and links.
 */
import type { Geometry } from "geojson";
import {
  LngLatBounds,
  Map as Chart,
  Marker,
  NavigationControl,
  setWorkerUrl,
  type GeoJSONSource,
} from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { island } from "../lib/island";
import { icon } from "../lib/mapicons";
import { EMPTY, styleOf, type BaseMap, type Json } from "../lib/mapstyle";
import { onTheme, token } from "../lib/tokens";
import { word } from "../lib/words";
import { Pick } from "../lib/pick";

setWorkerUrl(workerUrl);

const bases = new Map<string, Promise<BaseMap>>();

function baseMap(url: string): Promise<BaseMap> {
  const known = bases.get(url) ?? read<BaseMap>(url, {});
  bases.set(url, known);
  return known;
}

async function read<T>(url: string | undefined, otherwise: T): Promise<T> {
  if (!url) return otherwise;
  try {
    if (url.startsWith("#")) {
      return JSON.parse(document.querySelector(url)?.textContent || "null") ?? otherwise;
    }
    const response = await fetch(url, { headers: { Accept: "application/json" } });
    return response.ok ? ((await response.json()) as T) : otherwise;
  } catch {
    return otherwise;
  }
}

function canDraw(): boolean {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

class Island {
  private over: Record<string, Json> = {};
  private chart: Chart | null = null;
  private list: HTMLUListElement;

  constructor(private element: HTMLElement) {
    this.list = document.createElement("ul");
    this.list.className = "map-list sr";
    element.after(this.list);
    void this.begin();
  }

  private async begin(): Promise<void> {
    const { base = "/map/base.json", points, route } = this.element.dataset;
    const [ground, marks, way] = await Promise.all([
      baseMap(base),
      read<Json>(points, EMPTY),
      read<Json>(route, EMPTY),
    ]);
    this.over = { points: marks, route: way };
    this.tell();
    document.body.addEventListener("live", () => void this.refresh());
    if (!canDraw()) return this.giveUp();
    try {
      this.draw(ground);
    } catch {
      this.giveUp();
    }
  }

  private draw(ground: BaseMap): void {
    const chart = (this.chart = new Chart({
      container: this.element,
      style: styleOf(this.element, ground, this.over),
      bounds: this.bounds(ground),
      fitBoundsOptions: { padding: 24, maxZoom: 15.5 },
      attributionControl: false,
      cooperativeGestures: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 18,
      localIdeographFontFamily: token("--font", this.element) || "sans-serif",
      locale: {
        "Map.Title": this.element.dataset["label"] || word("mapLabel"),
        "NavigationControl.ZoomIn": word("mapIn"),
        "NavigationControl.ZoomOut": word("mapOut"),
      },
    }));
    chart.touchZoomRotate.disableRotation();
    chart.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
    const { centre, zoom = "15", pick } = this.element.dataset;
    const [lon, lat] = (centre ?? "").split(",").map(Number);
    if (centre && Number.isFinite(lon) && Number.isFinite(lat)) {
      chart.jumpTo({ center: [lon!, lat!], zoom: Number(zoom) });
    }
    chart.setMissingStyleImageResolver((id) => {
      const { data, ratio } = icon(id, this.element);
      if (!chart.hasImage(id)) chart.addImage(id, data, { pixelRatio: ratio });
    });
    chart.on("click", "points", (event) => this.follow(event.features?.[0]?.properties));
    chart.on("mouseenter", "points", () => (chart.getCanvas().style.cursor = "pointer"));
    chart.on("mouseleave", "points", () => (chart.getCanvas().style.cursor = ""));
    // The whole city in a strip of a form is too small to tap; the middle of it is a start.
    if (pick && !centre && !this.over["points"]?.features.length) chart.setZoom(chart.getZoom() + 1.3);
    if (pick) new Pick(chart, this.element, pick, Marker);
    onTheme(() => this.recolour(ground));
  }

  private recolour(ground: BaseMap): void {
    for (const id of this.chart?.listImages() ?? []) this.chart?.removeImage(id);
    this.chart?.setStyle(styleOf(this.element, ground, this.over));
  }

  private async refresh(): Promise<void> {
    const { points } = this.element.dataset;
    if (!points || !this.element.isConnected) return;
    this.over["points"] = await read<Json>(points, this.over["points"] ?? EMPTY);
    (this.chart?.getSource("points") as GeoJSONSource | undefined)?.setData(this.over["points"]);
    this.tell();
  }

  private follow(properties: Record<string, unknown> | undefined): void {
    const url = String(properties?.["url"] ?? "");
    if (url.startsWith("/") && !url.startsWith("//")) location.assign(url);
  }

  /** The same in words: for those who do not see the map, and for machines that cannot draw it. */
  private tell(): void {
    const lines = (this.over["points"]?.features ?? []).map(({ properties }) => {
      const line = document.createElement("li");
      const { label, name, url } = properties ?? {};
      const text = String(label ?? name ?? "");
      if (!text) return null;
      if (typeof url !== "string" || !url.startsWith("/")) line.textContent = text;
      else {
        const link = document.createElement("a");
        link.href = url;
        link.textContent = text;
        line.append(link);
      }
      return line;
    });
    this.list.replaceChildren(...lines.filter((line) => line !== null));
  }

  private giveUp(): void {
    this.element.classList.add("map-none");
    const line = document.createElement("p");
    line.className = "note";
    line.textContent = word("mapNone");
    this.element.replaceChildren(line);
    this.list.classList.remove("sr");
  }

  private bounds(ground: BaseMap): LngLatBounds {
    const bounds = new LngLatBounds();
    const sets = [this.over["points"], this.over["route"]].filter((s) => s?.features.length);
    for (const set of sets.length ? sets : [ground["land"] ?? EMPTY]) {
      for (const { geometry } of set?.features ?? []) extend(bounds, geometry);
    }
    return bounds.isEmpty() ? bounds.extend([120.5, 27.4]).extend([120.75, 27.6]) : bounds;
  }
}

function extend(bounds: LngLatBounds, geometry: Geometry | null): void {
  if (!geometry) return;
  if (geometry.type === "GeometryCollection") {
    for (const part of geometry.geometries) extend(bounds, part);
    return;
  }
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    if (typeof value[0] === "number") bounds.extend([value[0], value[1] as number]);
    else for (const inner of value) walk(inner);
  };
  walk(geometry.coordinates);
}

export const start = island("[data-map]", (element) => void new Island(element));
