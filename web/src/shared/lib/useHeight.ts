import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** The element's height in px, for components that need a number (antd's virtual table). */
export function useHeight<T extends HTMLElement>(initial = 400): [RefObject<T | null>, number] {
  const ref = useRef<T>(null);
  const [height, setHeight] = useState(initial);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => entry && setHeight(Math.round(entry.contentRect.height)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, height];
}
