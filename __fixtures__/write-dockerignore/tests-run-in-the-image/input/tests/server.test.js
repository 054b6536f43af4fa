require('node:test').test('starts', () => {})
