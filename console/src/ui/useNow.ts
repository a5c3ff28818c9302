import { useEffect, useState } from 'react'

/** The time of day, moving on by itself: once a second unless told. */
export function useNow(intervalMs = 1_000): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(new Date())
    }, intervalMs)
    return () => {
      clearInterval(timer)
    }
  }, [intervalMs])
  return now
}
