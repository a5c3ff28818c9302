/**
 * Puts text on the clipboard and says whether that worked. Browsers offer the
 * clipboard API on HTTPS and localhost only; on a plain HTTP address of a
 * private network the older way through a selection still works.
 */
export async function copyText(text: string): Promise<boolean> {
  if (!window.isSecureContext) return copySelection(text)
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copySelection(text)
  }
}

function copySelection(text: string): boolean {
  const selection = window.getSelection()
  if (selection === null) return false
  const holder = document.createElement('span')
  holder.textContent = text
  holder.style.cssText = 'position: fixed; white-space: pre; opacity: 0;'
  document.body.append(holder)
  selection.removeAllRanges()
  selection.selectAllChildren(holder)
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without a secure context
  const copied = document.execCommand('copy')
  selection.removeAllRanges()
  holder.remove()
  return copied
}
