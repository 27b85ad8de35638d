/** The shapes of the map, the same as in chips and rows: diamond, triangle, disc, ring, post, unit. */
import { token } from "./tokens";

const SIZE = 28; // css px
const PATHS: Record<string, string> = {
  P1: "M14 3 25 14 14 25 3 14Z",
  P2: "M14 4 25 23H3Z",
};

interface Look {
  fill: string;
  stroke: string;
  path?: string;
  radius?: number;
  cut?: string;
}

function lookOf(name: string, element: Element): Look {
  const colour = (token_name: string) => token(token_name, element);
  const sheet = colour("--sheet");
  switch (name) {
    case "P1":
    case "P2":
      return { fill: colour("--maple"), stroke: sheet, path: PATHS[name]!, cut: colour("--on-maple") };
    case "P4":
      return { fill: sheet, stroke: colour("--slate"), radius: 7 };
    case "unit":
    case "volunteer":
    case "police":
    case "sentinel":
      return { fill: colour("--pine"), stroke: sheet, radius: 11 };
    case "station":
    case "post":
      return { fill: sheet, stroke: colour("--pine"), path: "M14 5 23 12V23H5V12Z" };
    case "here":
      return { fill: colour("--ink"), stroke: sheet, radius: 8 };
    default:
      return { fill: colour("--ink-2"), stroke: sheet, radius: 8 };
  }
}

/** Pixels of one icon at the device's density. */
export function icon(name: string, element: Element): { data: ImageData; ratio: number } {
  const ratio = Math.max(1, Math.round(devicePixelRatio));
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE * ratio;
  const pen = canvas.getContext("2d")!;
  pen.scale(ratio, ratio);
  const look = lookOf(name, element);
  const shape = new Path2D(look.path);
  if (look.radius) shape.arc(SIZE / 2, SIZE / 2, look.radius, 0, 2 * Math.PI);
  pen.lineJoin = "round";
  pen.lineWidth = look.stroke === token("--sheet", element) ? 3 : 2.5;
  pen.strokeStyle = look.stroke;
  pen.stroke(shape);
  pen.fillStyle = look.fill;
  pen.fill(shape);
  if (look.cut) {
    pen.strokeStyle = look.cut;
    pen.lineWidth = 2;
    pen.lineCap = "round";
    const low = name === "P2" ? 2 : 0;
    pen.stroke(new Path2D(`M14 ${9 + low}v5M14 ${18 + low}v.1`));
  }
  return { data: pen.getImageData(0, 0, canvas.width, canvas.height), ratio };
}
