import { fileURLToPath } from "node:url";

const library = (path) => fileURLToPath(new URL(`../node_modules/maplibre-gl/src/${path}`, import.meta.url));
const ADDRESS = "virtual:map-worker";

/**
 * The map library, built from the sources in its package. Its ready-made page part and worker part each carry
 * the code they share; built together, that code is a file of its own and goes over the line once.
 */
export function mapLibrary() {
  return {
    name: "map-library",
    config: () => ({
      resolve: { alias: [{ find: /^maplibre-gl$/, replacement: library("index.ts") }] },
      // As the library is compiled by its authors: a field that only names a type must not wipe
      // away what the parent class has put there.
      oxc: {
        typescript: { removeClassFieldsWithoutInitializer: true },
        assumptions: { setPublicClassFields: true },
      },
    }),
    resolveId: (id) => (id === ADDRESS ? `\0${ADDRESS}` : null),
    load(id) {
      if (id !== `\0${ADDRESS}`) return null;
      const chunk = this.emitFile({ type: "chunk", id: library("source/worker.ts"), name: "mapworker" });
      return `export default import.meta.ROLLUP_FILE_URL_${chunk};`;
    },
  };
}

/** What is the map's by its name as well: budgets weigh a page with its map and without. */
export function chunkName({ name, moduleIds }) {
  const ofMap = moduleIds.some((id) => id.includes("/maplibre-gl/src/"));
  return ofMap && !name.startsWith("map") ? `map-${name}` : name;
}
