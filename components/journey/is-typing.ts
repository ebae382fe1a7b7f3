/** Whether a key belongs to a field, to a dialog or to a text selection, and not to the page. */
export function isTyping(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("input, textarea, select, [role=dialog]")) return true;
  return window.getSelection()?.isCollapsed === false;
}
