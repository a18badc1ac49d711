/** What somebody typed as a list: separated by commas of either language, by blanks or by lines. */
export const splitWords = (text: string): string[] => text.split(/[\s,\uff0c\u3001]+/).filter(Boolean);
