#!/bin/sh
# Installs what the tests need and only the system can give: Chromium with Chinese fonts, and Dovecot.
#
# Acts on Debian and Ubuntu as root or with a sudo that asks nothing; elsewhere it says the one line that
# helps and goes on, and the tests concerned are skipped (under CI=true: they fail).
set -eu

has() { command -v "$1" >/dev/null 2>&1; }
say() { printf '%s\n' "test set-up: $*" >&2; }

has_chromium() { has chromium || has chromium-browser || has google-chrome || has google-chrome-stable; }
has_fonts() { has fc-list && [ -n "$(fc-list :lang=zh-cn family 2>/dev/null | head -n 1)" ]; }
has_imap() {
  for imap in /usr/lib/dovecot/imap /usr/libexec/dovecot/imap /opt/homebrew/libexec/dovecot/imap; do
    if [ -x "$imap" ]; then return 0; fi
  done
  return 1
}

missing=
has_chromium || missing="$missing chromium"
if [ "$(uname -s)" = Linux ]; then has_fonts || missing="$missing fonts-noto-cjk fontconfig"; fi
has_imap || missing="$missing dovecot-imapd"
[ -n "$missing" ] || exit 0

if ! has apt-get; then
  say "some tests will be skipped; missing here:$missing"
  exit 0
fi
if [ "$(id -u)" -eq 0 ]; then
  root=
elif has sudo && sudo -n true 2>/dev/null; then
  root="sudo -n"
else
  say "some tests will be skipped; to run them: sudo apt-get install$missing"
  exit 0
fi

say "installing$missing"
DEBIAN_FRONTEND=noninteractive
export DEBIAN_FRONTEND
install() {
  # shellcheck disable=SC2086 # words on purpose
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" </dev/null >/dev/null 2>&1
}
$root apt-get update -q </dev/null >/dev/null 2>&1 || say "apt-get update failed; trying with the lists at hand"
for package in $missing; do
  if install "$package"; then
    # The tests start a Dovecot of their own on loopback; this machine shall not become a mail server.
    if [ "$package" = dovecot-imapd ] && [ -d /run/systemd/system ]; then
      $root systemctl disable --now dovecot.socket dovecot.service >/dev/null 2>&1 || true
    fi
  elif [ "$package" = chromium ] && install chromium-browser; then
    : # Ubuntu's name for it
  else
    say "$package could not be installed; its tests will be skipped (sudo apt-get install $package)"
  fi
done
