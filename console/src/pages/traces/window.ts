import type { Schemas } from '../../api/client'
import { plural } from '../../format/numbers'
import { DAYS, formatSchedule } from '../../format/schedule'

/** The most hours that a trace lasts, or is extended by, at once. */
export const MAX_HOURS = 720

/** How the end of a trace is given. */
export type WindowKind = 'duration' | 'until_stopped' | 'schedule'

/** What is entered in the form that starts a trace. The fields of all kinds are kept. */
export interface Draft {
  kind: WindowKind
  /** A number, or the text in the field if it is none. */
  hours: number | string
  weekdays: string[]
  /** Times of day: "22:00", or "" if there is none. */
  from: string
  to: string
  timeZone: string
}

/** Returns what the form shows at first: a trace of one hour. */
export function newDraft(timeZone: string): Draft {
  return { kind: 'duration', hours: 1, weekdays: DAYS.slice(0, 5), from: '09:00', to: '17:00', timeZone }
}

/** Returns the request that starts the trace. */
export function requestOf(draft: Draft): Schemas['NewTrace'] {
  switch (draft.kind) {
    case 'duration':
      return { duration_hours: Number(draft.hours) }
    case 'until_stopped':
      return { until_stopped: true }
    case 'schedule':
      return { schedule: scheduleOf(draft) }
  }
}

/** Returns when the trace will capture, in words. */
export function describeDraft(draft: Draft): string {
  switch (draft.kind) {
    case 'duration': {
      const hours = Number(draft.hours)
      return hours >= 1 ? `For ${plural(hours, 'hour')}, from now` : 'Enter a number of hours.'
    }
    case 'until_stopped':
      return 'All the time, from now until it is stopped'
    case 'schedule':
      if (draft.weekdays.length === 0) return 'Choose at least one day.'
      if (draft.from === '' || draft.to === '') return 'Enter both times of day.'
      return formatSchedule(scheduleOf(draft))
  }
}

/** Reports whether the periods of a schedule end on the day after their beginning. */
export function endsNextDay({ from, to }: Pick<Draft, 'from' | 'to'>): boolean {
  return from !== '' && to !== '' && endOf(to) < from
}

function scheduleOf({ weekdays, from, to, timeZone }: Draft): Schemas['Schedule'] {
  return { weekdays: DAYS.filter((day) => weekdays.includes(day)), from, to: endOf(to), time_zone: timeZone }
}

/** Returns the time at which periods end. Midnight is 24:00, which fields for times do not have. */
function endOf(to: string): string {
  return to === '00:00' ? '24:00' : to
}

/** Returns the names of time zones that the browser knows, with its own and UTC. */
export function timeZones(own: string): string[] {
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort()
}

/** Returns the browser's time zone. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** Returns the end of a trace after some hours are added, or undefined if there is none. */
export function extendedEnd(end: string | null, hours: number | string): string | undefined {
  const added = Number(hours)
  if (end === null || !(added >= 1 && added <= MAX_HOURS)) return undefined
  return new Date(Date.parse(end) + added * 3_600_000).toISOString()
}
