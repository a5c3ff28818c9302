import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, describe, expect, it } from 'vitest'
import { refresh } from './refresh'

describe('refresh', () => {
  const queryClient = new QueryClient()
  afterEach(() => {
    queryClient.clear()
  })

  /** Shows a query. Each of its fetches waits until the test calls the next function in `waiting`. */
  function show(...queryKey: string[]) {
    const waiting: ((data: number) => void)[] = []
    const observer = new QueryObserver(queryClient, {
      queryKey,
      queryFn: () => new Promise<number>((resolve) => waiting.push(resolve)),
    })
    const hide = observer.subscribe(() => undefined)
    return { waiting, observer, hide }
  }

  it('refetches what is on screen', async () => {
    const { waiting, observer, hide } = show('model')
    waiting[0]?.(1)
    await expect.poll(() => observer.getCurrentResult().data).toBe(1)
    const done = refresh(queryClient, ['model'])
    await expect.poll(() => waiting.length).toBe(2)
    waiting[1]?.(2)
    await done
    expect(observer.getCurrentResult().data).toBe(2)
    hide()
  })

  it('fetches once more if something changes during the first fetch', async () => {
    const { waiting, observer, hide } = show('model', 'overview')
    await expect.poll(() => waiting.length).toBe(1)
    const done = refresh(queryClient, ['model'])
    waiting[0]?.(1) // the data from before the change
    await expect.poll(() => waiting.length).toBe(2)
    waiting[1]?.(2)
    await done
    expect(observer.getCurrentResult().data).toBe(2)
    hide()
  })

  it('does not refetch other queries', async () => {
    const { waiting, hide } = show('daemons')
    waiting[0]?.(1)
    await refresh(queryClient, ['model'])
    expect(waiting).toHaveLength(1)
    hide()
  })
})
