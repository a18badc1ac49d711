/** Django's CSRF token of this session, from its cookie. */
export function csrfToken(cookies: string = document.cookie): string {
  const found = cookies.split("; ").find((cookie) => cookie.startsWith("csrftoken="));
  return found ? decodeURIComponent(found.slice("csrftoken=".length)) : "";
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

export function needsCsrf(method: string): boolean {
  return !SAFE.has(method.toUpperCase());
}
