#!/bin/sh
# Starts Pulsewire: the app, or one of its commands, which need neither a display nor a window.
set -eu

here=$(dirname -- "$(readlink -f -- "$0")")
program=$here/../pulsewire
[ -x "$program" ] || program=/opt/Pulsewire/pulsewire

case "${1-}" in
  serve | pair | token | audit | record | diagnose | config | completion | --help | --version)
    # Without its helpers, and so without the sandbox around them: no page and no window is ever opened.
    set -- --no-sandbox --no-zygote --ozone-platform=headless --log-level=3 "$@"
    ;;
esac
exec "$program" "$@"
