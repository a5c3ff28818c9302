import { describe, expect, it } from 'vitest'
import { formatAgo, formatCountdown, formatPeriod, formatTime, formatUtc } from './time'

const now = new Date('2026-03-10T12:00:00Z')
const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000)

describe('time', () => {
  it.each([
    [5, 'just now'],
    [0, 'just now'],
    [-1, '1 s ago'],
    [-59, '59 s ago'],
    [-60, '1 min ago'],
    [-3_599, '59 min ago'],
    [-7_200, '2 h ago'],
    [-86_400, 'yesterday'],
    [-86_400 * 12, '12 days ago'],
  ])('formatAgo of %d s from now is %s', (seconds, text) => {
    expect(formatAgo(after(seconds), now)).toBe(text)
  })

  it.each([
    [-1, '0:00'],
    [0, '0:00'],
    [0.4, '0:01'],
    [59, '0:59'],
    [3_599, '59:59'],
    [3_600, '1:00:00'],
    [86_400 + 3_661, '1 d 01:01:01'],
  ])('formatCountdown with %d s left is %s', (seconds, text) => {
    expect(formatCountdown(after(seconds), now)).toBe(text)
  })

  it.each([
    [0, '0 s'],
    [45, '45 s'],
    [3_600, '1 h'],
    [5_400, '1 h 30 min'],
    [5_401, '1 h 30 min'],
    [90_000, '1 d 1 h'],
    [86_460, '1 d'],
  ])('formatPeriod of %d s is %s', (seconds, text) => {
    expect(formatPeriod(now, after(seconds))).toBe(text)
  })

  it.each([
    ['2026-03-10T08:05:09Z', 'UTC', '08:05:09'],
    ['2026-03-10T23:30:00Z', 'Asia/Tokyo', 'Mar 11, 08:30:00'],
    ['2026-01-02T00:00:00Z', 'UTC', 'Jan 2, 00:00:00'],
    ['2025-12-31T23:59:59Z', 'UTC', 'Dec 31, 2025, 23:59:59'],
  ])('formatTime of %s in %s is %s', (time, timeZone, text) => {
    expect(formatTime(new Date(time), now, timeZone)).toBe(text)
  })

  it('formatUtc leaves out milliseconds', () => {
    expect(formatUtc(new Date('2026-01-31T13:05:00.123Z'))).toBe('2026-01-31 13:05:00 UTC')
  })
})
