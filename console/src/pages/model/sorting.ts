import type { Schemas } from '../../api/client'
import { textOf } from '../../app/search'

type Endpoint = Schemas['Endpoint']

/** By what the endpoints can be ordered; the server's own order is by path and then method. */
export type SortColumn = 'requests' | 'errors' | 'p50' | 'p95'

const VALUES: Record<SortColumn, (e: Endpoint) => number> = {
  requests: (e) => e.requests,
  errors: (e) => e.error_rate,
  p50: (e) => e.latency_ms.p50,
  p95: (e) => e.latency_ms.p95,
}

/** Reads the order of a URL; absent is by path. */
export function sortOf(search: Record<string, unknown>): SortColumn | undefined {
  const name = textOf(search.sort)
  return name !== undefined && Object.hasOwn(VALUES, name) ? (name as SortColumn) : undefined
}

/** The endpoints with the highest value first; equal ones keep their order. */
export function sorted(endpoints: Endpoint[], column: SortColumn | undefined): Endpoint[] {
  if (column === undefined) return endpoints
  const value = VALUES[column]
  return endpoints.toSorted((a, b) => value(b) - value(a))
}
