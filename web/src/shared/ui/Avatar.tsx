/** Two significant characters of a company's or person's name: 云栖, 林, AC. */
export function initials(name: string): string {
  const clean = name.trim();
  if (/^[\x20-\x7e]+$/.test(clean)) {
    const words = clean.split(/[\s\-_]+/).filter(Boolean);
    return words
      .slice(0, 2)
      .map((word) => word.charAt(0).toUpperCase())
      .join("");
  }
  return clean.length <= 3 ? clean.slice(0, 1) : clean.slice(2, 4);
}

export function Avatar({ name, square }: { name: string; square?: boolean }) {
  return (
    <span className={`avatar${square ? " square" : ""}`} aria-hidden>
      {initials(name)}
    </span>
  );
}
