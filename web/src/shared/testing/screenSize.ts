/** Makes `matchMedia` answer for a window of this width, until the next call; only min- and max-width are understood. */
export function setWidth(width: number): void {
  window.matchMedia = (query: string) => {
    const most = /max-width: (\d+)px/.exec(query)?.[1];
    const least = /min-width: (\d+)px/.exec(query)?.[1];
    const matches = (!most || width <= Number(most)) && (!least || width >= Number(least)) && Boolean(most || least);
    return { matches, media: query, addEventListener() {}, removeEventListener() {} } as unknown as MediaQueryList;
  };
}
