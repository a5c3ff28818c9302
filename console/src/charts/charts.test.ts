import { describe, expect, it } from 'vitest'
import { classScale, joinClasses, latencyTicks, logScale, spacedTicks } from './latency'
import { statusShares } from './statuses'

describe('status shares', () => {
  it('stand in the order of the codes and make up the whole', () => {
    expect(statusShares({ '500': 1, '200': 6, '404': 1, '201': 0 })).toEqual([
      { code: '200', statusClass: '2', count: 6, share: 0.75 },
      { code: '404', statusClass: '4', count: 1, share: 0.125 },
      { code: '500', statusClass: '5', count: 1, share: 0.125 },
    ])
  })

  it('are none without calls', () => {
    expect(statusShares({})).toEqual([])
  })
})

describe('latency scale', () => {
  it.each([
    [1, 0],
    [10, 0.5],
    [100, 1],
    [0, 0],
    [1_000, 1],
  ])('from 1 to 100 ms has %d ms at %d', (latencyMs, at) => {
    expect(logScale(1, 100)(latencyMs)).toBeCloseTo(at)
  })

  it('has everything in the middle where all latencies are the same', () => {
    expect(logScale(5, 5)(5)).toBe(0.5)
  })
})

describe('histogram', () => {
  const classes = [
    { from_ms: 0, to_ms: 1, count: 1 },
    { from_ms: 1, to_ms: 2, count: 5 },
    { from_ms: 2, to_ms: 4, count: 3 },
    { from_ms: 4, to_ms: 8, count: 1 },
  ]

  it.each([
    [-1, 0],
    [0, 0],
    [1, 0.25],
    [3, 0.625],
    [8, 1],
    [99, 1],
  ])('has %d ms at %d', (latencyMs, at) => {
    expect(classScale(classes)(latencyMs)).toBe(at)
  })

  it('stays as it is where it fits', () => {
    expect(joinClasses(classes, 4)).toBe(classes)
  })

  it('joins neighbours and loses no call', () => {
    expect(joinClasses(classes, 3)).toEqual([
      { from_ms: 0, to_ms: 2, count: 6 },
      { from_ms: 2, to_ms: 8, count: 4 },
    ])
    expect(joinClasses(classes, 1)).toEqual([{ from_ms: 0, to_ms: 8, count: 10 }])
    expect(joinClasses([], 3)).toEqual([])
  })

  it.each([
    [[0, 1, 2, 4, 8], 0.25, [0, 1, 2, 4, 8]],
    [[0, 1, 2, 4, 8], 0.5, [0, 2, 8]],
    [[1, 2, 7.9], 0.25, [1, 2]],
    [[], 0.25, []],
  ])('of the ticks %j, %d apart, has %j', (ticks, minDistance, expected) => {
    expect(spacedTicks(ticks, classScale(classes), minDistance)).toEqual(expected)
  })

  it.each([
    [1, 12, 6, [1, 2, 5, 10]],
    [1, 120, 4, [1, 10, 100]],
    [0.3, 60, 6, [0.5, 1, 5, 10, 50]],
    [0.01, 100_000, 4, [0.01, 1, 100, 10_000]],
    [3, 4, 4, []],
  ])('from %d to %d ms has up to %d ticks: %j', (min, max, n, ticks) => {
    expect(latencyTicks(min, max, n)).toEqual(ticks)
  })
})
