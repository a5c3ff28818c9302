import { describe, expect, it } from 'vitest'
import { ApiError, concernsOnly, describeError, fieldError, isUnauthorized, problemOf, type Problem } from './problem'

const problem: Problem = {
  type: 'about:blank',
  title: 'Bad Request',
  status: 400,
  detail: 'The request is wrong: "new" is too short.',
  code: 'invalid_request',
  errors: [{ field: 'new', detail: 'is too short' }],
}

describe('problemOf', () => {
  it('returns the problem that the server sent', () => {
    expect(problemOf({ status: 400, statusText: 'Bad Request' }, problem)).toBe(problem)
  })

  it.each([
    ["a proxy's page", '<html>Bad Gateway</html>'],
    ['no body', undefined],
    ['other JSON', { message: 'no' }],
  ])('makes a problem from the status for %s', (_, body) => {
    expect(problemOf({ status: 502, statusText: 'Bad Gateway' }, body)).toMatchObject({
      status: 502,
      detail: 'The server answered 502 Bad Gateway without an explanation.',
    })
  })
})

describe('describeError', () => {
  it.each<[string, unknown, string]>([
    ["the server's message", new ApiError(problem), problem.detail],
    [
      'a network failure',
      new TypeError('Failed to fetch'),
      'Cannot reach the server. Check that it is running and that you are online.',
    ],
    ['any other error', new Error('odd'), 'odd'],
    ['a thrown text', 'odd', 'odd'],
  ])('describes %s', (_, error, text) => {
    expect(describeError(error)).toBe(text)
  })
})

describe('fieldError', () => {
  it('returns a sentence about the field', () => {
    expect(fieldError(new ApiError(problem), 'new')).toBe('Is too short.')
    expect(fieldError(new ApiError(problem), 'current')).toBeUndefined()
    expect(fieldError(new TypeError('Failed to fetch'), 'new')).toBeUndefined()
  })
})

describe('concernsOnly', () => {
  it.each<[string, unknown, string[], boolean]>([
    ['an error of one of the fields', new ApiError(problem), ['current', 'new'], true],
    ['an error of another field', new ApiError(problem), ['current'], false],
    ['a problem without fields', new ApiError({ ...problem, errors: undefined }), ['new'], false],
    ['any other error', new Error('odd'), ['new'], false],
  ])('judges %s', (_, error, fields, expected) => {
    expect(concernsOnly(error, fields)).toBe(expected)
  })
})

it.each([
  [401, true],
  [403, false],
])('status %d needs a login: %s', (status, expected) => {
  expect(isUnauthorized(new ApiError({ ...problem, status }))).toBe(expected)
})
