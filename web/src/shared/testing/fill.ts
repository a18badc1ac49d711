import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";

/** Puts a whole text into a labelled field at once: typing letter by letter is what makes form tests slow. */
export async function fill(label: string | RegExp, text: string): Promise<void> {
  const field = screen.getByLabelText(label);
  await userEvent.clear(field);
  if (!text) return;
  await userEvent.click(field);
  await userEvent.paste(text);
}
