import { antdLocale, words as everyday } from "./everyday";
import { words as more } from "./more";

/** All words; the product itself loads the two halves one after the other. */
export const words = { ...everyday, ...more };
export type Words = typeof words;
export { antdLocale };
