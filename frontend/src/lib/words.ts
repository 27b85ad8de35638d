/** Sentences come from the page, where Django translated them; none lives in these scripts. */
const source = (): DOMStringMap =>
  document.querySelector<HTMLTemplateElement>("#shell-words")?.dataset ?? {};

export function word(name: string, values: Record<string, string | number> = {}): string {
  return fill(source()[name] ?? "", values);
}

export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The hour and minute of a moment as the station sees it, whatever zone the device is in. */
export function hourMinute(at: number): string {
  return new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "Asia/Shanghai",
  }).format(at);
}

export function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
}
