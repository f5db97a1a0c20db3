#!/bin/sh
# Removes what install.sh put in place for the current user. Keys, settings and the log stay where they are.
set -eu

app=$HOME/.local/lib/zegel
link=$HOME/.local/bin/zegel

if [ -x "$app/bin/zegel" ]; then
    "$app/bin/zegel" native-host --unregister ||
        echo 'uninstall.sh: some host manifests could not be removed; see above.' >&2
    "$app/bin/zegel" daemon --stop || true
fi
rm -f "${XDG_CONFIG_HOME:-$HOME/.config}/autostart/org.zegel.daemon.desktop" \
    "$HOME/Library/LaunchAgents/org.zegel.daemon.plist"
if [ -L "$link" ]; then
    rm -f "$link"
fi
rm -rf "$app" "$app.new" "$app.old"
echo 'Zegel is removed. Your keys and settings are still there: without them, mail that was encrypted to you stays closed.'
