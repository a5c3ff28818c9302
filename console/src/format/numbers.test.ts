import { describe, expect, it } from 'vitest'
import { formatCompact, formatCount, formatLatency, formatShare, plural } from './numbers'

describe('numbers', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [12345, '12,345'],
  ])('formatCount(%d) is %s', (n, text) => {
    expect(formatCount(n)).toBe(text)
  })

  it.each([
    [999, '999'],
    [12345, '12.3K'],
    [4_200_000, '4.2M'],
  ])('formatCompact(%d) is %s', (n, text) => {
    expect(formatCompact(n)).toBe(text)
  })

  it.each([
    [0, '0 witnesses'],
    [1, '1 witness'],
    [1200, '1,200 witnesses'],
  ])('plural(%d) is %s', (n, text) => {
    expect(plural(n, 'witness', 'witnesses')).toBe(text)
  })

  it.each([
    [0, '0%'],
    [0.0002, '<0.1%'],
    [0.0123, '1.2%'],
    [0.02, '2%'],
    [0.25, '25%'],
    [0.996, '>99%'],
    [0.9999, '>99.9%'],
    [1, '100%'],
  ])('formatShare(%d) is %s', (share, text) => {
    expect(formatShare(share)).toBe(text)
  })

  it.each([
    [0, '0 ms'],
    [0.423, '0.42 ms'],
    [3.14, '3.1 ms'],
    [9.97, '10 ms'],
    [38.4, '38 ms'],
    [999.7, '1 s'],
    [1_254, '1.25 s'],
    [12_340, '12.3 s'],
    [59_990, '1 min'],
    [150_000, '2.5 min'],
  ])('formatLatency(%d) is %s', (latencyMs, text) => {
    expect(formatLatency(latencyMs)).toBe(text)
  })
})
