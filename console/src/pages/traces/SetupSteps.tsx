import { Anchor, Code, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { apiKeysQuery } from '../../api/queries'
import { CodeBlock } from '../../ui/CodeBlock'
import { daemonCommand, djangoSettings, herokuCommands, isLoopback, requirementsTxt } from './snippets'
import classes from './SetupSteps.module.css'

const server = { origin: window.location.origin }

/** The steps from a Django app to its first trace, with the name of the project and the address of the server. */
export function SetupSteps({ project }: { project: string }) {
  const apiKeys = useQuery(apiKeysQuery)
  const hasApiKey = apiKeys.data !== undefined && apiKeys.data.items.length > 0

  return (
    <ol className={classes.steps}>
      <Step title="Create an API key" done={hasApiKey}>
        <Text size="sm">
          {hasApiKey
            ? 'You already have one. API keys are not tied to a project. '
            : 'The daemon authenticates with an API key. '}
          <Anchor size="sm" renderRoot={(props) => <Link to="/settings/api-keys" {...props} />}>
            Settings → API keys
          </Anchor>
        </Text>
      </Step>
      <Step title="Add akita-django to your dependencies">
        <CodeBlock title="requirements.txt" code={requirementsTxt(server)} />
      </Step>
      <Step title="Add the middleware to Django’s settings">
        <Text size="sm">
          Add these lines at the end. The middleware comes first, so that it sees the unmodified requests and the fully
          processed responses. If you cannot edit the settings, put <Code>from mysite.settings import *</Code> before
          these lines in a module of your own, and start the app with its name in <Code>DJANGO_SETTINGS_MODULE</Code>.
        </Text>
        <CodeBlock title="settings.py" code={djangoSettings(project)} />
      </Step>
      <Step title="Start the daemon">
        <DaemonStep />
      </Step>
      <Step title="Run your app">
        <Text size="sm">
          When the middleware has connected to the daemon, this page shows the trace controls.
        </Text>
      </Step>
    </ol>
  )
}

function Step({ title, done = false, children }: { title: string; done?: boolean; children: ReactNode }) {
  return (
    <li className={classes.step} data-done={done}>
      <Title order={2} size="h3" className={classes.title}>
        {title}
        {done && <IconCheck size={16} className={classes.check} aria-label="done" />}
      </Title>
      <Stack gap="xs">{children}</Stack>
    </li>
  )
}

function DaemonStep() {
  const [place, setPlace] = useState('here')
  return (
    <>
      <SegmentedControl
        aria-label="Where the app runs"
        size="xs"
        className={classes.places}
        value={place}
        onChange={setPlace}
        data={[
          { value: 'here', label: 'On your machine' },
          { value: 'heroku', label: 'On Heroku' },
        ]}
      />
      {place === 'here' ? <DaemonHere /> : <DaemonOnHeroku />}
    </>
  )
}

function DaemonHere() {
  return (
    <>
      <Text size="sm">
        Run it on the same machine as your app. It listens on localhost:50080.{' '}
        <Anchor href="/download/" size="sm">
          Download akita
        </Anchor>{' '}
        if you do not have it yet.
      </Text>
      <CodeBlock title="Terminal" code={daemonCommand(server)} />
    </>
  )
}

function DaemonOnHeroku() {
  return (
    <>
      <Text size="sm">The buildpack starts a daemon in each dyno. Run these commands, then deploy your app.</Text>
      <CodeBlock title="Terminal" code={herokuCommands(server)} />
      {isLoopback(new URL(server.origin).hostname) && (
        <Text size="sm" c="dimmed">
          Heroku cannot reach {server.origin}. Open the console at an address that dynos can reach: the commands above
          then use that address.
        </Text>
      )}
    </>
  )
}
