#!/usr/bin/env bun
console.log("shop")
