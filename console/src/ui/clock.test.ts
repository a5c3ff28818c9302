import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClock } from './clock'

const start = new Date('2026-03-10T12:00:00.400Z')
const after = (ms: number) => new Date(start.getTime() + ms)

describe('clock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: start })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('shows all parts of a page the same time, whenever they appear', () => {
    const clock = createClock()
    clock.listen(() => undefined)
    vi.advanceTimersByTime(700)
    expect(clock.read()).toEqual(start)
    clock.listen(() => undefined)
    vi.advanceTimersByTime(300)
    expect(clock.read()).toEqual(after(1_000))
    expect(clock.read()).toBe(clock.read())
  })

  it('calls its listeners after each tick', () => {
    const clock = createClock()
    const [first, second] = [vi.fn(), vi.fn()]
    const end = clock.listen(first)
    clock.listen(second)
    vi.advanceTimersByTime(2_000)
    end()
    vi.advanceTimersByTime(1_000)
    expect(first).toHaveBeenCalledTimes(2)
    expect(second).toHaveBeenCalledTimes(3)
  })

  it('stops without listeners, and is right again when it is read', () => {
    const clock = createClock()
    clock.listen(() => undefined)()
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(90_000)
    expect(clock.read()).toEqual(after(90_000))
  })
})
