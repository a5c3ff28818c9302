import type { Schemas } from '../../api/client'
import { textOf } from '../../app/search'

type Endpoint = Schemas['Endpoint']

/** The columns to sort endpoints by. The server sorts them by path and method. */
export type SortColumn = 'requests' | 'errors' | 'p50' | 'p95'

const VALUES: Record<SortColumn, (e: Endpoint) => number> = {
  requests: (e) => e.requests,
  errors: (e) => e.error_rate,
  p50: (e) => e.latency_ms.p50,
  p95: (e) => e.latency_ms.p95,
}

/** Returns the column to sort by from the parameters of a URL; undefined keeps the server's order. */
export function sortOf(search: Record<string, unknown>): SortColumn | undefined {
  const name = textOf(search.sort)
  return name !== undefined && Object.hasOwn(VALUES, name) ? (name as SortColumn) : undefined
}

/** Returns the endpoints sorted by a column, highest value first. The sort is stable. */
export function sorted(endpoints: Endpoint[], column: SortColumn | undefined): Endpoint[] {
  if (column === undefined) return endpoints
  const value = VALUES[column]
  return endpoints.toSorted((a, b) => value(b) - value(a))
}
