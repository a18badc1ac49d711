import type { Schemas } from "@/shared/api/client";

export type Spot = Schemas["SpotBody"];

/** Where the phone is; asked only when somebody taps for it. Null where it is refused, unknown or too slow. */
export function whereAmI(): Promise<Spot | null> {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator)) resolve(null);
    else
      navigator.geolocation.getCurrentPosition(
        ({ coords }) =>
          resolve({ latitude: coords.latitude, longitude: coords.longitude, accuracy: Math.round(coords.accuracy) }),
        () => resolve(null),
        { enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000 },
      );
  });
}

/** Four decimals are about ten metres. */
export const spotText = ({ latitude, longitude }: Spot) => `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
