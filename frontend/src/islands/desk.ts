/**
 * What the open matter's page does beside its forms: the main button names who is ticked, fresh
 * suggestions fill an untouched form, the map draws the numbers anew, the queue stays where it was.
 */
import { initialFields, readFields } from "../lib/formfields";
import { touched } from "../lib/drafts";
import { fill } from "../lib/words";

const SCROLL = "maplebridge:queue-scroll";

/** "Confirm and send 1, 2, volunteers": the words follow the ticks. */
function nameTicked(): void {
  const main = document.querySelector<HTMLElement>("#main-act[data-sends]");
  const words = main?.querySelector("span");
  if (!main || !words) return;
  const ticked = [...document.querySelectorAll<HTMLInputElement>("[data-picks] input[data-n]:checked")];
  const n = ticked.map((tick) => tick.dataset["says"] || tick.dataset["n"]).join(main.dataset["apart"] ?? ", ");
  const { sends = "", sendsNobody = "" } = main.dataset;
  words.textContent = ticked.length ? fill(sends, { n }) : sendsNobody;
}

/** Another list of who could go: the button names it, and the map draws its numbers. */
function numbersAnew(): void {
  nameTicked();
  document.body.dispatchEvent(new CustomEvent("live", { detail: [] }));
}

/** Suggestions that come into a form nobody has touched are filled in at once. */
function fillUntouched(root: ParentNode): void {
  const link = root.querySelector<HTMLElement>("a[data-fill]");
  const form = document.querySelector<HTMLFormElement>("#triage");
  if (!link || !form) return;
  const busy = form.contains(document.activeElement) && document.activeElement !== form;
  if (!busy && !touched(readFields(form), initialFields(form)).size) link.click();
}

function keepScroll(): void {
  const list = document.querySelector<HTMLElement>(".d-queue");
  if (!list) return;
  list.scrollTop = Number(sessionStorage.getItem(SCROLL)) || 0;
  list.querySelector(".is-here")?.scrollIntoView({ block: "nearest" });
  window.addEventListener("pagehide", () => sessionStorage.setItem(SCROLL, String(list.scrollTop)));
}

/** Whether volunteers may go hangs on the kind of matter: with another kind nobody is asked unseen. */
function askAnew(): void {
  const ask = document.querySelector<HTMLInputElement>("[data-picks] input[name=volunteers][form=triage]");
  if (ask) ask.checked = false;
  nameTicked();
}

/** What a person chose stands on a solid edge; a suggestion keeps its dashed one. */
function markDecided(event: Event): void {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return;
  if (target.matches(".sug-value")) target.closest("li")?.classList.add("is-decided");
  if (target.matches("#triage select[name=category]")) askAnew();
  if (target.matches("[data-picks] input")) nameTicked();
}

let started = false;

export function start(root: ParentNode): void {
  fillUntouched(root);
  nameTicked();
  if (started) return;
  started = true;
  keepScroll();
  document.addEventListener("change", markDecided);
  document.body.addEventListener("desk:ticked", nameTicked);
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const part = event.target instanceof Element ? event.target : null;
    if (part?.id === "who-goes") numbersAnew();
    if (part?.id === "pending") fillUntouched(document);
  });
}
