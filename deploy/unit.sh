#!/bin/sh
# Inside a clean Debian root that systemd has booted, as `cargo xtask deb --try` starts it: the units themselves, with all
# their hardening. Whatever fails ends the container with 1 and the last lines of the journal.
set -u
failed() {
    echo "Failed: $1"
    systemctl status --no-pager onewindow.service onewindow-letter.service onewindow-backup.service
    journalctl --no-pager -n 40
    systemctl exit 1
    exit 1
}
must() { "$@" || failed "$*"; }
health() {
    for _ in $(seq 120); do
        if [ "$(curl -s http://127.0.0.1:8080/health)" = ok ] && [ "$(curl -s http://127.0.0.1:8081/health)" = ok ]; then return; fi
        sleep 1
    done
    return 1
}
rm -rf /var/lib/onewindow/* /var/backups/onewindow/* /etc/onewindow /run/key.txt
must dpkg -i /onewindow.deb
must cp /usr/share/doc/onewindow/centres.example.toml /etc/onewindow/centres.toml
must onewindow backup key new /run/key.txt
sed -n 's/.*public key: /ONEWINDOW_BACKUP_TO=/p' /run/key.txt > /etc/onewindow/backup.env
must systemctl start onewindow.service
must health
must systemctl is-active onewindow.service
# Hardened in earnest, and not only asked for: a filter of system calls, no new privileges, not the administrator.
main=$(systemctl show --property MainPID --value onewindow.service)
for line in '^Seccomp:.2' '^NoNewPrivs:.1' '^CapBnd:.0*$'; do must grep -q "$line" "/proc/$main/status"; done
must test "$(stat -c %U "/proc/$main")" = onewindow
# Twice: the second start finds tables, and the upgrade before it makes no copy of what is up to date.
must systemctl restart onewindow.service
must health
# A letter as PDF, made inside what the service may do and nothing more.
sed -e '/^ExecStartPre=/d' -e '/^Restart/d' -e 's/^User=/Type=oneshot\nUser=/' \
    -e 's|^ExecStart=.*|ExecStart=/bin/sh -c "onewindow-letters --fonts /usr/share/onewindow/fonts < /letter.json > letter.pdf"|' \
    /lib/systemd/system/onewindow.service > /run/systemd/system/onewindow-letter.service
must systemctl daemon-reload
must systemctl start onewindow-letter.service
must test "$(head -c 5 /var/lib/onewindow/letter.pdf)" = "%PDF-"
must systemctl start onewindow-backup.timer onewindow-backup.service
must systemctl is-active onewindow-backup.timer
must ls /var/backups/onewindow/*.age
must systemctl stop onewindow.service
must test "$(systemctl show --property Result --value onewindow.service)" = success
if curl -s http://127.0.0.1:8080/health; then failed "it answers after its end"; fi
echo "The unit starts with its hardening, answers, makes a letter, backs up by its timer's unit, and ends when it is told."
systemctl exit 0
