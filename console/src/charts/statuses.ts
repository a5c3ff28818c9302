/** How often a status code was returned. */
export interface StatusShare {
  code: string
  /** The first digit: 2 for 200. */
  statusClass: string
  count: number
  /** Of all responses, 0 to 1. */
  share: number
}

/** Returns the shares of the status codes that occur, ordered by code. */
export function statusShares(statuses: Record<string, number>): StatusShare[] {
  const total = Object.values(statuses).reduce((sum, n) => sum + n, 0)
  return Object.entries(statuses)
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([code, count]) => ({ code, statusClass: code.charAt(0), count, share: count / total }))
}
