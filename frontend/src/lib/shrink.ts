/**
 * A phone's photo is made small before it leaves the device: a tenth of the data on a weak line,
 * and neither place nor serial number in it. The server does all of this again for those who come
 * without scripts; whatever fails here is sent as it is.
 */
export const LONGEST = 2560; // px; the server keeps 2048
const QUALITY = 0.85;
const KINDS = /^image\/(jpeg|png|webp|bmp|heic|heif|avif)$/;

/** A moving picture would stand still, and a drawing is small already. */
export function isPicture(file: { type: string }): boolean {
  return KINDS.test(file.type);
}

/** Width and height that fit, in whole pixels; never larger than given. */
export function fitting(width: number, height: number): [number, number] {
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

export function jpegName(name: string): string {
  return `${name.replace(/\.[^.]*$/, "") || "photo"}.jpg`;
}

export async function smaller(file: File): Promise<File> {
  if (!isPicture(file)) return file;
  try {
    const blob = await redrawn(file);
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], jpegName(file.name), { type: "image/jpeg" });
  } catch {
    return file; // a kind this browser cannot read, or more than its memory holds
  }
}

async function redrawn(file: File): Promise<Blob | null> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const [width, height] = fitting(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.fillStyle = "#fff"; // what was transparent would turn black
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, width, height);
  picture.close();
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
}
