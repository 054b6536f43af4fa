import { text } from '@/text.ts'

Deno.serve(() => new Response(text))
