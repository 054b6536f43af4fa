import type { Project } from '../../project.ts'

const images = ['ruby']

export const projects: readonly Project[] = [
  { name: 'single', images, install: /^bundle install/, source: 'app.rb', copiedTo: '/app', noise: [] },
  {
    name: 'engine',
    images,
    install: /^bundle install/,
    source: 'tasks/warm.rb',
    targets: ['build'],
    copiedTo: '/rails',
    noise: [],
  },
  { name: 'gem', images, install: /^bundle install/, source: 'lib/shout.rb', copiedTo: '/gem', noise: [] },
  { name: 'settings', images, install: /^bundle install/, source: 'app.rb', copiedTo: '/app', noise: [] },
]
