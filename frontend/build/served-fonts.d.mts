import type { Plugin } from "vite";

export const RARE: string;
export function faces(css: string): { file: string; promised: Set<number> }[];
export function cut(folder: string, report?: (text: string) => void): Promise<string>;
export function servedFonts(folder: string): Plugin;
