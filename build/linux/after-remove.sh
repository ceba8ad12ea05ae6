#!/bin/sh
# Runs after the files are gone. dpkg says "remove", "purge" or "upgrade"; rpm the number of versions that stay: the
# profile of one that stays is its own.
set -e

profile='/etc/apparmor.d/${executable}'

case "$1" in
  remove | purge | 0)
    if [ -f "$profile" ]; then
      if [ -d /sys/kernel/security/apparmor ] && command -v apparmor_parser >/dev/null 2>&1 &&
        ! { command -v ischroot >/dev/null 2>&1 && ischroot; }; then
        apparmor_parser --remove "$profile" || true
      fi
      rm -f "$profile"
    fi
    if command -v update-desktop-database >/dev/null 2>&1; then
      update-desktop-database -q /usr/share/applications || true
    fi
    if command -v gtk-update-icon-cache >/dev/null 2>&1; then
      gtk-update-icon-cache -q -t -f /usr/share/icons/hicolor || true
    fi
    ;;
esac
