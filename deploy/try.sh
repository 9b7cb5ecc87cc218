#!/bin/sh
# Inside a clean Debian root, as `cargo xtask deb --try` starts it: installs the package, starts what its unit starts, makes a
# key, a backup, and restores it.
set -eu
dpkg -i /onewindow.deb
test "$(stat -c '%a %U' /var/lib/onewindow)" = "700 onewindow"
cp /usr/share/doc/onewindow/centres.example.toml /etc/onewindow/centres.toml
export ONEWINDOW_DB=sqlite:/var/lib/onewindow/onewindow.sqlite ONEWINDOW_BLOBS=/var/lib/onewindow/blobs
test "$(stat -c '%a %U %G' /etc/onewindow/key)" = "440 root onewindow"
export ONEWINDOW_KEY_FILE=/etc/onewindow/key
as() { setpriv --reuid onewindow --regid onewindow --clear-groups "$@"; }
cd /var/lib/onewindow
rm -rf /var/lib/onewindow/* /var/backups/onewindow/* /tmp/key.txt /tmp/drill
as onewindow upgrade --out /var/backups/onewindow
as onewindow officer add hassan --name Hassan --role administrator
as onewindow serve --centres /etc/onewindow/centres.toml --pack /usr/share/onewindow/programmes/pk \
    --fonts /usr/share/onewindow/fonts --module /usr/share/onewindow/check.wasm \
    --office 127.0.0.1:18080 --public 127.0.0.1:18081 &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
for _ in $(seq 60); do
    if [ "$(curl -s http://127.0.0.1:18080/health)" = ok ]; then break; fi
    sleep 1
done
test "$(curl -s http://127.0.0.1:18081/health)" = ok
curl -s http://127.0.0.1:18080/sign-in | grep -q '<form'
curl -s http://127.0.0.1:18080/metrics | grep -q '^onewindow_events '
# A letter as PDF, with nothing of the surroundings but the fonts of the package.
env -i /usr/bin/onewindow-letters --fonts /usr/share/onewindow/fonts < /letter.json > /tmp/letter.pdf
test "$(head -c 5 /tmp/letter.pdf)" = "%PDF-"
onewindow backup key new /tmp/key.txt
key=$(sed -n 's/.*public key: //p' /tmp/key.txt)
as onewindow backup --out /var/backups/onewindow --to "$key" --also /etc/onewindow/centres.toml
as onewindow doctor --office 127.0.0.1:18080 --public 127.0.0.1:18081 --fonts /usr/share/onewindow/fonts
env -u ONEWINDOW_KEY_FILE onewindow restore /var/backups/onewindow/*.age --key /tmp/key.txt --db sqlite:/tmp/drill/registry.sqlite \
    --blobs /tmp/drill/blobs --files /tmp/drill/files
cmp /tmp/drill/files/centres.toml /etc/onewindow/centres.toml
cmp /tmp/drill/files/key /etc/onewindow/key
kill $server
wait $server || true
dpkg --purge onewindow
test -f /var/lib/onewindow/onewindow.sqlite
echo "The package installs, starts, backs up, restores, and leaves the registry when it goes."
