#!/bin/sh
# Dies of its start.
echo "$MEMBER_X"
exit 7
