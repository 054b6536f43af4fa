#!/bin/bash
# Developers get the hooks of the repository.
if [ -d ./.git ]; then
  git config core.hooksPath hooks
fi
