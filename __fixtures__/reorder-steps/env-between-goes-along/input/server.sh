#!/bin/sh
exec nc -lk -p 8080
