import { describe, expect, it } from 'vitest'
import { isOlderThanScopes, projectsOf, SCOPES, scopeName } from './keyScopes'

const named = (...names: string[]) => ({ projects: names.map((name) => ({ id: `svc_${name}`, name })) })

describe('projectsOf', () => {
  it.each([
    ['a key of all projects', { projects: null }, 'all'],
    ['a key of one project', named('shop'), 'shop'],
    ['a key of three projects', named('blog', 'shop', 'wiki'), 'blog, shop, wiki'],
    ['a key of five projects', named('blog', 'shop', 'wiki', 'x', 'y'), 'blog, shop, wiki and 2 more'],
    ['a key whose projects were deleted', named(), 'none: they were deleted'],
  ])('of %s', (_, apiKey, want) => {
    expect(projectsOf(apiKey)).toBe(want)
  })
})

describe('scopeName', () => {
  it('is a word for each scope', () => {
    expect(SCOPES.map(({ scope }) => scopeName(scope))).toEqual(['Agent', 'Read', 'Full'])
  })
})

describe('isOlderThanScopes', () => {
  it('is true of a key that names nobody as its creator', () => {
    expect(isOlderThanScopes({ created_by: null })).toBe(true)
    expect(isOlderThanScopes({ created_by: 'ada' })).toBe(false)
  })
})
