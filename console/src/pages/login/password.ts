/** The server refuses shorter ones. */
export const PASSWORD_MIN_LENGTH = 12

export const PASSWORD_HINT = `At least ${PASSWORD_MIN_LENGTH} characters; a few words in a row are good.`
