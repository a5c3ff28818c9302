const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Formats how long ago `then` was. A time in the future, from a clock that is ahead, is "just now". */
export function formatAgo(then: Date, now: Date): string {
  const elapsedMs = now.getTime() - then.getTime()
  if (elapsedMs < SECOND_MS) return 'just now'
  if (elapsedMs < MINUTE_MS) return `${Math.floor(elapsedMs / SECOND_MS)} s ago`
  if (elapsedMs < HOUR_MS) return `${Math.floor(elapsedMs / MINUTE_MS)} min ago`
  if (elapsedMs < DAY_MS) return `${Math.floor(elapsedMs / HOUR_MS)} h ago`
  const days = Math.floor(elapsedMs / DAY_MS)
  return days === 1 ? 'yesterday' : `${days} days ago`
}

/** Formats the time left until `end`: "59:12", "3:59:12", "2 d 03:59:12". After the end it is "0:00". */
export function formatCountdown(end: Date, now: Date): string {
  const leftMs = Math.max(0, end.getTime() - now.getTime())
  const seconds = Math.ceil(leftMs / SECOND_MS)
  const two = (n: number) => String(n).padStart(2, '0')
  const s = seconds % 60
  const m = Math.floor(seconds / 60) % 60
  const h = Math.floor(seconds / 3600) % 24
  const d = Math.floor(seconds / 86_400)
  if (d > 0) return `${d} d ${two(h)}:${two(m)}:${two(s)}`
  if (h > 0) return `${h}:${two(m)}:${two(s)}`
  return `${m}:${two(s)}`
}

/** Formats the length of a period in its two largest units: "1 h", "1 h 30 min", "45 s". */
export function formatPeriod(start: Date, end: Date): string {
  const seconds = Math.max(0, Math.round((end.getTime() - start.getTime()) / SECOND_MS))
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ]
  const first = parts.findIndex(([n]) => n > 0)
  if (first < 0) return '0 s'
  return parts
    .slice(first, first + 2)
    .filter(([n]) => n > 0)
    .map(([n, unit]) => `${n} ${unit}`)
    .join(' ')
}

const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }

/**
 * Formats a time, without the date if it is today and without the year if it is this
 * year. The default time zone is the browser's.
 */
export function formatTime(time: Date, now: Date, timeZone?: string): string {
  const day: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'short', day: 'numeric', timeZone }
  const date = (t: Date) => new Intl.DateTimeFormat('en', day).format(t)
  const year = (t: Date) => new Intl.DateTimeFormat('en', { year: 'numeric', timeZone }).format(t)

  const time24 = new Intl.DateTimeFormat('en', { ...clock, timeZone }).format(time)
  if (date(time) === date(now)) return time24
  if (year(time) === year(now)) {
    return `${new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone }).format(time)}, ${time24}`
  }
  return `${date(time)}, ${time24}`
}

/** Formats a time in UTC: "2026-01-31 13:05:00 UTC". */
export function formatUtc(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
