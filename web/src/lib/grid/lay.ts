/**
 * Lays the input over a cell and brings both into view, past the head and the first columns, which stay where they are. Through the
 * object model: the page's policy forbids style attributes.
 */
export function lay(input: HTMLElement, cell: HTMLElement, scroller: HTMLElement): void {
  const [box, frame] = [cell.getBoundingClientRect(), scroller.getBoundingClientRect()];
  input.style.top = `${box.top - frame.top + scroller.scrollTop}px`;
  input.style.left = `${box.left - frame.left + scroller.scrollLeft}px`;
  input.style.width = `${box.width}px`;
  input.style.height = `${box.height}px`;
  const head = scroller.querySelector('thead')?.offsetHeight ?? 0;
  const title = scroller.querySelector<HTMLElement>('thead .title');
  const side = title ? title.getBoundingClientRect().right - frame.left : 0;
  if (box.top < frame.top + head) scroller.scrollTop -= frame.top + head - box.top;
  else if (box.bottom > frame.bottom - 20) scroller.scrollTop += box.bottom - frame.bottom + 20;
  if (box.left < frame.left + side) scroller.scrollLeft -= frame.left + side - box.left;
  else if (box.right > frame.right) scroller.scrollLeft += box.right - frame.right + 20;
}

/** Has the input laid anew when the columns are: by another language, or a wider window. Scrolling changes no head. */
export function following(again: () => void): (table: HTMLElement) => () => void {
  return (table) => {
    const watcher = new ResizeObserver(again);
    for (const head of table.querySelectorAll('thead th')) watcher.observe(head);
    return () => watcher.disconnect();
  };
}
