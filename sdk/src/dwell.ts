import type { Attrs, Liuke } from "./core";

/** One look at a page: told when it is left or hidden, and corrected when it goes on. */
export class Dwell {
  private id = "";
  private attrs: Attrs = {};
  private seconds = 0;
  private since = 0;

  constructor(
    private readonly liuke: Liuke,
    private readonly clock: () => number,
  ) {}

  /** Another page; the one before is told. */
  page(attrs: Attrs): void {
    this.leave();
    this.id = this.liuke.id();
    this.attrs = attrs;
    this.seconds = 0;
    this.since = this.clock();
  }

  /** Looked at again. */
  show(): void {
    if (this.id && !this.since) this.since = this.clock();
  }

  /** No longer looked at. */
  leave(): void {
    if (!this.id || !this.since) return;
    this.seconds += (this.clock() - this.since) / 1000;
    this.since = 0;
    this.liuke.track("page.viewed", this.attrs, Math.round(this.seconds), this.id);
  }
}
