#!/bin/sh
echo "registry=$REGISTRY" > .npmrc
