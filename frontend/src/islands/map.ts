/**
 * `data-map`: our own base map (`data-base`), or a map service's tiles, with features on it.
 * `data-points`, `data-route`, `data-units` and `data-reach` name GeoJSON by address or `#id`; they
 * are read again on live events. `data-pick="lon,lat,precision_m"` lets a person set
 * a pin, `data-centre="lon,lat"` and `data-zoom` say where to look; else everything shown fits in.
 *
 * The same features are always a list of words and links. The drawing library is fetched only when
 * the panel comes into view; where it cannot draw, a still picture stands in for it.
 */
import { island } from "../lib/island";
import { baseMap, mapService, overlays, type Over } from "../lib/mapdata";
import { still } from "../lib/mapsketch";
import type { View } from "../lib/mapview";
import { word } from "../lib/words";

const NEAR = "240px"; // begin before it is seen, so that scrolling does not end at an empty box

function canDraw(): boolean {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

class Panel {
  private over: Promise<Over>;
  private view: View | null = null;
  private list = document.createElement("ul");
  private state = document.createElement("p");

  constructor(private element: HTMLElement) {
    this.list.className = "map-list sr";
    this.state.className = "map-state note";
    this.say("mapLoading");
    element.append(this.state);
    element.after(this.list);
    this.over = overlays(element);
    void this.over.then((over) => this.tell(over));
    document.body.addEventListener("live", () => void this.refresh());
    const seen = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        seen.disconnect();
        void this.open();
      },
      { rootMargin: NEAR },
    );
    seen.observe(element);
  }

  private async open(): Promise<void> {
    const { base = "/map/base.json" } = this.element.dataset;
    const [ground, service, over] = await Promise.all([baseMap(base), mapService(), this.over]);
    const panel = { element: this.element, base: ground ?? {}, over, say: this.say.bind(this) };
    this.say(ground || service.layers.length ? "" : "mapAway");
    if (canDraw()) {
      try {
        const { View } = await import("../lib/mapview");
        this.view = await View.open({ ...panel, service });
        this.view.onDrawn(() => (this.element.dataset["drawn"] = "")); // for who waits for the picture
        return;
      } catch {
        // A driver that gives up half-way, or a library that did not arrive: the still picture.
      }
    }
    const drawn = still(panel);
    this.element.dataset["drawn"] = "";
    this.element.classList.toggle("map-none", !drawn);
    this.say(drawn ? "mapStill" : "mapNone");
    this.list.classList.remove("sr");
  }

  private async refresh(): Promise<void> {
    if (!this.element.isConnected) return;
    const before = await this.over;
    this.over = overlays(this.element, before);
    const over = await this.over;
    this.view?.show(over);
    this.tell(over);
  }

  /** One line across the foot of the panel, or none. */
  private say(name: string): void {
    this.state.textContent = name ? word(name) : "";
    this.state.hidden = !name;
  }

  /** The same in words: for those who do not see the map, and for machines that cannot draw it. */
  private tell(over: Over): void {
    const lines = [...over.points.features, ...over.units.features].map(({ properties }) => {
      const { label, name, url } = properties ?? {};
      const text = String(label ?? name ?? "");
      if (!text) return null;
      const line = document.createElement("li");
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
}

export const start = island("[data-map]", (element) => void new Panel(element));
