/**
 * The fallback font: what a computer without a Chinese face of its own is served.
 *
 * The common characters come ready cut, by how often they are used, from one package. Its cut leaves
 * out what only place names use (舥, 矴), so the rest is cut here from the whole face in
 * a second package. The browser fetches a piece only when a character of its `unicode-range` is shown
 * and no system face has it.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const COMMON = dirname(require.resolve("@fontsource-variable/noto-sans-sc/package.json"));
const WHOLE = dirname(require.resolve("@expo-google-fonts/noto-sans-sc/package.json"));
const WEIGHTS = [
  { weight: "100 500", file: "400Regular/NotoSansSC_400Regular.ttf" },
  { weight: "501 900", file: "600SemiBold/NotoSansSC_600SemiBold.ttf" },
];
export const RARE = "Noto Sans SC Rare";
const PIECE = 512; // characters; about 80 kB, fetched once by the few who need it
const MADE_BY = 2; // change it with the recipe: pieces that were kept are made again

/** Each face of a style sheet: its file and the characters its `unicode-range` promises. */
export function faces(css) {
  return [...css.matchAll(/@font-face\s*{([^}]*)}/g)].map(([, body]) => ({
    file: /url\(["']?([^"')]+)/.exec(body)?.[1] ?? "",
    promised: new Set(ranges(/unicode-range:\s*([^;]+)/.exec(body)?.[1] ?? "")),
  }));
}

function* ranges(text) {
  for (const [, from, to] of text.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi)) {
    for (let code = parseInt(from, 16); code <= parseInt(to ?? from, 16); code++) yield code;
  }
}

/** The characters that a font file really draws. */
async function drawn(path) {
  const [{ Blob: Bytes, Face }, { convert }] = await Promise.all([
    import("harfbuzzjs"),
    import("fontverter"),
  ]);
  const sfnt = await convert(readFileSync(path), "sfnt");
  return new Face(new Bytes(new Uint8Array(sfnt)), 0).collectUnicodes();
}

/** What the ready-cut package serves: promised by its style sheet and drawn by the file. */
async function common() {
  const served = new Set();
  for (const { file, promised } of faces(readFileSync(join(COMMON, "wght.css"), "utf-8"))) {
    for (const code of await drawn(join(COMMON, file))) if (promised.has(code)) served.add(code);
  }
  return served;
}

/** Ideographs; the signs of other scripts are not ours to serve. */
const isIdeograph = (code) => code >= 0x2e80 && /\p{Script=Han}/u.test(String.fromCodePoint(code));

/** Bring the pieces in `folder` up to date; `rare.css` and `glyphs.json` are written last. */
export async function cut(folder, report = () => undefined) {
  const stamp = createHash("sha256");
  for (const part of [MADE_BY, PIECE, version(COMMON), version(WHOLE)]) stamp.update(`${part}\n`);
  const name = stamp.digest("hex").slice(0, 16);
  const done = join(folder, name);
  if (existsSync(join(done, "glyphs.json"))) return done;
  report("cutting the rare characters of the fallback font; kept for the next build");
  const { default: subset } = await import("subset-font");
  const served = await common();
  const whole = await drawn(join(WHOLE, WEIGHTS[0].file));
  const rare = [...whole].filter((code) => !served.has(code) && isIdeograph(code)).sort((a, b) => a - b);
  const making = `${done}-${process.pid}`;
  mkdirSync(making, { recursive: true });
  const rules = [];
  for (let at = 0; at < rare.length; at += PIECE) {
    const codes = rare.slice(at, at + PIECE);
    for (const [n, { weight, file }] of WEIGHTS.entries()) {
      const piece = `rare-${String(at / PIECE).padStart(2, "0")}-${n}.woff2`;
      const cutting = { targetFormat: "woff2", noHinting: true, noLayoutClosure: true };
      const font = await subset(readFileSync(join(WHOLE, file)), String.fromCodePoint(...codes), cutting);
      writeFileSync(join(making, piece), font);
      rules.push(rule(piece, weight, codes));
      if (n === 0) for (const code of await drawn(join(making, piece))) served.add(code);
    }
  }
  writeFileSync(join(making, "rare.css"), rules.join("\n"));
  const all = [...served].sort((a, b) => a - b);
  writeFileSync(join(making, "glyphs.json"), JSON.stringify(runs(all)));
  for (const old of readdirSync(folder)) {
    if (/^[0-9a-f]{16}$/.test(old)) rmSync(join(folder, old), { recursive: true });
  }
  renameSync(making, done);
  return done;
}

const version = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf-8")).version;

/**
 * One piece. Its range runs on over the common characters in between: their face stands first in the
 * family list, so they never come here, and the style sheet stays a third of its size.
 */
function rule(piece, weight, codes) {
  const range = `U+${codes[0].toString(16)}-${codes.at(-1).toString(16)}`;
  const source = `url("./${piece}") format("woff2")`;
  return `@font-face{font-family:"${RARE}";font-display:swap;font-weight:${weight};src:${source};unicode-range:${range}}`;
}

/** [[from, to], …] of sorted code points. */
function runs(codes) {
  const found = [];
  for (const code of codes) {
    const last = found.at(-1);
    if (last && last[1] === code - 1) last[1] = code;
    else found.push([code, code]);
  }
  return found;
}

/** The plug-in: `#rare/rare.css` in a style sheet, `glyphs.json` beside the manifest. */
export function servedFonts(folder) {
  let made = "";
  return {
    name: "served-fonts",
    apply: "build",
    async config() {
      made = await cut(folder, (text) => console.log(text));
      return { resolve: { alias: { "#rare": made } } };
    },
    generateBundle() {
      const source = readFileSync(join(made, "glyphs.json"), "utf-8");
      this.emitFile({ type: "asset", fileName: "glyphs.json", source });
    },
  };
}
