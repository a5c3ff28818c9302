import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { coalesce } from './coalesce'

describe('coalesce', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('runs the task at once', () => {
    const task = vi.fn(() => Promise.resolve())
    coalesce(task, 100)()
    expect(task).toHaveBeenCalledTimes(1)
  })

  it('runs the task once more after several calls within the interval', async () => {
    const task = vi.fn(() => Promise.resolve())
    const trigger = coalesce(task, 100)
    trigger()
    trigger()
    trigger()
    expect(task).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(100)
    expect(task).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(task).toHaveBeenCalledTimes(2)
  })

  it('does not run the task again before it has ended', async () => {
    const { promise, resolve: finish } = withResolvers()
    const task = vi.fn(() => promise)
    const trigger = coalesce(task, 100)
    trigger()
    trigger()
    await vi.advanceTimersByTimeAsync(500)
    expect(task).toHaveBeenCalledTimes(1)
    finish()
    await vi.advanceTimersByTimeAsync(0)
    expect(task).toHaveBeenCalledTimes(2)
  })

  it('runs the task again after it has failed', async () => {
    const task = vi.fn(() => Promise.reject(new Error('offline')))
    const trigger = coalesce(task, 100)
    trigger()
    await vi.advanceTimersByTimeAsync(100)
    trigger()
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
