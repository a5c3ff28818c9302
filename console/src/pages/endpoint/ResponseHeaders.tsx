import { Title } from '@mantine/core'
import type { Schemas } from '../../api/client'
import { formatCompact } from '../../format/numbers'
import table from '../../ui/table.module.css'
import classes from './Responses.module.css'
import { TypeText } from './TypeText'
import { parseType } from './parseType'

export function ResponseHeaders({ headers }: { headers: Schemas['ResponseHeader'][] }) {
  return (
    <div className={classes.headers}>
      <Title order={3}>Headers</Title>
      {headers.map(({ name, schema, seen }) => (
        <div key={name} className={classes.header}>
          <strong className={table.mono}>{name}</strong>
          <TypeText node={parseType(schema)} />
          <span className={classes.seen}>×{formatCompact(seen)}</span>
        </div>
      ))}
    </div>
  )
}
