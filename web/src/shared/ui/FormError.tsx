import { asApiError } from "../api/errors";
import { errorText } from "./notify";
import "./field.css";

export interface FormErrorProps {
  error: unknown;
  /** The reader's word for a fault's place; without one the server's name of it is shown. */
  nameOf?: (where: string) => string | undefined;
}

/** The sentence without the faults that are listed below it. */
function headOf(text: string, faults: readonly { message: string }[]): string {
  const starts = faults.map(({ message }) => text.indexOf(message));
  const listed = starts.length > 0 && starts.every((at) => at >= 0);
  return listed
    ? text
        .slice(0, Math.min(...starts))
        .trim()
        .replace(/[:\uff1a]$/, "") || text
    : text;
}

/** What the server refused, and every fault with its place, above the form's buttons. */
export function FormError({ error, nameOf }: FormErrorProps) {
  if (!error) return null;
  const faults = (asApiError(error).faults ?? []).filter(({ message }) => message);
  return (
    <div className="form-error" role="alert">
      {headOf(errorText(error), faults)}
      {faults.length > 0 && (
        <ul>
          {faults.map(({ where, message }) => (
            <li key={`${where}:${message}`}>
              {where && <strong>{nameOf?.(where) ?? where} </strong>}
              {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
