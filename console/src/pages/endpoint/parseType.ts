/** A line in the tree of a type: the type itself, a field, the values of a map, or a variant of a union. */
export interface TypeNode {
  /** The path of the node in the tree. It stays the same when the model changes. */
  key: string
  /** The name of the field, or `*` for the values of a map. The root and variants have none. */
  name?: string
  /** What a variant is of: `query GetUser`, `user.get`. */
  title?: string
  /** The JSON type in the notation of TypeScript: `string`, `object[]`, `integer | string`, `map`, `one of`, `any`. */
  type: string
  /** The format of a string, or of the items of an array: `uuid`, `date-time`, … */
  format?: string
  /** The limits in words: `1–36 characters`. */
  limits: string[]
  /** The values of an enum, as JSON. */
  enumValues: string[]
  nullable: boolean
  /** Whether the field was missing in some objects. */
  optional: boolean
  /** How often the value was seen, if the model has this figure. */
  seen?: number
  /** How often the object with this field was seen. */
  parentSeen?: number
  children: TypeNode[]
}

type JsonSchema = Record<string, unknown>

/** Converts a JSON Schema without $ref to a tree. Anything that it does not understand has the type `any`. */
export function parseType(schema: unknown): TypeNode {
  return nodeOf(schema, '$')
}

function nodeOf(input: unknown, key: string): TypeNode {
  const schema = isRecord(input) ? input : {}
  const variants = variantsOf(schema)
  if (variants !== undefined) return unionOf(schema, variants, key)

  const types = typesOf(schema)
  const named = types.filter((t) => t !== 'null')
  const node: TypeNode = {
    key,
    title: text(schema.title),
    type: named.join(' | ') || (types.includes('null') ? 'null' : 'any'),
    format: text(schema.format) ?? text(schema.contentEncoding),
    limits: limitsOf(schema),
    enumValues: Array.isArray(schema.enum) ? schema.enum.filter((m) => m !== null).map((m) => JSON.stringify(m)) : [],
    nullable: named.length > 0 && types.includes('null'),
    optional: false,
    seen: number(schema['x-akita-seen']),
    children: [],
  }
  if (named.includes('object')) addFields(node, schema)
  if (named.includes('array')) addItems(node, schema)
  return node
}

/** Adds a child for each field of an object, and one for its other keys. */
function addFields(node: TypeNode, schema: JsonSchema) {
  const properties = isRecord(schema.properties) ? schema.properties : {}
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  for (const [name, property] of Object.entries(properties)) {
    const field = nodeOf(property, `${node.key}.${name}`)
    node.children.push({ ...field, name, optional: !required.has(name), parentSeen: node.seen })
  }
  if (isRecord(schema.additionalProperties)) {
    if (node.children.length === 0) node.type = node.type.replace('object', 'map')
    node.children.push({ ...nodeOf(schema.additionalProperties, `${node.key}.*`), name: '*' })
  }
}

/** Makes the type of an array from its items: `string[]`. The fields of the items become children of the array. */
function addItems(node: TypeNode, schema: JsonSchema) {
  if (schema.items === undefined) {
    node.type = node.type.replace('array', 'any[]')
    return
  }
  const item = nodeOf(schema.items, `${node.key}[]`)
  const type = item.nullable ? `${item.type} | null` : item.type
  node.type = node.type.replace('array', /[ |]/.test(type) ? `(${type})[]` : `${type}[]`)
  node.format ??= item.format
  node.limits.push(...item.limits)
  node.enumValues.push(...item.enumValues)
  node.children.push(...item.children)
}

/** A union of simple types is one line. Otherwise each variant is a child. */
function unionOf(schema: JsonSchema, variants: unknown[], key: string): TypeNode {
  const nodes = variants.map((variant, i) => nodeOf(variant, `${key}|${i}`))
  const named = nodes.filter((n) => n.type !== 'null')
  const isSimple = named.every(
    (n) => n.children.length === 0 && n.enumValues.length === 0 && n.limits.length === 0 && n.title === undefined,
  )
  const names = named.map((n) => (n.format === undefined ? n.type : `${n.type} (${n.format})`))
  return {
    key,
    type: isSimple ? unique(names).join(' | ') : 'one of',
    limits: [],
    enumValues: [],
    nullable: nodes.length > named.length || named.some((n) => n.nullable),
    optional: false,
    seen: number(schema['x-akita-seen']),
    children: isSimple ? [] : named,
  }
}

function variantsOf(schema: JsonSchema): unknown[] | undefined {
  for (const keyword of ['oneOf', 'anyOf']) {
    const variants = schema[keyword]
    if (Array.isArray(variants) && variants.length > 0) return variants as unknown[]
  }
  return undefined
}

function typesOf(schema: JsonSchema): string[] {
  if (Array.isArray(schema.type)) return schema.type.filter((t) => typeof t === 'string')
  if (typeof schema.type === 'string') return [schema.type]
  if (isRecord(schema.properties)) return ['object']
  return schema.items === undefined ? [] : ['array']
}

function limitsOf(schema: JsonSchema): string[] {
  return [
    range(schema.minLength, schema.maxLength, 'characters'),
    range(schema.minimum, schema.maximum, ''),
    range(schema.minItems, schema.maxItems, 'items'),
    text(schema.contentMediaType),
  ].filter((limit) => limit !== undefined)
}

function range(min: unknown, max: unknown, unit: string): string | undefined {
  const [low, high] = [number(min), number(max)]
  if (low === undefined && high === undefined) return undefined
  if (low === high) return `${low} ${unit}`.trim()
  if (low === undefined) return `≤ ${high} ${unit}`.trim()
  if (high === undefined) return `≥ ${low} ${unit}`.trim()
  return `${low}–${high} ${unit}`.trim()
}

function unique(items: string[]): string[] {
  return [...new Set(items)]
}

function isRecord(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
