import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Schemas } from '../../api/client'
import { plural } from '../../format/numbers'
import { RouteTabs } from '../../ui/RouteTabs'
import table from '../../ui/table.module.css'
import classes from './BodyTypes.module.css'
import { TypeTree } from './TypeTree'
import { quirksText, unreadText } from './unread'

type Body = Schemas['Body']

interface BodyTypesProps {
  /** At least one; the most frequent first. */
  bodies: Body[]
  /** The media type in the URL, if any. */
  selected: string | undefined
  /** Names the bodies for screen readers: "Request", "Response 200". */
  label: string
  /** Renders the link that opens a media type. */
  renderTab: (body: Body, isSelected: boolean) => ReactNode
}

/** The type of a body, and what was not read. If several media types were seen, each has a tab. */
export function BodyTypes({ bodies, selected, label, renderTab }: BodyTypesProps) {
  const shown = bodies.find((body) => body.media_type === selected) ?? bodies[0]
  if (shown === undefined) return null
  const notes = [unreadText(shown), quirksText(shown)].filter((note) => note !== undefined)
  return (
    <div className={classes.body}>
      {bodies.length > 1 ? (
        <RouteTabs label={`${label}: media types`}>{bodies.map((body) => renderTab(body, body === shown))}</RouteTabs>
      ) : (
        <p className={classes.media}>
          <span className={table.mono}>{shown.media_type}</span> · {plural(shown.seen, 'body', 'bodies')}
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className={classes.media}>
          {note}
        </p>
      ))}
      {shown.schema === undefined ? (
        <Text size="sm" c="dimmed">
          Akita shows no fields for these bodies. The daemon sends only their media type and approximate size.
        </Text>
      ) : (
        <TypeTree key={shown.media_type} schema={shown.schema} label={`${label} type`} />
      )}
    </div>
  )
}
