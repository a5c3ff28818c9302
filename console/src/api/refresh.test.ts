import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, describe, expect, it } from 'vitest'
import { refresh } from './refresh'

describe('refresh', () => {
  const queryClient = new QueryClient()
  afterEach(() => {
    queryClient.clear()
  })

  /** Shows a query whose every fetch waits for an answer; answers are given by hand. */
  function show(...queryKey: string[]) {
    const waiting: ((answer: number) => void)[] = []
    const observer = new QueryObserver(queryClient, {
      queryKey,
      queryFn: () => new Promise<number>((resolve) => waiting.push(resolve)),
    })
    const hide = observer.subscribe(() => undefined)
    return { waiting, observer, hide }
  }

  it('fetches again what is on screen', async () => {
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

  it('fetches once more where a change is told of during the first fetch', async () => {
    const { waiting, observer, hide } = show('model', 'overview')
    await expect.poll(() => waiting.length).toBe(1)
    const done = refresh(queryClient, ['model'])
    waiting[0]?.(1) // answered before the change
    await expect.poll(() => waiting.length).toBe(2)
    waiting[1]?.(2)
    await done
    expect(observer.getCurrentResult().data).toBe(2)
    hide()
  })

  it('leaves other queries alone', async () => {
    const { waiting, hide } = show('daemons')
    waiting[0]?.(1)
    await refresh(queryClient, ['model'])
    expect(waiting).toHaveLength(1)
    hide()
  })
})
