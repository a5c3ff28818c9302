/**
 * Copies text to the clipboard and reports whether that worked. Browsers offer the
 * clipboard API only over HTTPS and on localhost. Over plain HTTP in a private
 * network, the text is selected and copied with the older execCommand.
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
  const element = document.createElement('span')
  element.textContent = text
  element.style.cssText = 'position: fixed; white-space: pre; opacity: 0;'
  document.body.append(element)
  selection.removeAllRanges()
  selection.selectAllChildren(element)
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without a secure context
  const copied = document.execCommand('copy')
  selection.removeAllRanges()
  element.remove()
  return copied
}
