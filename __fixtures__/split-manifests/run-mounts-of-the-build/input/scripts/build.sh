set -e
npm run build
