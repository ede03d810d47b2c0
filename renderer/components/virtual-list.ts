/** What an owner may ask of a VirtualList: `useTemplateRef<VirtualListHandle>('list')`. */
export interface VirtualListHandle {
  /** Scrolls just far enough for the row to be seen. */
  scrollToIndex(index: number): Promise<void>
  scrollToTop(): void
  focus(): void
}
