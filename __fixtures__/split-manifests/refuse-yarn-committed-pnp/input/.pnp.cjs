#!/usr/bin/env node
/* eslint-disable */
module.exports = require('./.pnp.data.json')
