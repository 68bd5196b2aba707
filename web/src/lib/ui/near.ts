/**
 * Tells when an element comes near the visible part of what it scrolls in (its closest `[data-scroller]`), and when
 * it is far again. For long texts and lists, of which only what is near is drawn in full.
 */
export function watchNear(element: HTMLElement, onChange: (isNear: boolean) => void): () => void {
  const observer = new IntersectionObserver(([entry]) => entry && onChange(entry.isIntersecting), {
    root: element.closest('[data-scroller]'),
    rootMargin: '1200px 0px',
  });
  observer.observe(element);
  return () => observer.disconnect();
}
