import { Checkbox, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconFilter } from '@tabler/icons-react'
import type { ModelFilters, Schemas } from '../../api/client'
import classes from './Facets.module.css'
import { authLabel, countFilters, toggled, type ListFilter } from './filters'
import { facetValues } from './facetValues'

interface FacetsProps {
  facets: Schemas['Facets']
  filters: ModelFilters
  onChange: (filters: ModelFilters) => void
}

interface Group {
  filter: ListFilter
  title: string
  counts: Record<string, number>
  label?: (value: string) => string
}

/** The values to filter by, each with its number of endpoints. Collapsed on narrow screens. */
export function Facets({ facets, filters, onChange }: FacetsProps) {
  const [expanded, { toggle }] = useDisclosure()
  const groups: Group[] = [
    { filter: 'auth', title: 'Authentication type', counts: facets.auth, label: authLabel },
    { filter: 'method', title: 'Method', counts: facets.methods },
    { filter: 'status', title: 'Response code', counts: facets.statuses },
    { filter: 'host', title: 'Host', counts: Object.keys(facets.hosts).length > 1 ? facets.hosts : {} },
  ]
  const active = countFilters(filters)

  return (
    <aside className={classes.facets} aria-label="Filters">
      <UnstyledButton className={classes.toggle} aria-expanded={expanded} onClick={toggle}>
        <IconFilter size={16} aria-hidden /> Filters{active > 0 && ` (${active})`}
      </UnstyledButton>
      <div className={classes.groups} data-expanded={expanded}>
        {groups.map((group) => (
          <FacetGroup
            key={group.filter}
            group={group}
            selected={filters[group.filter] ?? []}
            onToggle={(value) => {
              onChange(toggled(filters, group.filter, value))
            }}
          />
        ))}
      </div>
    </aside>
  )
}

interface FacetGroupProps {
  group: Group
  selected: string[]
  onToggle: (value: string) => void
}

function FacetGroup({ group: { title, counts, label }, selected, onToggle }: FacetGroupProps) {
  const values = facetValues(counts, selected)
  if (values.length === 0) return null
  return (
    <fieldset className={classes.group}>
      <legend>{title}</legend>
      {values.map(({ value, count }) => (
        <div key={value} className={classes.value}>
          <Checkbox
            size="xs"
            classNames={{ body: classes.check, label: classes.label, labelWrapper: classes.labelWrapper }}
            label={label ? label(value) : value}
            title={value}
            checked={selected.includes(value)}
            onChange={() => {
              onToggle(value)
            }}
          />
          <span className={classes.count}>{count}</span>
        </div>
      ))}
    </fieldset>
  )
}
