import { describe, expect, it } from 'vitest'
import { parseType, type TypeNode } from './parseType'

/** Formats a tree as indented lines. */
function lines(node: TypeNode, depth = 0): string[] {
  const line = [
    node.name === undefined ? '' : `${node.name}${node.optional ? '?' : ''}:`,
    node.title === undefined ? '' : `<${node.title}>`,
    node.type + (node.nullable ? ' | null' : ''),
    node.format === undefined ? '' : `(${node.format})`,
    ...node.limits.map((l) => `[${l}]`),
    ...node.enumValues,
    node.seen === undefined ? '' : `×${node.seen}${node.parentSeen === undefined ? '' : `/${node.parentSeen}`}`,
  ]
  return [
    '  '.repeat(depth) + line.filter((part) => part !== '').join(' '),
    ...node.children.flatMap((child) => lines(child, depth + 1)),
  ]
}

const user = {
  type: 'object',
  required: ['id'],
  'x-akita-seen': 10,
  properties: {
    id: { type: 'integer', minimum: 1, 'x-akita-seen': 10 },
    email: { type: ['string', 'null'], format: 'email', 'x-akita-seen': 7 },
  },
}

describe('parseType', () => {
  it.each<[string, unknown, string[]]>([
    ['a scalar', { type: 'string', format: 'uuid' }, ['string (uuid)']],
    ['limits', { type: 'string', minLength: 1, maxLength: 36 }, ['string [1–36 characters]']],
    ['a fixed length', { type: 'string', minLength: 8, maxLength: 8 }, ['string [8 characters]']],
    ['one-sided limits', { type: 'integer', minimum: 0 }, ['integer [≥ 0]']],
    ['an enum', { type: ['string', 'null'], enum: ['on', 'off', null] }, ['string | null "on" "off"']],
    ['a nullable scalar', { type: ['integer', 'null'] }, ['integer | null']],
    ['null', { type: 'null' }, ['null']],
    ['several types', { type: ['integer', 'string'] }, ['integer | string']],
    ['an empty schema', {}, ['any']],
    ['the schema true', true, ['any']],
    ['an invalid schema', 'nonsense', ['any']],
    ['an object', user, ['object ×10', '  id: integer [≥ 1] ×10/10', '  email?: string | null (email) ×7/10']],
    ['an array of scalars', { type: 'array', items: { type: 'string', format: 'date' } }, ['string[] (date)']],
    ['an array of anything', { type: 'array' }, ['any[]']],
    ['an array of nullable scalars', { type: 'array', items: { type: ['number', 'null'] } }, ['(number | null)[]']],
    [
      'an array of objects',
      { type: 'array', items: user },
      ['object[]', '  id: integer [≥ 1] ×10/10', '  email?: string | null (email) ×7/10'],
    ],
    [
      'variants by action',
      {
        oneOf: [
          { title: 'query GetUser', ...user },
          { title: 'error', type: 'object', properties: { errors: { type: 'array', items: { type: 'string' } } } },
        ],
      },
      [
        'one of',
        '  <query GetUser> object ×10',
        '    id: integer [≥ 1] ×10/10',
        '    email?: string | null (email) ×7/10',
        '  <error> object',
        '    errors?: string[]',
      ],
    ],
    [
      'scalars by action',
      {
        anyOf: [
          { title: 'a', type: 'integer' },
          { title: 'b', type: 'integer' },
        ],
      },
      ['one of', '  <a> integer', '  <b> integer'],
    ],
    [
      'a batch of actions',
      { type: 'array', items: { oneOf: [{ title: 'a', type: 'object' }, { title: 'b', type: 'string' }] } },
      ['(one of)[]', '  <a> object', '  <b> string'],
    ],
    ['arrays in arrays', { type: 'array', items: { type: 'array', items: { type: 'integer' } } }, ['integer[][]']],
    [
      'a map',
      { type: 'object', additionalProperties: { type: 'integer', 'x-akita-seen': 5 } },
      ['map', '  *: integer ×5'],
    ],
    [
      'an object with other keys',
      { type: 'object', properties: { a: { type: 'boolean' } }, additionalProperties: { type: 'string' } },
      ['object', '  a?: boolean', '  *: string'],
    ],
    ['an object without other keys', { type: 'object', additionalProperties: false }, ['object']],
    [
      'a union of scalars',
      { oneOf: [{ type: 'string', format: 'uuid' }, { type: 'integer' }] },
      ['string (uuid) | integer'],
    ],
    [
      'a nullable union',
      {
        oneOf: [
          { type: 'null' },
          { type: 'string' },
          { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
        ],
      },
      ['one of | null', '  string', '  object', '    a: string'],
    ],
    ['anyOf as oneOf', { anyOf: [{ type: 'string' }, { type: 'boolean' }] }, ['string | boolean']],
    [
      'an object or a scalar',
      { type: ['object', 'string'], properties: { a: { type: 'string' } } },
      ['object | string', '  a?: string'],
    ],
    ['a schema without a type', { properties: { a: { items: { type: 'string' } } } }, ['object', '  a?: string[]']],
  ])('parses %s', (_, schema, expected) => {
    expect(lines(parseType(schema))).toEqual(expected)
  })

  it('gives each node a unique key', () => {
    const tree = parseType({
      oneOf: [
        user,
        { type: 'array', items: { type: 'object', additionalProperties: user } },
        { type: 'string', minLength: 1 },
      ],
    })
    const keys = (node: TypeNode): string[] => [node.key, ...node.children.flatMap(keys)]
    expect(new Set(keys(tree)).size).toBe(keys(tree).length)
  })
})
