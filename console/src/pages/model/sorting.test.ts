import { describe, expect, it } from 'vitest'
import type { Schemas } from '../../api/client'
import { sorted, sortOf } from './sorting'

describe('the order of endpoints', () => {
  const endpoint = (id: string, requests: number, p95: number): Schemas['Endpoint'] => ({
    id,
    method: 'GET',
    host: 'example.com',
    hosts: ['example.com'],
    path: `/${id}`,
    requests,
    errors: 0,
    error_rate: 0,
    statuses: {},
    auth: [],
    latency_ms: { p50: 1, p90: 1, p95, p99: p95, max: p95 },
    first_seen: '2026-01-01T00:00:00Z',
    last_seen: '2026-01-01T00:00:00Z',
  })
  const endpoints = [endpoint('a', 3, 1), endpoint('b', 9, 5), endpoint('c', 3, 9)]

  it.each([
    [undefined, 'abc'],
    ['requests', 'bac'],
    ['p95', 'cba'],
    ['errors', 'abc'],
  ] as const)('sorted by %s is %s', (column, order) => {
    expect(sorted(endpoints, column).map((e) => e.id).join('')).toBe(order)
  })

  it.each([
    [{}, undefined],
    [{ sort: 'p50' }, 'p50'],
    [{ sort: 'constructor' }, undefined],
  ])('sortOf(%j) is %s', (search, column) => {
    expect(sortOf(search)).toBe(column)
  })
})
