import type { Schemas } from '../api/client'

/** The days of a week in their order. */
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
/** The names of the days, in the order of DAYS. */
export const NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Formats the hours in which a trace captures: "Mon–Fri, Sun, 09:00–17:30 Europe/Berlin". */
export function formatSchedule({ weekdays, from, to, time_zone }: Schemas['Schedule']): string {
  return `${formatDays(weekdays)}, ${from}–${to} ${time_zone}`
}

/** Formats days. Three or more in a row are a range. */
function formatDays(weekdays: readonly (typeof DAYS)[number][]): string {
  const on = DAYS.map((day) => weekdays.includes(day))
  const parts: string[] = []
  for (let first = 0; first < DAYS.length; first++) {
    let next = first
    while (on[next]) next++
    if (next - first >= 3) {
      parts.push(`${NAMES[first]}–${NAMES[next - 1]}`)
    } else {
      parts.push(...NAMES.slice(first, next))
    }
    first = next
  }
  return parts.join(', ')
}
