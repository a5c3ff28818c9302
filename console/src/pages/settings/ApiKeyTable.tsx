import { Button, VisuallyHidden } from '@mantine/core'
import type { Schemas } from '../../api/client'
import panel from '../../ui/Panel.module.css'
import { PointInTime, TimeAgo } from '../../ui/Time'
import table from '../../ui/table.module.css'
import classes from './ApiKeysPage.module.css'
import { isOlderThanScopes, projectsOf, scopeName } from './keyScopes'

type ApiKey = Schemas['ApiKey']

interface ApiKeyTableProps {
  apiKeys: ApiKey[]
  onRevoke: (apiKey: ApiKey) => void
}

/** What each key allows and where, who created it, and when it was last used. */
export function ApiKeyTable({ apiKeys, onRevoke }: ApiKeyTableProps) {
  return (
    <div className={panel.flush}>
      <table className={`${table.table} ${table.cards}`}>
        <thead>
          <tr>
            <th>Name</th>
            <th>Scope</th>
            <th>Projects</th>
            <th>Created</th>
            <th>Last used</th>
            <th>
              <VisuallyHidden>Actions</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {apiKeys.map((apiKey) => (
            <Row key={apiKey.id} apiKey={apiKey} onRevoke={onRevoke} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: (apiKey: ApiKey) => void }) {
  return (
    <tr>
      <td>
        <strong className={classes.name}>{apiKey.name}</strong>
        <div className={`${table.mono} ${table.quiet} ${classes.id}`}>{apiKey.id}</div>
      </td>
      <td className={table.nowrap} data-label="Scope">{scopeName(apiKey.scope)}</td>
      <td
        className={classes.projects}
        data-label="Projects"
        title={apiKey.projects?.map(({ name }) => name).join(', ')}
      >
        {projectsOf(apiKey)}
      </td>
      <td className={table.quiet} data-label="Created">
        <span className={table.nowrap}>
          <PointInTime time={apiKey.created} />
        </span>
        <div>{isOlderThanScopes(apiKey) ? 'before scopes' : `by ${apiKey.created_by}`}</div>
      </td>
      <td className={`${table.quiet} ${table.nowrap}`} data-label="Last used">
        {apiKey.last_used ? <TimeAgo time={apiKey.last_used} /> : 'never'}
      </td>
      <td className={`${table.number} ${classes.action}`}>
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          aria-label={`Revoke ${apiKey.name}`}
          onClick={() => {
            onRevoke(apiKey)
          }}
        >
          Revoke
        </Button>
      </td>
    </tr>
  )
}
