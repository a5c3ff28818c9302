import { describe, expect, it } from 'vitest'
import { distinguishHosts, hostLabel } from './hosts'

const endpoint = (host: string, path = '/users', more: string[] = []) => ({
  method: 'GET',
  host,
  hosts: [host, ...more],
  path,
})

describe('distinguishHosts', () => {
  const hosts = [
    { name: 'a.test', api: 1 },
    { name: 'b.test', api: 1 },
    { name: 'c.test', api: 2 },
  ]
  it.each([
    ['no endpoints', [], false],
    ['one host', [endpoint('a.test'), endpoint('a.test', '/orders')], false],
    ['hosts that mirror each other', [endpoint('a.test'), endpoint('b.test', '/orders')], false],
    ['hosts of several APIs', [endpoint('a.test'), endpoint('c.test', '/orders')], true],
    ['hosts of one API that differ', [endpoint('a.test'), endpoint('b.test')], true],
  ])('%s', (_, endpoints, want) => {
    expect(distinguishHosts(endpoints, hosts)).toBe(want)
  })
})

describe('hostLabel', () => {
  it('counts the other hosts', () => {
    expect(hostLabel(endpoint('a.test'))).toBe('a.test')
    expect(hostLabel(endpoint('a.test', '/users', ['b.test', 'c.test']))).toBe('a.test +2')
  })
})
