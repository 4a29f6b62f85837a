# One image for every process; the command says which one it is.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY libs ./libs
COPY apps ./apps
COPY test/bench ./test/bench
RUN npm run build

# Production needs neither the development packages nor the optional ones: those are a Node binary (the image has one)
# and the embedded PostgreSQL (which the production profile refuses).
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    CHAKONG_PROFILE=production \
    NODE_OPTIONS=--enable-source-maps
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
COPY config ./config
# The user `node` (1000) of the base image may read all of it and write none of it.
USER node
EXPOSE 7300 7301 7310
CMD ["node", "dist/apps/gateway/src/main.js"]
