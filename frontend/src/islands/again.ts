/** The server sent the form back with what to correct: show it in place of ours. */
export function showAgain(html: string, form: HTMLFormElement): void {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("main");
  const main = form.closest("main");
  if (!fresh || !main) return;
  main.replaceChildren(...fresh.childNodes);
  document.body.dispatchEvent(new CustomEvent("shell:attach", { detail: main }));
  // A field first; else what is said about the whole form ("this is not for volunteers").
  const wrong =
    main.querySelector<HTMLElement>("[aria-invalid=true], .error") ??
    main.querySelector<HTMLElement>("[role=alert]:not([hidden])");
  wrong?.scrollIntoView({ block: "center" });
  if (wrong?.matches("input,textarea,select")) wrong.focus();
}
