/** Reading a form into a draft, and putting a draft back into a form. */
import { textFields } from "./drafts";
import type { KeptFile } from "./draftstore";

export function readFields(form: HTMLFormElement): [string, string][] {
  const secret = new Set(
    [...form.querySelectorAll<HTMLInputElement>("[type=password],[data-no-draft]")].map(
      (input) => input.name,
    ),
  );
  for (const name of outsideNames(form)) secret.add(name);
  return textFields(new FormData(form).entries(), secret);
}

/**
 * What stands elsewhere on the page and belongs to the form by its `form` attribute: the units
 * ticked beside a decision. It goes along when the form is sent and is no part of what is kept,
 * for the list is another one a minute later.
 */
export function outsideFields(form: HTMLFormElement): [string, string][] {
  const names = outsideNames(form);
  if (!names.size) return [];
  const all = textFields(new FormData(form).entries(), new Set());
  return all.filter(([name]) => names.has(name));
}

/** What is sent and never kept: which decision this page has shown is of no use an hour later. */
export function unkeptFields(form: HTMLFormElement): [string, string][] {
  const kept = new Set(readFields(form).map(([name]) => name));
  const outside = outsideNames(form);
  const all = textFields(new FormData(form).entries(), new Set());
  return all.filter(([name]) => !kept.has(name) && !outside.has(name));
}

function outsideNames(form: HTMLFormElement): Set<string> {
  const outside = [...form.elements].filter((e) => !form.contains(e) && !e.matches("button"));
  return new Set(outside.map((e) => (e as HTMLInputElement).name).filter(Boolean));
}

/** What the form held when it came, whatever was typed since: scripts may load long after. */
export function initialFields(form: HTMLFormElement): [string, string][] {
  const bare = form.cloneNode(true) as HTMLFormElement;
  bare.reset();
  return readFields(bare);
}

export function readFiles(form: HTMLFormElement): KeptFile[] {
  const inputs = [...form.querySelectorAll<HTMLInputElement>("input[type=file]")];
  return inputs.flatMap((i) => [...(i.files ?? [])].map((file) => ({ name: i.name, file })));
}

/** Puts values back; with `only`, into no other fields than these. */
export function fillFields(
  form: HTMLFormElement,
  fields: [string, string][],
  only?: ReadonlySet<string>,
): void {
  const given = new Map<string, string[]>();
  for (const [name, value] of fields) given.set(name, [...(given.get(name) ?? []), value]);
  for (const input of form.elements) {
    if (!only || only.has((input as HTMLInputElement).name)) fillOne(input, given);
  }
  form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
}

/** Puts kept files back where none was chosen since: what a person has just picked stays. */
export function fillFiles(form: Pick<HTMLFormElement, "querySelectorAll">, files: KeptFile[]): void {
  for (const input of form.querySelectorAll<HTMLInputElement>("input[type=file]")) {
    const mine = files.filter((kept) => kept.name === input.name);
    if (!mine.length || input.files?.length) continue;
    const held = new DataTransfer();
    for (const { file } of mine) held.items.add(file);
    input.files = held.files;
  }
}

function fillOne(input: Element, given: Map<string, string[]>): void {
  if (input instanceof HTMLSelectElement) {
    const wanted = given.get(input.name) ?? [];
    for (const option of input.options) option.selected = wanted.includes(option.value);
  } else if (input instanceof HTMLTextAreaElement) {
    input.value = given.get(input.name)?.[0] ?? input.value;
  } else if (input instanceof HTMLInputElement) {
    if (["file", "password", "submit"].includes(input.type)) return;
    if (input.name === "csrfmiddlewaretoken") return;
    const values = given.get(input.name) ?? [];
    if (input.type === "checkbox" || input.type === "radio") {
      input.checked = values.includes(input.value);
    } else if (values.length) input.value = values[0]!;
  }
}
