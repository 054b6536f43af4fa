import 'msw/node'
