#!/bin/sh
# Runs until its standard input is closed.
echo hello
cat
echo bye
