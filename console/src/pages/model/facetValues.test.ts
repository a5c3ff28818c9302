import { describe, expect, it } from 'vitest'
import { facetValues } from './facetValues'

describe('facetValues', () => {
  it('returns the values in alphabetical order', () => {
    expect(facetValues({ POST: 2, GET: 5 }, [])).toEqual([
      { value: 'GET', count: 5 },
      { value: 'POST', count: 2 },
    ])
  })

  it('keeps a selected value that no endpoint has', () => {
    expect(facetValues({ GET: 5 }, ['DELETE', 'GET'])).toEqual([
      { value: 'DELETE', count: 0 },
      { value: 'GET', count: 5 },
    ])
  })
})
