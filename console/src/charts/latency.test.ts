import { describe, expect, it } from 'vitest'
import { bucketScale, joinBuckets, latencyTicks, logScale, spacedTicks } from './latency'

describe('logScale', () => {
  it.each([
    [1, 0],
    [10, 0.5],
    [100, 1],
    [0, 0],
    [1_000, 1],
  ])('from 1 to 100 ms maps %d ms to %d', (latencyMs, at) => {
    expect(logScale(1, 100)(latencyMs)).toBeCloseTo(at)
  })

  it('of equal latencies maps everything to the middle', () => {
    expect(logScale(5, 5)(5)).toBe(0.5)
  })
})

describe('histogram', () => {
  const buckets = [
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
  ])('bucketScale maps %d ms to %d', (latencyMs, at) => {
    expect(bucketScale(buckets)(latencyMs)).toBe(at)
  })

  it('joinBuckets changes nothing if there are few enough', () => {
    expect(joinBuckets(buckets, 4)).toBe(buckets)
  })

  it('joinBuckets joins neighbours and keeps all requests', () => {
    expect(joinBuckets(buckets, 3)).toEqual([
      { from_ms: 0, to_ms: 2, count: 6 },
      { from_ms: 2, to_ms: 8, count: 4 },
    ])
    expect(joinBuckets(buckets, 1)).toEqual([{ from_ms: 0, to_ms: 8, count: 10 }])
    expect(joinBuckets([], 3)).toEqual([])
  })

  it.each([
    [[0, 1, 2, 4, 8], 0.25, [0, 1, 2, 4, 8]],
    [[0, 1, 2, 4, 8], 0.5, [0, 2, 8]],
    [[1, 2, 7.9], 0.25, [1, 2]],
    [[], 0.25, []],
  ])('spacedTicks of %j, %d apart, is %j', (ticks, minDistance, expected) => {
    expect(spacedTicks(ticks, bucketScale(buckets), minDistance)).toEqual(expected)
  })

  it.each([
    [1, 12, 6, [1, 2, 5, 10]],
    [1, 120, 4, [1, 10, 100]],
    [0.3, 60, 6, [0.5, 1, 5, 10, 50]],
    [0.01, 100_000, 4, [0.01, 1, 100, 10_000]],
    [3, 4, 4, []],
  ])('latencyTicks from %d to %d ms, at most %d, is %j', (min, max, n, ticks) => {
    expect(latencyTicks(min, max, n)).toEqual(ticks)
  })
})
