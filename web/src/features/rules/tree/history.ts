/** Undo and redo: what was, what is, what was undone. */
export interface History<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
  /** Changes with the same tag in a row are one step: typing a number is undone at once. */
  tag: string;
}

const MOST = 200;

export const historyOf = <T>(present: T): History<T> => ({ past: [], present, future: [], tag: "" });

export function record<T>(history: History<T>, present: T, tag = ""): History<T> {
  if (present === history.present) return history;
  const joins = tag !== "" && tag === history.tag;
  const past = joins ? history.past : [...history.past, history.present].slice(-MOST);
  return { past, present, future: [], tag };
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future], tag: "" };
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, tag: "" };
}

/** Another beginning that the server now holds; what was done stays undoable. */
export const replacePresent = <T>(history: History<T>, present: T): History<T> => ({ ...history, present, tag: "" });
