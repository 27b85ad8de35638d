import { defineConfig } from "vite";
import { compressed } from "./build/compressed.mjs";
import { chunkName, mapLibrary } from "./build/map-library.mjs";
import { servedFonts } from "./build/served-fonts.mjs";

// The output is served by the program itself; addresses are relative to each file, so the same
// build works under any static prefix.
export default defineConfig({
  base: "./",
  publicDir: "public",
  plugins: [mapLibrary(), servedFonts("../.cache/served-fonts"), compressed()],
  build: {
    outDir: "../maplebridge/shell/static/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    target: "es2022",
    // The map library is large by itself; it is loaded only where a map is shown.
    chunkSizeWarningLimit: 1400,
    rollupOptions: {
      input: ["src/main.ts", "src/sw.ts", "styles/wall.css"],
      output: { chunkFileNames: (chunk) => `assets/${chunkName(chunk)}-[hash].js` },
    },
  },
});
