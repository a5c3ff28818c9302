import { expect, test } from 'vitest'
import { formatSchedule } from './schedule'

test.each([
  [['mon', 'tue', 'wed', 'thu', 'fri'], 'Mon–Fri'],
  [['mon', 'tue'], 'Mon, Tue'],
  [['sun', 'mon', 'wed', 'thu', 'fri'], 'Mon, Wed–Fri, Sun'],
  [['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], 'Mon–Sun'],
  [['sat'], 'Sat'],
] as const)('the days %s are %s', (weekdays, days) => {
  const schedule = { weekdays: [...weekdays], from: '22:00', to: '06:00', time_zone: 'Europe/Berlin' }
  expect(formatSchedule(schedule)).toBe(`${days}, 22:00–06:00 Europe/Berlin`)
})
