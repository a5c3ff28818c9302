import { describe, expect, it, test } from 'vitest'
import {
  describeDraft,
  endsNextDay,
  extendedEnd,
  newDraft,
  ownTimeZone,
  requestOf,
  timeZones,
  type Draft,
} from './window'

const night: Draft = { ...newDraft('Europe/Berlin'), kind: 'schedule', from: '22:00', to: '06:00' }
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri']

test.each<[string, Draft, unknown, string]>([
  ['a new form', newDraft('UTC'), { duration_hours: 1 }, 'For 1 hour, from now'],
  ['hours', { ...newDraft('UTC'), hours: 48 }, { duration_hours: 48 }, 'For 48 hours, from now'],
  ['hours as text', { ...newDraft('UTC'), hours: '24' }, { duration_hours: 24 }, 'For 24 hours, from now'],
  ['no hours', { ...newDraft('UTC'), hours: '' }, { duration_hours: 0 }, 'Enter a number of hours.'],
  [
    'until stopped',
    { ...newDraft('UTC'), kind: 'until_stopped' },
    { until_stopped: true },
    'All the time, from now until it is stopped',
  ],
  [
    'a schedule',
    night,
    { schedule: { weekdays, from: '22:00', to: '06:00', time_zone: 'Europe/Berlin' } },
    'Mon–Fri, 22:00–06:00 Europe/Berlin',
  ],
  [
    'days in another order',
    { ...night, weekdays: ['sun', 'mon'] },
    { schedule: { weekdays: ['mon', 'sun'], from: '22:00', to: '06:00', time_zone: 'Europe/Berlin' } },
    'Mon, Sun, 22:00–06:00 Europe/Berlin',
  ],
  [
    'whole days',
    { ...night, from: '00:00', to: '00:00' },
    { schedule: { weekdays, from: '00:00', to: '24:00', time_zone: 'Europe/Berlin' } },
    'Mon–Fri, 00:00–24:00 Europe/Berlin',
  ],
  [
    'no day',
    { ...night, weekdays: [] },
    { schedule: { weekdays: [], from: '22:00', to: '06:00', time_zone: 'Europe/Berlin' } },
    'Choose at least one day.',
  ],
  [
    'no time',
    { ...night, to: '' },
    { schedule: { weekdays, from: '22:00', to: '', time_zone: 'Europe/Berlin' } },
    'Enter both times of day.',
  ],
])('%s', (_, draft, request, words) => {
  expect(requestOf(draft)).toEqual(request)
  expect(describeDraft(draft)).toBe(words)
})

test.each([
  ['22:00', '06:00', true],
  ['09:00', '17:00', false],
  ['09:00', '00:00', false],
  ['00:00', '00:00', false],
  ['', '06:00', false],
  ['22:00', '', false],
])('from %s to %s ends on the next day: %s', (from, to, want) => {
  expect(endsNextDay({ from, to })).toBe(want)
})

describe('timeZones', () => {
  it('has the time zone of the browser, and UTC, once', () => {
    const zones = timeZones('Atlantis/Capital')
    for (const zone of ['Atlantis/Capital', 'UTC', 'Europe/Berlin']) {
      expect(zones.filter((z) => z === zone)).toEqual([zone])
    }
    expect(timeZones('UTC').filter((z) => z === 'UTC')).toEqual(['UTC'])
  })
})

test('the time zone of the browser has a name', () => {
  expect(timeZones(ownTimeZone())).toContain(ownTimeZone())
})

test.each([
  ['2026-01-31T13:05:00Z', 1, '2026-01-31T14:05:00.000Z'],
  ['2026-01-31T13:05:00Z', '24', '2026-02-01T13:05:00.000Z'],
  ['2026-01-31T13:05:00Z', '', undefined],
  ['2026-01-31T13:05:00Z', 0, undefined],
  ['2026-01-31T13:05:00Z', 721, undefined],
  [null, 1, undefined],
])('the end %s after %s more hours is %s', (end, hours, want) => {
  expect(extendedEnd(end, hours)).toBe(want)
})
