#!/bin/sh
# Stops for nothing but a kill.
trap '' TERM INT
while :; do sleep 1; done
