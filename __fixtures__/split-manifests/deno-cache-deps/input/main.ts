import { ms } from "./deps.ts"

Deno.serve(() => new Response(String(ms("1d"))))
