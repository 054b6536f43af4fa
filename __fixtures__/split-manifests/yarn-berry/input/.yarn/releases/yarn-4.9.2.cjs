// The release as `yarn set version` puts it here.
