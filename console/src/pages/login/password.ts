/** The server rejects shorter passwords. */
export const PASSWORD_MIN_LENGTH = 12

export const PASSWORD_HINT = `At least ${PASSWORD_MIN_LENGTH} characters. Several words work well.`
