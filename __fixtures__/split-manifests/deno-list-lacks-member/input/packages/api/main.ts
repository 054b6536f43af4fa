import ms from 'ms'

Deno.serve(() => new Response(String(ms('1d'))))
