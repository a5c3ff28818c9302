import { QueryObserver, type QueryClient } from '@tanstack/react-query'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '../api/problem'
import { keys } from '../api/queries'
import { createQueryClient } from './queryClient'

const apiError = (status: number) =>
  new ApiError({ type: 'about:blank', title: '', status, detail: `status ${status}`, code: 'test' })

describe('createQueryClient', () => {
  let client: QueryClient
  afterEach(() => {
    client.clear()
    vi.useRealTimers()
  })

  it.each<[string, Error, number]>([
    ['an error of the request', apiError(404), 1],
    ['an error of the server', apiError(503), 3],
    ['a network failure', new TypeError('Failed to fetch'), 3],
  ])('after %s (%s) sends %d requests in all', async (_, error, times) => {
    vi.useFakeTimers()
    client = createQueryClient()
    const queryFn = vi.fn(() => Promise.reject(error))
    const result = expect(client.query({ queryKey: keys.projects, queryFn })).rejects.toBe(error)
    await vi.runAllTimersAsync()
    await result
    expect(queryFn).toHaveBeenCalledTimes(times)
  })

  /** Shows the session, and returns how often it has been fetched. */
  function showSession() {
    const queryFn = vi.fn(() => Promise.resolve('ada'))
    const queryKey = keys.session
    new QueryObserver(client, { queryKey, queryFn, initialData: 'ada', staleTime: Infinity }).subscribe(() => undefined)
    return queryFn
  }

  it.each([
    [401, 1],
    [403, 0],
  ])('after status %d of a query fetches the session %d times', async (status, times) => {
    client = createQueryClient()
    const session = showSession()
    const queryFn = () => Promise.reject(apiError(status))
    await expect(client.query({ queryKey: keys.projects, queryFn })).rejects.toThrow()
    expect(session).toHaveBeenCalledTimes(times)
  })

  it('after status 401 of a mutation fetches the session', async () => {
    client = createQueryClient()
    const session = showSession()
    const mutation = client.getMutationCache().build(client, { mutationFn: () => Promise.reject(apiError(401)) })
    await expect(mutation.execute(undefined)).rejects.toThrow()
    expect(session).toHaveBeenCalledTimes(1)
  })

  it('after status 401 of the session does not fetch it again', async () => {
    client = createQueryClient()
    const queryFn = vi.fn(() => Promise.reject(apiError(401)))
    await expect(client.query({ queryKey: keys.session, queryFn })).rejects.toThrow()
    expect(queryFn).toHaveBeenCalledTimes(1)
  })
})
