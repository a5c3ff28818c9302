import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState } from 'react'
import { coalesce } from './coalesce'
import { followEvents } from './eventStream'
import { keys } from './queries'
import { refresh } from './refresh'

/** The shortest time between two fetches of the same resource because of events. */
const REFRESH_INTERVAL_MS = 400

/** Whether the event stream of the project on screen is open. */
export const LiveContext = createContext(false)

/**
 * Returns how often to fetch a resource of a project without an event, in
 * milliseconds. Polling replaces the event stream while it is closed, for example
 * because a proxy blocks it. While it is open, polling covers a connection that has
 * died without the browser noticing.
 */
export function refetchIntervalMs(live: boolean): number {
  return live ? 30_000 : 2_000
}

/** Returns refetchIntervalMs for the project on screen. */
export function useRefetchInterval(): number {
  return refetchIntervalMs(useContext(LiveContext))
}

/** Follows a project's event stream and refetches what has changed. Returns whether the stream is open. */
export function useProjectEvents(project: string): boolean {
  const queryClient = useQueryClient()
  const [live, setLive] = useState(false)
  useEffect(
    () =>
      followEvents(
        `/api/v1/projects/${encodeURIComponent(project)}/events`,
        projectListeners(queryClient, project),
        setLive,
      ),
    [project, queryClient],
  )
  return live
}

/** Returns for each event name the function that refetches what has changed. */
export function projectListeners(queryClient: QueryClient, project: string): Record<string, () => void> {
  const refreshAll = (...fetches: (() => Promise<void>)[]) =>
    coalesce(() => Promise.all(fetches.map((fetch) => fetch())), REFRESH_INTERVAL_MS)
  const summary = () => refresh(queryClient, keys.project(project), true)
  const daemons = () => refresh(queryClient, keys.daemons(project))
  const traces = () => refresh(queryClient, keys.traces(project))
  const model = () => refresh(queryClient, keys.model(project))

  return {
    daemons: refreshAll(daemons, summary),
    traces: refreshAll(traces, summary),
    model: refreshAll(model, traces), // a trace includes the number of its witnesses
  }
}
