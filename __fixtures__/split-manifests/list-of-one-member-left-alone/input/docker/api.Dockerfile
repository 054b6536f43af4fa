FROM node:20-slim
WORKDIR /app
COPY package.json package-lock.json ./
COPY apps/api/package.json apps/api/
COPY packages/mail/package.json packages/mail/
RUN npm ci
COPY . .
CMD ["node", "apps/api/src/index.js"]
