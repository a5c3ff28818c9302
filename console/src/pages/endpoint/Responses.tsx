import { Text } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import type { Schemas } from '../../api/client'
import { formatCount, formatLatency, formatShare, plural } from '../../format/numbers'
import { Panel } from '../../ui/Panel'
import { RouteTabs, tabProps } from '../../ui/RouteTabs'
import { BodyTypes } from './BodyTypes'
import classes from './Responses.module.css'
import { ResponseHeaders } from './ResponseHeaders'

type Response = Schemas['Response']

interface ResponsesProps {
  responses: Response[]
  /** Number of requests of the endpoint. */
  requests: number
}

/** The responses of the endpoint, with a tab for each status code. */
export function Responses({ responses, requests }: ResponsesProps) {
  const { response: selected } = useSearch({ from: '/shell/projects/$project/model/$endpoint' })
  const shown = responses.find(({ status }) => String(status) === selected) ?? responses[0]
  return (
    <Panel title="Responses">
      <RouteTabs label="Response codes">
        {responses.map((response) => (
          <Link
            key={response.status}
            from="/projects/$project/model/$endpoint"
            to="."
            search={(before) => ({ ...before, response: String(response.status), media: undefined })}
            replace
            resetScroll={false}
            {...tabProps(response === shown)}
          >
            <span className={classes.code} data-class={String(response.status).charAt(0)}>
              {response.status}
            </span>{' '}
            <span className={classes.count}>{formatCount(response.count)}</span>
          </Link>
        ))}
      </RouteTabs>
      {shown && <OneResponse key={shown.status} response={shown} requests={requests} />}
    </Panel>
  )
}

function OneResponse({ response, requests }: { response: Response; requests: number }) {
  const { media } = useSearch({ from: '/shell/projects/$project/model/$endpoint' })
  const { status, count, latency_ms, headers = [], bodies } = response
  return (
    <div className={classes.response}>
      <p className={classes.facts}>
        {plural(count, 'response')}, {formatShare(count / requests)} of all · p50 {formatLatency(latency_ms.p50)} ·
        p95 {formatLatency(latency_ms.p95)}
      </p>
      {bodies.length === 0 ? (
        <Text size="sm" c="dimmed">
          This response has no body.
        </Text>
      ) : (
        <BodyTypes
          bodies={bodies}
          selected={media}
          label={`Response ${status}`}
          renderTab={({ media_type }, isSelected) => (
            <Link
              key={media_type}
              from="/projects/$project/model/$endpoint"
              to="."
              search={(before) => ({ ...before, media: media_type })}
              replace
              resetScroll={false}
              {...tabProps(isSelected)}
            >
              {media_type}
            </Link>
          )}
        />
      )}
      {headers.length > 0 && <ResponseHeaders headers={headers} />}
    </div>
  )
}
