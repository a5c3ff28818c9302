import { Button, CloseButton, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconDownload, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ModelFilters } from '../../api/client'
import { recentTracesQuery } from '../../api/queries'
import { useProjectName } from '../../layout/useProject'
import { filtersOf, openApiHref } from './filters'
import classes from './Toolbar.module.css'

const TYPING_PAUSE_MS = 200

interface ToolbarProps {
  project: string
  filters: ModelFilters
  onChange: (filters: ModelFilters) => void
}

/** The filters by path and trace, and the downloads of the filtered model. */
export function Toolbar({ project, filters, onChange }: ToolbarProps) {
  return (
    <div className={classes.toolbar}>
      <PathInput
        path={filters.path ?? ''}
        onChange={(path) => {
          onChange(filtersOf({ ...filters, path }))
        }}
      />
      <TraceSelect
        project={project}
        trace={filters.trace}
        onChange={(trace) => {
          onChange(filtersOf({ ...filters, trace }))
        }}
      />
      <Downloads project={project} filters={filters} />
    </div>
  )
}

/**
 * The filter by path. Typed text goes to the URL after a pause. If the URL changes
 * in another way (the back button, cleared filters), the text follows it.
 */
function PathInput({ path, onChange }: { path: string; onChange: (path: string) => void }) {
  const [text, setText] = useState(path)
  const [shown, setShown] = useState({ path, reported: path })
  if (path !== shown.path) {
    setShown({ ...shown, path })
    if (path !== shown.reported) setText(path)
  }
  const report = useDebouncedCallback((next: string) => {
    setShown((before) => ({ ...before, reported: next }))
    onChange(next)
  }, TYPING_PAUSE_MS)
  const change = (next: string) => {
    setText(next)
    report(next.trim())
  }
  return (
    <TextInput
      className={classes.path}
      aria-label="Filter by path"
      placeholder="Filter by path"
      type="search"
      spellCheck={false}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text !== '' && (
          <CloseButton
            size="sm"
            aria-label="Clear the path filter"
            onClick={() => {
              change('')
            }}
          />
        )
      }
      value={text}
      onChange={(event) => {
        change(event.currentTarget.value)
      }}
    />
  )
}

interface TraceSelectProps {
  project: string
  trace: string | undefined
  onChange: (trace: string | undefined) => void
}

function TraceSelect({ project, trace, onChange }: TraceSelectProps) {
  const traces = useQuery(recentTracesQuery(project))
  const names = (traces.data?.items ?? []).map((t) => t.name)
  if (trace !== undefined && !names.includes(trace)) names.unshift(trace)
  return (
    <Select
      className={classes.trace}
      aria-label="Trace"
      placeholder="All traces"
      data={names}
      value={trace ?? null}
      onChange={(name) => {
        onChange(name ?? undefined)
      }}
      clearable
      searchable
      nothingFoundMessage="No trace found"
    />
  )
}

function Downloads({ project, filters }: { project: string; filters: ModelFilters }) {
  const name = useProjectName()
  return (
    <Button.Group aria-label="Download OpenAPI">
      {(['yaml', 'json'] as const).map((format) => (
        <Button
          key={format}
          component="a"
          variant="default"
          leftSection={format === 'yaml' && <IconDownload size={16} aria-hidden />}
          href={openApiHref(project, format, filters)}
          download={`${name}.openapi.${format}`}
        >
          {format === 'yaml' ? 'OpenAPI YAML' : 'JSON'}
        </Button>
      ))}
    </Button.Group>
  )
}
