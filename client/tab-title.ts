/** The number of open critical incidents before the title of the tab, whatever page sets it. */

/** "(2) Journeys · Signalbox"; without a number where there are none. */
export function countedTitle(title: string, count: number): string {
  const bare = title.replace(/^\(\d+\) /, "");
  return count > 0 ? `(${count}) ${bare}` : bare;
}

/** Keeps the number there while pages change; returns the way back. */
export function countInTitle(count: number): () => void {
  const keep = () => {
    const wanted = countedTitle(document.title, count);
    if (document.title !== wanted) document.title = wanted;
  };
  const observer = new MutationObserver(keep);
  observer.observe(document.head, { childList: true, subtree: true, characterData: true });
  keep();
  return () => observer.disconnect();
}
