import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Refetches all queries on screen below a key, and returns when they are up to date.
 * TanStack Query does not restart the first fetch of a query, and its response may be
 * older than the change. Such queries are fetched once more when it has arrived.
 */
export async function refresh(queryClient: QueryClient, queryKey: QueryKey, exact = false): Promise<void> {
  const first = queryClient.getQueryCache().findAll({
    queryKey,
    exact,
    type: 'active',
    predicate: ({ state }) => state.fetchStatus !== 'idle' && state.data === undefined,
  })
  await queryClient.invalidateQueries({ queryKey, exact })
  await Promise.all(first.map((query) => queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true })))
}
