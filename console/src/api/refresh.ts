import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Fetches again all queries on screen below a key, and returns when they are fresh. A first
 * fetch that is under way cannot be replaced by another, and its answer may be older than
 * the change that is told of: such queries are fetched once more when it is there.
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
