export const LONGEST_SIDE = 1600;
export const MOST_PHOTOS = 9;
const QUALITY = 0.82;

/** Width and height scaled down so that the longer side fits; small pictures stay as they are. */
export function fitted(width: number, height: number, most = LONGEST_SIDE): { width: number; height: number } {
  const factor = Math.min(1, most / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

/** The photo upright, scaled down and drawn anew, so that nothing of what the camera wrote into it leaves the phone. */
export async function shrunk(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const size = fitted(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = size.width;
  canvas.height = size.height;
  canvas.getContext("2d")?.drawImage(picture, 0, 0, size.width, size.height);
  picture.close();
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("photo"))), "image/jpeg", QUALITY),
  );
}
