export const MIN_PASSWORD = 10;

/** Where to go after the log-in: only to a path of this site. */
export function safeNext(next: string | null): string {
  return next?.startsWith("/") && !next.startsWith("//") && !next.startsWith("/\\") ? next : "/";
}

export const looksLikeEmail = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());

export type PasswordFault = "tooShort" | "different" | undefined;

export function passwordFault(password: string, again: string): PasswordFault {
  if (password.length < MIN_PASSWORD) return "tooShort";
  return password === again ? undefined : "different";
}
