/** A masked number cannot be called. */
export function isDialable(phone: string | null): phone is string {
  return phone !== null && phone !== "" && !phone.includes("*");
}
