import ms from 'ms'

export const handle = () => new Response(String(ms('1d')))
