import { describe, expect, it } from 'vitest'
import { listOf, parseSearch, safeNext, stringifySearch, textOf } from './search'

describe('search parameters', () => {
  it.each([
    ['', {}],
    ['?path=users', { path: 'users' }],
    ['?method=GET&method=POST', { method: ['GET', 'POST'] }],
    ['?path=%2Fapi%2F%7Bid%7D', { path: '/api/{id}' }],
    ['?status=200', { status: '200' }],
  ])('parses %s', (query, search) => {
    expect(parseSearch(query)).toEqual(search)
  })

  it.each([
    [{}, ''],
    [{ method: [], path: undefined }, ''],
    [{ method: ['GET', 'POST'], trace: 'blue-panda-338' }, '?method=GET&method=POST&trace=blue-panda-338'],
    [{ path: '/a b&c' }, '?path=%2Fa+b%26c'],
    [{ response: 404 }, '?response=404'],
  ])('formats %j', (search, query) => {
    expect(stringifySearch(search)).toBe(query)
  })

  it('parses what it has formatted', () => {
    const search = { method: ['GET', 'DELETE'], path: '/ü/{id}?x=1&y', host: 'example.com:8000' }
    expect(parseSearch(stringifySearch(search))).toEqual(search)
  })

  it.each([
    [undefined, []],
    ['', []],
    ['GET', ['GET']],
    [['GET', 'POST', 'GET'], ['GET', 'POST']],
    [[1, null, 'GET'], ['GET']],
  ])('reads %j as a list', (value, list) => {
    expect(listOf(value)).toEqual(list)
    expect(textOf(value)).toBe(list[0])
  })
})

describe('the page after the login', () => {
  it.each([
    [undefined, '/'],
    ['', '/'],
    ['/projects/demo/model?method=GET', '/projects/demo/model?method=GET'],
    ['https://evil.example', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['javascript:alert(1)', '/'],
  ])('next=%s opens %s', (next, target) => {
    expect(safeNext(next)).toBe(target)
  })
})
