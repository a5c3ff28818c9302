import type { Schemas } from './client'

export type Problem = Schemas['Problem']

/** The error for an unsuccessful response, with the server's description of the problem. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

/** Returns the problem in a response body. Makes one from the status if the body has none, such as a proxy's page. */
export function problemOf(response: Pick<Response, 'status' | 'statusText'>, body: unknown): Problem {
  if (isProblem(body)) return body
  return {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    detail: `The server answered ${response.status} ${response.statusText}`.trim() + ' without an explanation.',
    code: 'unknown',
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'detail' in body && 'status' in body
}

/** Reports whether the request needs a login. */
export function isUnauthorized(error: unknown): boolean {
  return error instanceof ApiError && error.problem.status === 401
}

/** Returns the message to show for an error. */
export function describeError(error: unknown): string {
  if (error instanceof ApiError) return error.problem.detail
  if (error instanceof TypeError) return 'Cannot reach the server. Check that it is running and that you are online.'
  return error instanceof Error ? error.message : String(error)
}

/** Returns the server's message about a field of a form, or undefined if there is none. */
export function fieldError(error: unknown, field: string): string | undefined {
  const detail = errorsOf(error).find((e) => e.field === field)?.detail
  return detail && `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`
}

/** Reports whether an error concerns only the given fields, so that messages at these fields are enough. */
export function concernsOnly(error: unknown, fields: string[]): boolean {
  const errors = errorsOf(error)
  return errors.length > 0 && errors.every((e) => fields.includes(e.field))
}

function errorsOf(error: unknown) {
  return error instanceof ApiError ? (error.problem.errors ?? []) : []
}
