import { useSyncExternalStore } from 'react'
import { createClock } from './clock'

const clock = createClock()

/** Returns the current time, updated once per second. It is the same for all parts of the page. */
export function useNow(): Date {
  return useSyncExternalStore(clock.listen, clock.read)
}
