import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { coalesce } from './coalesce'

describe('coalesce', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('runs at once', () => {
    const task = vi.fn(() => Promise.resolve())
    coalesce(task, 100)()
    expect(task).toHaveBeenCalledTimes(1)
  })

  it('runs once more for any number of pulls within the interval', async () => {
    const task = vi.fn(() => Promise.resolve())
    const pull = coalesce(task, 100)
    pull()
    pull()
    pull()
    expect(task).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(100)
    expect(task).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(task).toHaveBeenCalledTimes(2)
  })

  it('waits for a task that takes longer than the interval', async () => {
    const { promise, resolve: finish } = withResolvers()
    const task = vi.fn(() => promise)
    const pull = coalesce(task, 100)
    pull()
    pull()
    await vi.advanceTimersByTimeAsync(500)
    expect(task).toHaveBeenCalledTimes(1)
    finish()
    await vi.advanceTimersByTimeAsync(0)
    expect(task).toHaveBeenCalledTimes(2)
  })

  it('goes on after a task that fails', async () => {
    const task = vi.fn(() => Promise.reject(new Error('offline')))
    const pull = coalesce(task, 100)
    pull()
    await vi.advanceTimersByTimeAsync(100)
    pull()
    await vi.advanceTimersByTimeAsync(0)
    expect(task).toHaveBeenCalledTimes(2)
  })
})

function withResolvers() {
  let resolve!: () => void
  const promise = new Promise<void>((r) => {
    resolve = r
  })
  return { promise, resolve }
}
