import { Text } from '@mantine/core'
import type { Schemas } from '../../api/client'
import { formatShare } from '../../format/numbers'
import { Panel } from '../../ui/Panel'
import table from '../../ui/table.module.css'
import { TypeText } from './TypeText'
import { parseType } from './parseType'

type Parameter = Schemas['Parameter']

/** The order of the list. */
const PLACES: Parameter['in'][] = ['path', 'query', 'header', 'cookie']

export function Parameters({ parameters }: { parameters: Parameter[] }) {
  if (parameters.length === 0) {
    return (
      <Panel title="Parameters">
        <Text size="sm" c="dimmed">
          No parameters were seen.
        </Text>
      </Panel>
    )
  }
  const ordered = parameters.toSorted((a, b) => PLACES.indexOf(a.in) - PLACES.indexOf(b.in))
  return (
    <Panel title="Parameters" flush>
      <table className={`${table.table} ${table.cards}`} aria-label="Parameters">
        <thead>
          <tr>
            <th>Name</th>
            <th>In</th>
            <th>Type</th>
            <th className={table.number}>Presence</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((parameter) => (
            <tr key={`${parameter.in} ${parameter.name}`}>
              <td className={table.mono}>{parameter.name}</td>
              <td className={table.quiet} data-label="In">{parameter.in}</td>
              <td data-label="Type">
                <TypeText node={parseType(parameter.schema)} />
              </td>
              <td className={`${table.number} ${table.quiet}`} data-label="Presence">
                {presence(parameter)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function presence({ required, seen, of }: Parameter): string {
  if (required || of === 0) return required ? 'required' : 'optional'
  return `optional, ${formatShare(seen / of)}`
}
