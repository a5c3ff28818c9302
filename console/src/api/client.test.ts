import { describe, expect, it } from 'vitest'
import { unwrap } from './client'
import type { Problem } from './problem'

describe('unwrap', () => {
  it('returns the body of a success', async () => {
    const response = new Response(null, { status: 200 })
    await expect(unwrap(Promise.resolve({ data: [1], response }))).resolves.toEqual([1])
  })

  it('returns undefined for a success without a body', async () => {
    const response = new Response(null, { status: 204 })
    await expect(unwrap(Promise.resolve({ response }))).resolves.toBeUndefined()
  })

  it('throws the problem of an error', async () => {
    const problem: Problem = {
      type: 'about:blank',
      title: 'Gone',
      status: 410,
      detail: 'The link is too old.',
      code: 'gone',
    }
    const response = new Response(null, { status: 410 })
    await expect(unwrap(Promise.resolve({ error: problem, response }))).rejects.toMatchObject({ problem })
  })

  it('passes a network failure on', async () => {
    await expect(unwrap(Promise.reject(new TypeError('Failed to fetch')))).rejects.toThrow(TypeError)
  })
})
