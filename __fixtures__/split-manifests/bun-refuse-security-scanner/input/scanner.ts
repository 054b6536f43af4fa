export const scanner = { version: '1', scan: async () => [] }
