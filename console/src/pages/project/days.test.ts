import { expect, test } from 'vitest'
import { describeRetention } from './days'

test.each([
  [null, 'Nothing is deleted unless you delete it.'],
  [1, 'Calls that are older than 1 day are deleted for good, within an hour.'],
  [90, 'Calls that are older than 90 days are deleted for good, within an hour.'],
  [
    91,
    'Calls that are older than 91 days are deleted for good, within an hour. Calls of a month are deleted together.',
  ],
  [0, 'Enter a number of days.'],
  [Number.NaN, 'Enter a number of days.'],
  [3651, 'Enter a number of days.'],
])('a retention of %s: %s', (days, want) => {
  expect(describeRetention(days)).toBe(want)
})
