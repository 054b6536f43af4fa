import ms from 'ms'

export const text = String(ms('1d'))
