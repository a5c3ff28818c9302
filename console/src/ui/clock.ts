const TICK_MS = 1_000

/** The time that a page shows. All of its parts share a clock, so that they never differ by a second. */
export interface Clock {
  /** The time of the last tick. */
  read: () => Date
  /** Calls `onTick` after each tick, and returns a function that ends this. The clock stands still without listeners. */
  listen: (onTick: () => void) => () => void
}

/** Returns a clock that ticks once per second. */
export function createClock(): Clock {
  const listeners = new Set<() => void>()
  let now = new Date()
  let timer: ReturnType<typeof setInterval> | undefined

  const tick = () => {
    now = new Date()
    listeners.forEach((onTick) => {
      onTick()
    })
  }
  return {
    read: () => {
      // Without listeners the time is that of an earlier page.
      if (timer === undefined && Date.now() - now.getTime() >= TICK_MS) now = new Date()
      return now
    },
    listen: (onTick) => {
      listeners.add(onTick)
      timer ??= setInterval(tick, TICK_MS)
      return () => {
        listeners.delete(onTick)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
  }
}
