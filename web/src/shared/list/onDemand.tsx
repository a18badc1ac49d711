import { type ComponentType, lazy, Suspense } from "react";

/** A dialogue whose code is loaded when it is first wanted, so that the page itself opens sooner. It is gone when it is not wanted, with its draft. */
export function onDemand<P extends object>(
  isWanted: (props: P) => boolean,
  load: () => Promise<ComponentType<P>>,
): ComponentType<P> {
  const Loaded = lazy(async () => ({ default: await load() })) as unknown as ComponentType<P>;
  return function OnDemand(props: P) {
    return isWanted(props) ? (
      <Suspense fallback={null}>
        <Loaded {...props} />
      </Suspense>
    ) : null;
  };
}
