import { describe, expect, it } from 'vitest'
import type { ModelFilters } from '../../api/client'
import { parseSearch, stringifySearch } from '../../app/search'
import { authLabel, countFilters, filtersOf, openApiHref, toggled } from './filters'

describe('model filters', () => {
  it.each<[string, ModelFilters]>([
    ['', {}],
    ['?method=get&method=POST', { method: ['GET', 'POST'] }],
    ['?auth=bearer&auth=magic', { auth: ['bearer'] }],
    ['?status=200&status=4xx&status=999&status=abc', { status: ['200', '4xx'] }],
    ['?host=a.example&path=%2Fusers&trace=powder-blue-panda-338', { host: ['a.example'], path: '/users', trace: 'powder-blue-panda-338' }],
    ['?path=&unknown=1', {}],
  ])('are read from %s', (query, filters) => {
    expect(filtersOf(parseSearch(query))).toEqual(filters)
  })

  it('come back from the URL that they were written to', () => {
    const filters: ModelFilters = { method: ['GET', 'POST'], auth: ['none'], status: ['404', '5xx'], host: ['h'], path: '{id}', trace: 't-1' }
    expect(filtersOf(parseSearch(stringifySearch({ ...filters })))).toEqual(filters)
  })

  it('are switched on in a fixed order and off again', () => {
    const one = toggled({ path: 'users' }, 'method', 'POST')
    const two = toggled(one, 'method', 'GET')
    expect(two).toEqual({ path: 'users', method: ['GET', 'POST'] })
    expect(toggled(toggled(two, 'method', 'GET'), 'method', 'POST')).toEqual({ path: 'users' })
  })

  it.each<[ModelFilters, number]>([
    [{}, 0],
    [{ trace: 't' }, 0],
    [{ method: ['GET', 'PUT'], path: 'x', auth: ['none'] }, 4],
  ])('%j count %d', (filters, n) => {
    expect(countFilters(filters)).toBe(n)
  })

  it('go into the download as they stand', () => {
    expect(openApiHref('my api', 'yaml', { method: ['GET'], path: '/a' })).toBe(
      '/api/v1/projects/my%20api/model/openapi.yaml?method=GET&path=%2Fa',
    )
  })

  it('name authentication types for people', () => {
    expect(authLabel('api_key')).toBe('API key')
    expect(authLabel('bearer')).toBe('bearer')
    expect(authLabel('new-in-the-server')).toBe('new-in-the-server')
  })
})
