/** How long to wait before reopening a stream that the browser has given up, in milliseconds. */
export const REOPEN_MS = 3_000

/**
 * Follows an event stream while the page is visible, and returns a function that
 * stops this. `listeners` are called by the name of the event, `onLive` when the
 * stream opens or closes.
 *
 * A hidden page closes its stream, because a browser opens only six connections
 * to a server. The server sends one event of each name when a stream opens, so
 * nothing is missed.
 */
export function followEvents(
  url: string,
  listeners: Record<string, () => void>,
  onLive: (live: boolean) => void,
): () => void {
  let source: EventSource | undefined
  let reopenTimer: ReturnType<typeof setTimeout> | undefined

  const close = () => {
    clearTimeout(reopenTimer)
    source?.close()
    source = undefined
    onLive(false)
  }
  const open = () => {
    close()
    const opened = new EventSource(url)
    source = opened
    opened.onopen = () => {
      onLive(true)
    }
    opened.onerror = () => {
      onLive(false)
      // The browser reconnects by itself when a connection is lost, but not after an HTTP error.
      if (opened.readyState === EventSource.CLOSED) reopenTimer = setTimeout(open, REOPEN_MS)
    }
    for (const [name, listener] of Object.entries(listeners)) opened.addEventListener(name, listener)
  }
  const followVisibility = () => {
    if (document.hidden) close()
    else open()
  }

  followVisibility()
  document.addEventListener('visibilitychange', followVisibility)
  return () => {
    document.removeEventListener('visibilitychange', followVisibility)
    close()
  }
}
