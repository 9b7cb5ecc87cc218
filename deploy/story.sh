#!/bin/sh
# Inside a clean Debian root, as `cargo xtask deb --story` starts it: installs the package and serves a small demo from it.
set -eu
dpkg -i /onewindow.deb
rm -rf /var/lib/onewindow/story
cd /var/lib/onewindow
export ONEWINDOW_LOG=trace
exec setpriv --reuid onewindow --regid onewindow --clear-groups onewindow demo --small --dir /var/lib/onewindow/story \
    --office "$1" --public "$2" --pack /usr/share/onewindow/programmes/pk --fonts /usr/share/onewindow/fonts
