import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError, isUnauthorized } from '../api/problem'
import { keys } from '../api/queries'

const RETRIES = 2

/**
 * The cache of what the server tells. A request that needs a log-in makes the
 * session be looked at again; the shell then shows the log-in page.
 */
export function createQueryClient(): QueryClient {
  const checkSession = (error: unknown, queryKey?: readonly unknown[]) => {
    if (!isUnauthorized(error) || queryKey?.[0] === keys.session[0]) return
    void client.invalidateQueries({ queryKey: keys.session })
  }
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        checkSession(error, query.queryKey)
      },
    }),
    mutationCache: new MutationCache({
      onError: (error) => {
        checkSession(error)
      },
    }),
    defaultOptions: {
      queries: {
        // The server may run on this machine: being offline says nothing about it.
        networkMode: 'always',
        retry: (failures, error) => failures < RETRIES && !isRefusal(error),
      },
      mutations: { networkMode: 'always' },
    },
  })
  return client
}

/** Whether asking again in the same way leads to the same answer. */
function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.problem.status < 500
}
