const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long ago something was, from now; a clock that is a little ahead reads "just now". */
export function formatAgo(then: Date, now: Date): string {
  const elapsedMs = now.getTime() - then.getTime()
  if (elapsedMs < SECOND) return 'just now'
  if (elapsedMs < MINUTE) return `${Math.floor(elapsedMs / SECOND)} s ago`
  if (elapsedMs < HOUR) return `${Math.floor(elapsedMs / MINUTE)} min ago`
  if (elapsedMs < DAY) return `${Math.floor(elapsedMs / HOUR)} h ago`
  const days = Math.floor(elapsedMs / DAY)
  return days === 1 ? 'yesterday' : `${days} days ago`
}

/** What is left until an end: "59:12", "3:59:12", "2 d 03:59:12"; never below zero. */
export function formatCountdown(end: Date, now: Date): string {
  const leftMs = Math.max(0, end.getTime() - now.getTime())
  const seconds = Math.ceil(leftMs / SECOND)
  const two = (n: number) => String(n).padStart(2, '0')
  const s = seconds % 60
  const m = Math.floor(seconds / 60) % 60
  const h = Math.floor(seconds / 3600) % 24
  const d = Math.floor(seconds / 86_400)
  if (d > 0) return `${d} d ${two(h)}:${two(m)}:${two(s)}`
  if (h > 0) return `${h}:${two(m)}:${two(s)}`
  return `${m}:${two(s)}`
}

/** How long a period lasts, in its two largest units: "1 h", "1 h 30 min", "45 s". */
export function formatPeriod(start: Date, end: Date): string {
  const seconds = Math.max(0, Math.round((end.getTime() - start.getTime()) / SECOND))
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

/** A point in time in the reader's zone; the date is left out where it is today's, the year where it is this one's. */
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

/** A point in time in UTC, to the second: "2026-01-31 13:05:00 UTC". */
export function formatUtc(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
