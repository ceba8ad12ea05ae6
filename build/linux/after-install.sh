#!/bin/sh
# Runs after the files of the deb or the rpm are there. electron-builder fills in the names in braces.
set -e

app='/opt/${sanitizedProductName}'
profile='/etc/apparmor.d/${executable}'
has_profile=

# Ubuntu 24.04 and later let a program make user namespaces only where a profile says so. Older parsers do not know that
# rule, and older systems do not need it.
if [ -d /sys/kernel/security/apparmor ] && command -v apparmor_parser >/dev/null 2>&1 &&
  apparmor_parser --skip-kernel-load --skip-cache "$app/resources/apparmor-profile" >/dev/null 2>&1; then
  cp "$app/resources/apparmor-profile" "$profile"
  if ! { command -v ischroot >/dev/null 2>&1 && ischroot; }; then
    apparmor_parser --replace --write-cache --skip-read-cache "$profile" && has_profile=yes
  fi
fi

# Chromium's sandbox is made of user namespaces. Where a user may not make them it needs its helper, which must be root's.
may_make_namespaces() {
  restricted=$(cat /proc/sys/kernel/apparmor_restrict_unprivileged_userns 2>/dev/null || echo 0)
  [ "$restricted" = 0 ] || [ -n "$has_profile" ] || return 1
  setpriv --reuid=65534 --regid=65534 --clear-groups unshare --user true 2>/dev/null
}
if may_make_namespaces; then chmod 0755 "$app/chrome-sandbox"; else chmod 4755 "$app/chrome-sandbox"; fi

# What the menu knows of links and icons. Debian and Fedora see to it by triggers; others may not.
if command -v update-desktop-database >/dev/null 2>&1; then
  update-desktop-database -q /usr/share/applications || true
fi
if command -v gtk-update-icon-cache >/dev/null 2>&1; then
  gtk-update-icon-cache -q -t -f /usr/share/icons/hicolor || true
fi
