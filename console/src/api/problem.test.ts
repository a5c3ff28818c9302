import { describe, expect, it } from 'vitest'
import { ApiError, describeError, fieldError, isAbout, isUnauthorized, problemOf, type Problem } from './problem'

const problem: Problem = {
  type: 'about:blank',
  title: 'Bad Request',
  status: 400,
  detail: 'The request is wrong: "new" is too short.',
  code: 'invalid_request',
  errors: [{ field: 'new', detail: 'is too short' }],
}

describe('a refusal', () => {
  it('keeps what the server said', () => {
    expect(problemOf({ status: 400, statusText: 'Bad Request' }, problem)).toBe(problem)
  })

  it.each([
    ['a page of a proxy', '<html>Bad Gateway</html>'],
    ['nothing', undefined],
    ['other JSON', { message: 'no' }],
  ])('is told in words where the body is %s', (_, body) => {
    expect(problemOf({ status: 502, statusText: 'Bad Gateway' }, body)).toMatchObject({
      status: 502,
      detail: 'The server answered 502 Bad Gateway without an explanation.',
    })
  })
})

describe('an error reads', () => {
  it.each<[string, unknown, string]>([
    ['as the server put it', new ApiError(problem), problem.detail],
    ['as unreachable where nothing came back', new TypeError('Failed to fetch'), 'The server cannot be reached. Is it running, and are you online?'],
    ['as itself otherwise', new Error('odd'), 'odd'],
    ['as text where it is none', 'odd', 'odd'],
  ])('%s', (_, error, text) => {
    expect(describeError(error)).toBe(text)
  })
})

describe('errors of fields', () => {
  it('stand beside their field as a sentence', () => {
    expect(fieldError(new ApiError(problem), 'new')).toBe('Is too short.')
    expect(fieldError(new ApiError(problem), 'current')).toBeUndefined()
    expect(fieldError(new TypeError('Failed to fetch'), 'new')).toBeUndefined()
  })

  it.each<[string, unknown, string[], boolean]>([
    ['all fields are shown', new ApiError(problem), ['current', 'new'], true],
    ['one is not', new ApiError(problem), ['current'], false],
    ['it names none', new ApiError({ ...problem, errors: undefined }), ['new'], false],
    ['it is something else', new Error('odd'), ['new'], false],
  ])('need no further message where %s', (_, error, fields, expected) => {
    expect(isAbout(error, fields)).toBe(expected)
  })
})

it.each([
  [401, true],
  [403, false],
])('%d needs a log-in: %s', (status, expected) => {
  expect(isUnauthorized(new ApiError({ ...problem, status }))).toBe(expected)
})
