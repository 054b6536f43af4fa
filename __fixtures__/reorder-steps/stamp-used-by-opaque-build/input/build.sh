#!/bin/sh
go build -ldflags "-X main.version=$VERSION" -o /server .
