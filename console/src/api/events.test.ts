import { QueryClient, QueryObserver, type QueryKey } from '@tanstack/react-query'
import { afterEach, describe, expect, it } from 'vitest'
import { projectListeners, refetchIntervalMs } from './events'
import { keys } from './queries'

describe('projectListeners', () => {
  const queryClient = new QueryClient()
  afterEach(() => {
    queryClient.clear()
  })

  const resources: Record<string, QueryKey> = {
    projects: keys.projects,
    summary: keys.project('demo'),
    daemons: keys.daemons('demo'),
    traces: [...keys.traces('demo'), 'active'],
    model: [...keys.model('demo'), 'overview'],
    'another model': keys.model('other'),
  }

  it.each([
    ['daemons', ['summary', 'daemons']],
    ['traces', ['summary', 'traces']],
    ['model', ['traces', 'model']],
  ])('refetches what the event "%s" concerns: %j', async (event, expected) => {
    const fetched: string[] = []
    const observers = Object.entries(resources).map(([name, queryKey]) => {
      const queryFn = () => Promise.resolve(fetched.push(name))
      return new QueryObserver(queryClient, { queryKey, queryFn, initialData: 0, staleTime: Infinity })
    })
    const unsubscribe = observers.map((observer) => observer.subscribe(() => undefined))

    projectListeners(queryClient, 'demo')[event]?.()

    await expect.poll(() => fetched.toSorted()).toEqual(expected.toSorted())
    unsubscribe.forEach((stop) => {
      stop()
    })
  })
})

it('polls more often without an event stream', () => {
  expect(refetchIntervalMs(false)).toBeLessThan(refetchIntervalMs(true))
})
