import { describe, expect, it } from 'vitest'
import { statusShares } from './statuses'

describe('statusShares', () => {
  it('orders the codes and returns their shares of the total', () => {
    expect(statusShares({ '500': 1, '200': 6, '404': 1, '201': 0 })).toEqual([
      { code: '200', statusClass: '2', count: 6, share: 0.75 },
      { code: '404', statusClass: '4', count: 1, share: 0.125 },
      { code: '500', statusClass: '5', count: 1, share: 0.125 },
    ])
  })

  it('is empty without responses', () => {
    expect(statusShares({})).toEqual([])
  })
})
