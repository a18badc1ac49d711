/** After the answer, also when the asking component is gone by then; a failure has shown its toast already. */
export function whenDone<T>(answer: Promise<T>, then: (value: T) => void): void {
  answer.then(then, () => undefined);
}
