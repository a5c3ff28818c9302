import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError, isUnauthorized } from '../api/problem'
import { keys } from '../api/queries'

const MAX_RETRIES = 2

/**
 * Creates the cache of the server's data. When a request fails because it needs a
 * login, the session is fetched again, and the shell then shows the login page.
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
        // The server may run on this machine, where it can be reached offline too.
        networkMode: 'always',
        retry: (failures, error) => failures < MAX_RETRIES && !isPermanent(error),
      },
      mutations: { networkMode: 'always' },
    },
  })
  return client
}

/** Reports whether the same request would fail again. */
function isPermanent(error: unknown): boolean {
  return error instanceof ApiError && error.problem.status < 500
}
