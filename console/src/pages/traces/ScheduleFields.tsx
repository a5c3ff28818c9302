import { Checkbox, Select, Text, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { fieldError } from '../../api/problem'
import { DAYS, NAMES } from '../../format/schedule'
import classes from './StartTrace.module.css'
import { endsNextDay, ownTimeZone, timeZones, type Draft } from './window'

/** The fields of a schedule, as the server's errors name them. */
export const SCHEDULE_FIELDS = ['schedule.weekdays', 'schedule.from', 'schedule.to', 'schedule.time_zone']

const TIMES = [
  { label: 'From', name: 'from' },
  { label: 'To', name: 'to' },
] as const

interface ScheduleFieldsProps {
  draft: Draft
  /** The error of the last attempt to start a trace. */
  error: unknown
  onChange: (change: Partial<Draft>) => void
}

/** The days, hours and time zone at which a trace captures. */
export function ScheduleFields({ draft, error, onChange }: ScheduleFieldsProps) {
  const zones = useMemo(() => timeZones(ownTimeZone()), [])
  return (
    <>
      <Checkbox.Group
        label="Days"
        description="On which it begins to capture."
        value={draft.weekdays}
        onChange={(weekdays) => {
          onChange({ weekdays })
        }}
        error={fieldError(error, 'schedule.weekdays')}
      >
        <div className={classes.days}>
          {DAYS.map((day, i) => (
            <Checkbox.Card key={day} value={day} className={classes.day}>
              {NAMES[i]}
            </Checkbox.Card>
          ))}
        </div>
      </Checkbox.Group>
      <div className={classes.times}>
        {TIMES.map(({ label, name }) => (
          <TextInput
            key={name}
            label={label}
            type="time"
            required
            value={draft[name]}
            onChange={(event) => {
              onChange({ [name]: event.currentTarget.value })
            }}
            error={fieldError(error, `schedule.${name}`)}
          />
        ))}
        {endsNextDay(draft) && (
          <Text size="xs" c="dimmed" className={classes.nextDay}>
            It ends on the next day.
          </Text>
        )}
      </div>
      <Select
        label="Time zone"
        data={zones}
        searchable
        required
        allowDeselect={false}
        nothingFoundMessage="No such time zone"
        value={draft.timeZone}
        onChange={(timeZone) => {
          if (timeZone !== null) onChange({ timeZone })
        }}
        error={fieldError(error, 'schedule.time_zone')}
      />
    </>
  )
}
