import { Button, UnstyledButton } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Schemas } from '../../api/client'
import { logScale } from '../../charts/latency'
import { formatCount, plural } from '../../format/numbers'
import { EmptyState } from '../../ui/EmptyState'
import panel from '../../ui/Panel.module.css'
import table from '../../ui/table.module.css'
import { EndpointRow } from './EndpointRow'
import classes from './EndpointTable.module.css'
import { distinguishHosts } from './hosts'
import type { SortColumn } from './sorting'

interface EndpointTableProps {
  project: string
  trace: string | undefined
  witnesses: number
  /** The number of witnesses that matched no endpoint. */
  unmatched: number
  /** The number of witnesses of calls that a browser made for itself. */
  browser: number
  /** All hosts of the model. */
  hosts: Schemas['Host'][]
  /** Calls whose path has a word that the daemon withheld. */
  withheld: number
  /** In the order in which to show them. */
  endpoints: Schemas['Endpoint'][]
  sort: SortColumn | undefined
  onSort: (column: SortColumn | undefined) => void
  onClearFilters: () => void
}

export function EndpointTable(props: EndpointTableProps) {
  const { project, trace, witnesses, unmatched, browser, withheld, hosts, endpoints, sort, onSort, onClearFilters } =
    props
  if (endpoints.length === 0) {
    return (
      <EmptyState title="No endpoints match these filters">
        <Button variant="default" size="xs" mt="xs" onClick={onClearFilters}>
          Clear filters
        </Button>
      </EmptyState>
    )
  }

  const showHost = distinguishHosts(endpoints, hosts)
  const scale = logScale(
    Math.min(...endpoints.map((e) => e.latency_ms.p50)),
    Math.max(...endpoints.map((e) => e.latency_ms.p99)),
  )
  const mostRequests = Math.max(...endpoints.map((e) => e.requests))

  return (
    <>
      <div className={classes.summary}>
        <span>{plural(endpoints.length, 'endpoint')}</span>
        <span className={classes.quiet}>
          from {plural(witnesses, 'witness', 'witnesses')}
          {unmatched > 0 && `; ${formatCount(unmatched)} matched no endpoint`}
          {browser > 0 && `; ${formatCount(browser)} fetched by a browser for itself`}
          {withheld > 0 && `; ${formatCount(withheld)} have a withheld word in their path`}
        </span>
      </div>
      <div className={panel.flush}>
        <table className={`${table.table} ${table.cards} ${classes.endpoints}`} aria-label="Endpoints">
          <thead>
            <tr>
              <th aria-sort={sort === undefined ? 'ascending' : 'none'}>
                <UnstyledButton
                  className={classes.sort}
                  onClick={() => {
                    onSort(undefined)
                  }}
                >
                  Endpoint
                </UnstyledButton>
              </th>
              <th>Auth</th>
              <SortHead column="requests" sort={sort} onSort={onSort}>
                Requests
              </SortHead>
              <th>Responses</th>
              <SortHead column="errors" sort={sort} onSort={onSort}>
                Errors
              </SortHead>
              <SortHead column="p50" sort={sort} onSort={onSort}>
                p50
              </SortHead>
              <SortHead column="p95" sort={sort} onSort={onSort}>
                p95
              </SortHead>
              <th>Latency</th>
            </tr>
          </thead>
          <tbody>
            {endpoints.map((endpoint) => (
              <EndpointRow
                key={endpoint.id}
                project={project}
                trace={trace}
                endpoint={endpoint}
                showHost={showHost}
                requestShare={endpoint.requests / mostRequests}
                latencyScale={scale}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

interface SortHeadProps {
  column: SortColumn
  sort: SortColumn | undefined
  onSort: (column: SortColumn | undefined) => void
  children: ReactNode
}

/** A column head that sorts by the column. A second click restores the order by path. */
function SortHead({ column, sort, onSort, children }: SortHeadProps) {
  const on = sort === column
  return (
    <th className={table.number} aria-sort={on ? 'descending' : 'none'}>
      <UnstyledButton
        className={classes.sort}
        onClick={() => {
          onSort(on ? undefined : column)
        }}
      >
        {on && <IconArrowDown size={12} aria-hidden />}
        {children}
      </UnstyledButton>
    </th>
  )
}
