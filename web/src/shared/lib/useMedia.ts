import { useCallback, useSyncExternalStore } from "react";

/** True while the media query matches; right on the first render, unlike antd's useBreakpoint. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (notify: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", notify);
      return () => list.removeEventListener("change", notify);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

export const usePhone = () => useMedia("(max-width: 767px)");
