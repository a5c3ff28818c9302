import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState } from 'react'
import { coalesce } from './coalesce'
import { keys } from './queries'
import { refresh } from './refresh'

/** How long after the stream broke for good it is opened anew. */
const REOPEN_MS = 3_000
/** How often the same resource is fetched again at the most. */
const REFRESH_INTERVAL_MS = 400

/** Whether the event stream of the project on screen is open. */
export const LiveContext = createContext(false)

/**
 * How often a query fetches again by itself, in milliseconds: rarely while the
 * event stream tells of each change, often while it is down.
 */
export function useRefetchInterval(): number {
  return useContext(LiveContext) ? 30_000 : 2_000
}

/**
 * Follows a project's event stream and refreshes what has changed. Returns
 * whether the stream is open. A hidden page closes it, because browsers open
 * only six connections to a server at the same time, and opens it when it is
 * shown again; the server then sends one event of each kind.
 */
export function useProjectEvents(project: string): boolean {
  const queryClient = useQueryClient()
  const [live, setLive] = useState(false)

  useEffect(() => {
    const triggers = refreshers(queryClient, project)
    let source: EventSource | undefined
    let reopen: ReturnType<typeof setTimeout> | undefined

    const close = () => {
      clearTimeout(reopen)
      source?.close()
      source = undefined
      setLive(false)
    }
    const open = () => {
      close()
      source = new EventSource(`/api/v1/projects/${encodeURIComponent(project)}/events`)
      source.onopen = () => {
        setLive(true)
      }
      source.onerror = () => {
        setLive(false)
        // The browser tries again by itself after a lost connection, but not after an HTTP error.
        if (source?.readyState === EventSource.CLOSED) reopen = setTimeout(open, REOPEN_MS)
      }
      for (const [name, trigger] of Object.entries(triggers)) source.addEventListener(name, trigger)
    }
    const follow = () => {
      if (document.hidden) close()
      else open()
    }

    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      close()
    }
  }, [project, queryClient])

  return live
}

/** For each event name, the trigger that fetches again what the event says has changed. */
function refreshers(queryClient: QueryClient, project: string): Record<string, () => void> {
  const refetch = (queryKey: readonly string[], exact = false) => refresh(queryClient, queryKey, exact)
  const summary = () => refetch(keys.project(project), true)

  return {
    daemons: coalesce(() => Promise.all([refetch(keys.daemons(project)), summary()]), REFRESH_INTERVAL_MS),
    traces: coalesce(() => Promise.all([refetch(keys.traces(project)), summary()]), REFRESH_INTERVAL_MS),
    // A trace says how many witnesses have been folded, so it changes with the model.
    model: coalesce(() => Promise.all([refetch(keys.model(project)), refetch(keys.traces(project))]), REFRESH_INTERVAL_MS),
  }
}
