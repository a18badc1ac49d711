/** A key for one tap: the same tap sent twice is one change. Works without a secure context, where randomUUID is missing. */
export function requestKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
