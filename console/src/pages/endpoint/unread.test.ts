import { describe, expect, it } from 'vitest'
import { quirksText, unreadText } from './unread'

describe('unreadText', () => {
  it.each([
    [undefined, undefined],
    [{}, undefined],
    [{ binary: 0 }, undefined],
    [{ 'not-json': 1 }, '1 body was not read: 1 not JSON'],
    [
      { damaged: 1, truncated: 1200, 'not-json': 1 },
      '1,202 bodies were not read: 1,200 truncated, 1 damaged, 1 not JSON',
    ],
    [{ 'of-the-future': 2 }, '2 bodies were not read: 2 of-the-future'],
  ])('describes %j', (unread, want) => {
    expect(unreadText({ unread })).toBe(want)
  })
})

describe('quirksText', () => {
  it.each([
    [undefined, undefined],
    [{ nan: 3 }, 'A strict JSON parser refuses some bodies: 3 with NaN or Infinity'],
    [
      { callback: 1, guard: 2 },
      'A strict JSON parser refuses some bodies: 2 with a guard before the JSON, 1 as JSONP',
    ],
  ])('describes %j', (quirks, want) => {
    expect(quirksText({ quirks })).toBe(want)
  })
})
