import { Alert, Button, Group, Stack, TextInput } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import type { Schemas } from '../../api/client'
import { CodeBlock } from '../../ui/CodeBlock'
import { CopyButton } from '../../ui/CopyButton'
import table from '../../ui/table.module.css'

interface NewSecretProps {
  apiKey: Schemas['ApiKeyWithSecret']
  onDone: () => void
}

/** A new API key with its secret, as text to copy. */
export function NewSecret({ apiKey: { id, secret, scope }, onDone }: NewSecretProps) {
  return (
    <Stack gap="md">
      <Alert icon={<IconKey size={18} />}>
        Copy the secret now. It will not be shown again.
      </Alert>
      <ReadOnly label="Key ID" value={id} />
      <ReadOnly label="Secret" value={secret} />
      <CodeBlock title="Shell" code={`export AKITA_API_KEY_ID=${id}\nexport AKITA_API_KEY_SECRET=${secret}`} />
      {scope === 'agent' ? (
        <CodeBlock
          title="Heroku"
          code={`heroku config:set AKITA_API_KEY_ID=${id}\nheroku config:set AKITA_API_KEY_SECRET=${secret}`}
        />
      ) : (
        <CodeBlock title="AI agent" code={`URL ${window.location.origin}/mcp\nAuthorization: Bearer ${id}:${secret}`} />
      )}
      <Group justify="flex-end">
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  )
}

function ReadOnly({ label, value }: { label: string; value: string }) {
  return (
    <TextInput
      label={label}
      value={value}
      readOnly
      classNames={{ input: table.mono }}
      rightSection={<CopyButton text={value} label={`Copy ${label}`} />}
      onFocus={(event) => {
        event.currentTarget.select()
      }}
    />
  )
}
