import type { Plugin } from "vite";

export function mapLibrary(): Plugin;
export function chunkName(chunk: { name: string; moduleIds: string[] }): string;
