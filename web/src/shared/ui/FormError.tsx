import { asApiError } from "../api/errors";
import { errorText } from "./notify";
import "./field.css";

/** What the server refused, and every fault with its place, above the form's buttons. */
export function FormError({ error }: { error: unknown }) {
  if (!error) return null;
  const faults = (asApiError(error).faults ?? []).filter(({ message }) => message);
  return (
    <div className="form-error" role="alert">
      {errorText(error)}
      {faults.length > 0 && (
        <ul>
          {faults.map(({ where, message }) => (
            <li key={`${where}:${message}`}>
              {where && <strong>{where} </strong>}
              {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
