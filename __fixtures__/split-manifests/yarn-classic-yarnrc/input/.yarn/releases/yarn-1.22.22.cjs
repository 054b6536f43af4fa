#!/usr/bin/env node
// The release as `yarn policies set-version` puts it here.
