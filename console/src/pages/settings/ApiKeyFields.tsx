import { MultiSelect, Radio, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { fieldError } from '../../api/problem'
import { projectsQuery } from '../../api/queries'
import { SCOPES } from './keyScopes'

/** The most projects that a key may have, as in openapi.yaml. */
const MAX_PROJECTS = 100

interface ApiKeyFieldsProps {
  /** The ids of the chosen projects; none: all. */
  projects: string[]
  /** The error of the last attempt to create a key. */
  error: unknown
  onProjects: (projects: string[]) => void
}

/** The name, scope and projects of a new API key. */
export function ApiKeyFields({ projects, error, onProjects }: ApiKeyFieldsProps) {
  const all = useQuery(projectsQuery)
  return (
    <>
      <TextInput
        label="Name"
        name="name"
        description="Where you will use the key, such as “heroku staging”."
        maxLength={100}
        autoComplete="off"
        required
        data-autofocus
        error={fieldError(error, 'name')}
      />
      <Radio.Group label="Scope" name="scope" defaultValue="agent" error={fieldError(error, 'scope')}>
        <Stack gap="xs" mt="xs">
          {SCOPES.map(({ scope, name, description }) => (
            <Radio key={scope} value={scope} label={name} description={description} />
          ))}
        </Stack>
      </Radio.Group>
      <MultiSelect
        label="Projects"
        description="To the key, other projects do not exist. Choose none for all projects, also later ones."
        placeholder={projects.length === 0 ? 'All projects' : undefined}
        data={(all.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={projects}
        onChange={onProjects}
        maxValues={MAX_PROJECTS}
        searchable
        clearable
        hidePickedOptions
        nothingFoundMessage="No such project"
        comboboxProps={{ withinPortal: true }}
        error={fieldError(error, 'projects')}
      />
    </>
  )
}
