import { vi } from "vitest";

/** The next render sees a phone: every media query matches. Undone by `vi.unstubAllGlobals()`. */
export function asPhone(): void {
  vi.stubGlobal("matchMedia", (media: string) => ({
    matches: true,
    media,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
}
