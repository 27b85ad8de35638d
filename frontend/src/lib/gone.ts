/**
 * A page that reads itself again on news may no longer be open to who looks at it: a crew's order in
 * another station's matter has ended. What stands there is the last it saw, so that is said once and
 * for good, with a way on, instead of a passing message at each piece of news.
 */
import { word } from "./words";

interface Refused {
  xhr: XMLHttpRequest;
  requestConfig?: { triggeringEvent?: Event };
}

export function isGone({ xhr, requestConfig }: Refused): boolean {
  return xhr.status === 404 && Boolean(requestConfig?.triggeringEvent?.type.startsWith("live"));
}

export function sayGone(): void {
  if (document.getElementById("gone-bar")) return;
  const bar = document.createElement("p");
  bar.id = "gone-bar";
  bar.className = "bar-state";
  bar.setAttribute("role", "status");
  bar.textContent = word("gone");
  const home = document.querySelector<HTMLAnchorElement>(".menu a");
  if (home) {
    const on = document.createElement("a");
    on.href = home.href;
    on.textContent = home.textContent;
    bar.append(" ", on);
  }
  document.querySelector(".bars")?.append(bar);
}
