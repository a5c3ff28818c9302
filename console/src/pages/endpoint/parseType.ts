/** One line of a type as a person reads it: a field, the entries of a map, a variant or the whole. */
export interface TypeNode {
  /** Where it stands in the whole; the same after every refresh. */
  key: string
  /** The field's name, `*` for any key of a map; absent for the whole and for variants. */
  name?: string
  /** The JSON type in the notation of TypeScript: `string`, `object[]`, `integer | string`, `map`, `one of`, `any`. */
  type: string
  /** What strings look like: `uuid`, `date-time`, …; of an array, its items. */
  format?: string
  /** Further limits in words: `1–36 characters`. */
  limits: string[]
  /** The members of an enumeration, as JSON. */
  members: string[]
  nullable: boolean
  /** Whether the field was absent at times. */
  optional: boolean
  /** How often it was observed, where the model says so. */
  seen?: number
  /** How often it could have been: the object around it. */
  of?: number
  children: TypeNode[]
}

type JsonSchema = Record<string, unknown>

/** Turns a JSON Schema without $ref into a tree of lines. It takes any input: what it does not know reads `any`. */
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
    type: named.join(' | ') || (types.includes('null') ? 'null' : 'any'),
    format: text(schema.format) ?? text(schema.contentEncoding),
    limits: limitsOf(schema),
    members: Array.isArray(schema.enum) ? schema.enum.filter((m) => m !== null).map((m) => JSON.stringify(m)) : [],
    nullable: named.length > 0 && types.includes('null'),
    optional: false,
    seen: number(schema['x-akita-seen']),
    children: [],
  }
  if (named.includes('object')) addFields(node, schema)
  if (named.includes('array')) addItems(node, schema)
  return node
}

/** An object's fields, then what may stand under any other key. */
function addFields(node: TypeNode, schema: JsonSchema) {
  const properties = isRecord(schema.properties) ? schema.properties : {}
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  for (const [name, property] of Object.entries(properties)) {
    const field = nodeOf(property, `${node.key}.${name}`)
    node.children.push({ ...field, name, optional: !required.has(name), of: node.seen })
  }
  if (isRecord(schema.additionalProperties)) {
    if (node.children.length === 0) node.type = node.type.replace('object', 'map')
    node.children.push({ ...nodeOf(schema.additionalProperties, `${node.key}.*`), name: '*' })
  }
}

/** An array reads as its items with brackets; their fields stand right below it. */
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
  node.members.push(...item.members)
  node.children.push(...item.children)
}

/** Scalars of a union stand on one line; objects and arrays each become a child. */
function unionOf(schema: JsonSchema, variants: unknown[], key: string): TypeNode {
  const nodes = variants.map((variant, i) => nodeOf(variant, `${key}|${i}`))
  const named = nodes.filter((n) => n.type !== 'null')
  const plain = named.every((n) => n.children.length === 0 && n.members.length === 0 && n.limits.length === 0)
  return {
    key,
    type: plain ? unique(named.map((n) => (n.format === undefined ? n.type : `${n.type} (${n.format})`))).join(' | ') : 'one of',
    limits: [],
    members: [],
    nullable: nodes.length > named.length || named.some((n) => n.nullable),
    optional: false,
    seen: number(schema['x-akita-seen']),
    children: plain ? [] : named,
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
