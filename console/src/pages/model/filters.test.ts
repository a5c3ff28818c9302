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
    ['?host=a.example&path=%2Fusers&trace=panda-3', { host: ['a.example'], path: '/users', trace: 'panda-3' }],
    ['?path=&unknown=1', {}],
  ])('are parsed from %s', (query, filters) => {
    expect(filtersOf(parseSearch(query))).toEqual(filters)
  })

  it('are parsed from the URL that they are formatted to', () => {
    const filters: ModelFilters = {
      method: ['GET', 'POST'],
      auth: ['none'],
      status: ['404', '5xx'],
      host: ['h'],
      path: '{id}',
      trace: 't-1',
    }
    expect(filtersOf(parseSearch(stringifySearch({ ...filters })))).toEqual(filters)
  })

  it('are toggled, and stay sorted', () => {
    const one = toggled({ path: 'users' }, 'method', 'POST')
    const two = toggled(one, 'method', 'GET')
    expect(two).toEqual({ path: 'users', method: ['GET', 'POST'] })
    expect(toggled(toggled(two, 'method', 'GET'), 'method', 'POST')).toEqual({ path: 'users' })
  })

  it.each<[ModelFilters, number]>([
    [{}, 0],
    [{ trace: 't' }, 0],
    [{ method: ['GET', 'PUT'], path: 'x', auth: ['none'] }, 4],
  ])('countFilters(%j) is %d', (filters, n) => {
    expect(countFilters(filters)).toBe(n)
  })

  it('are part of the URL of the OpenAPI document', () => {
    expect(openApiHref('my api', 'yaml', { method: ['GET'], path: '/a' })).toBe(
      '/api/v1/projects/my%20api/model/openapi.yaml?method=GET&path=%2Fa',
    )
  })

  it('have labels for authentication types', () => {
    expect(authLabel('api_key')).toBe('API key')
    expect(authLabel('bearer')).toBe('bearer')
    expect(authLabel('new-in-the-server')).toBe('new-in-the-server')
  })
})
