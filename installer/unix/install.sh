#!/bin/sh
# Installs Zegel for the current user: the program, a link to it, the browsers' host manifests and autostart.
# Run it from the image that installer/build-image made: ./install.sh [--no-autostart] [--extension-id ID]...
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
app=$HOME/.local/lib/zegel
link=$HOME/.local/bin/zegel
autostart=yes
ids=

while [ $# -gt 0 ]; do
    case $1 in
        --no-autostart) autostart=no ;;
        --extension-id)
            [ $# -ge 2 ] || { echo 'install.sh: --extension-id needs an id' >&2; exit 2; }
            ids="$ids --extension-id $2"
            shift
            ;;
        *)
            echo "install.sh: unknown option $1" >&2
            exit 2
            ;;
    esac
    shift
done

[ -x "$here/runtime/bin/java" ] || {
    echo 'install.sh: this is not a built image. Run installer/build-image first, then install.sh in the folder it names.' >&2
    exit 3
}

# The new program is complete before the old one goes, and the old one stays until the new one is in place.
mkdir -p "$(dirname -- "$app")" "$(dirname -- "$link")"
rm -rf "$app.new" "$app.old"
# Times are kept: the JVM's cache fits the jars of its own time alone.
cp -Rp "$here" "$app.new"
if [ -e "$app" ]; then
    mv "$app" "$app.old"
fi
mv "$app.new" "$app"
rm -rf "$app.old"
ln -sf "$app/bin/zegel" "$link"

# Ids have no spaces; the list is split on purpose.
# shellcheck disable=SC2086
"$app/bin/zegel" native-host --register $ids

if [ "$autostart" = yes ]; then
    case $(uname -s) in
        Darwin)
            agent=$HOME/Library/LaunchAgents/org.zegel.daemon.plist
            mkdir -p "$(dirname -- "$agent")"
            cat >"$agent" <<EOF
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
    <key>Label</key><string>org.zegel.daemon</string>
    <key>ProgramArguments</key><array><string>$app/bin/zegel</string><string>daemon</string></array>
    <key>RunAtLoad</key><true/>
</dict>
</plist>
EOF
            ;;
        *)
            entry=${XDG_CONFIG_HOME:-$HOME/.config}/autostart/org.zegel.daemon.desktop
            mkdir -p "$(dirname -- "$entry")"
            cat >"$entry" <<EOF
[Desktop Entry]
Type=Application
Name=Zegel
Comment=S/MIME with keys that stay on this machine
Exec="$app/bin/zegel" daemon
NoDisplay=true
X-GNOME-Autostart-enabled=true
EOF
            ;;
    esac
fi

echo "Zegel is installed in $app. Try: $link doctor"
